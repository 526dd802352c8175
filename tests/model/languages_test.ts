/** Issue 12: `model show` names 17 languages, of which two have labels; the others show English without a word. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { writeNewDatabase } from "../helpers/new_database.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";
import { LIBRARY_TEXT } from "./changed_model.ts";
import { describeModel } from "../../lib/model/file/describe_model.ts";
import { readModel } from "../../lib/model/file/read_model.ts";

const LABELS = "Labels are in EN US, FR FR: people with one of the other languages see those of EN US\n";
const HINT =
  "The language of this user, DE DE, has no labels in this model: columns are called as in EN US, or by their " +
  "codes with no_localize=1";

Deno.test("model show says which languages have labels, and what the others show", () =>
  withScratch(async (scratch) => {
    const { run } = scratch;
    await writeNewDatabase(scratch, "csvrecon.db");
    assertStringIncludes((await run(["model"])).stdout, `ZH CN\n${LABELS}\n`);
    const german = "DE DE has no labels in this model: those of EN US are shown\n";
    assertStringIncludes((await run(["model", "--language=DE DE"])).stdout, LABELS + german);
    assertStringIncludes((await run(["model", "--language=de de", "--class=Person"])).stdout, german);
    // What the program itself says in English is no label of the model.
    assertStringIncludes((await run(["model", "--language=EN GB", "--class=Person"])).stdout, "EN GB has no labels");
    for (const spoken of ["--language=FR FR", "--class=Person"]) {
      assert(!(await run(["model", spoken])).stdout.includes("has no labels"));
    }
  }));

Deno.test("a language that the model does not have is refused", () =>
  withScratch(async (scratch) => {
    await writeNewDatabase(scratch, "csvrecon.db");
    for (const [typed, meant] of [["DE", "DE DE"], ["FR_FR", "FR FR"], ["Klingon", null]] as const) {
      const ended = await scratch.run(["model", `--language=${typed}`]);
      assertExit(ended, 64);
      const suggestion = meant === null ? "" : `. Did you mean '${meant}'?`;
      assertStringIncludes(
        ended.stderr,
        `csvrecon: Unknown language: '${typed}'${suggestion}\n  The model has EN US, FR FR`,
      );
    }
  }));

Deno.test("a model that is whole in all of its languages says nothing of it, one without labels that codes are shown", () => {
  const whole = readModel(LIBRARY_TEXT);
  assert(whole.ok);
  assertEquals(describeModel(whole.model, "FR FR")[1], "");
  assertEquals(
    describeModel({ ...whole.model, classes: new Map() }, "FR FR")[1],
    "No language has labels: codes are shown",
  );
});

Deno.test("a header in the language of a user who has no labels is refused with the language that counts, by labels only", () =>
  withScratch(async (scratch) => {
    const { run, write } = scratch;
    await writeNewDatabase(scratch, "csvrecon.db");
    const admin = ["--auth_user=admin", "--auth_pwd=admin"];
    write(
      "users.csv",
      "login,password,language,profile_list\nhans,h4ns-Passw0rd,DE DE,profileid:1\njean,h4ns-Passw0rd,FR FR,profileid:1\n",
    );
    const users = [
      ...admin,
      "--class=UserLocal",
      "--csvfile=users.csv",
      "--reconciliationkeys=login",
      "--no_localize=1",
    ];
    assertExit(await run(users), 0);
    write("persons.csv", "Vorname,Nachname,Organisation->Name\nAda,Lovelace,Demo\n");
    const persons = ["--auth_pwd=h4ns-Passw0rd", "--class=Person", "--csvfile=persons.csv"];
    const hans = await run([...persons, "--auth_user=hans"]);
    assertExit(hans, 64);
    assertEquals(hans.stderr.split(HINT).length, 2, hans.stderr);
    for (const other of [["--auth_user=jean"], ["--auth_user=hans", "--no_localize=1"]]) {
      const ended = await run([...persons, ...other]);
      assertExit(ended, 64);
      assert(!ended.stderr.includes("has no labels"), ended.stderr);
    }
    write("english.csv", "First Name,Last Name,Organization->Name\nAda,Lovelace,My Company/Department\n");
    const english = await run([...persons.slice(0, 2), "--csvfile=english.csv", "--auth_user=hans"]);
    // Its header was understood; there is no such organisation.
    assertExit(english, 1);
  }));
