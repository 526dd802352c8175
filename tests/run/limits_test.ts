/** `max_errors` and `max_changes` (SPEC 15): more than they allow takes the whole run back, and the report tells all the same. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { type Loading, type Parameters, withModel, withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit, type ProgramRun } from "../helpers/scratch.ts";
import { NOTES_MODEL } from "./limits_model.ts";

const HINT_OF_ERRORS = "output=errors shows why they are. Mend them, or allow more with max_errors";

/** A file with so many good rows and so many in error. */
function file(good: number, bad: number): string {
  const rows = Array.from({ length: good }, (_, index) => `Brand ${index}`);
  return ["name", ...rows, ...Array<string>(bad).fill("x".repeat(300)), ""].join("\n");
}

interface Expected {
  readonly exitCode: number;
  /** The line of the report that tells of a limit, without its beginning; null: there is none. */
  readonly told: string | null;
}

const BEGINNING = "#Limit exceeded: ";

async function assertEnd(loading: Loading, csv: string, params: Parameters, expected: Expected): Promise<ProgramRun> {
  const before = loading.everything();
  const run = await loading.print("Brand", csv, { output: "summary", ...params });
  assertExit(run, expected.exitCode);
  const told = lines(run.stdout).find((line) => line.startsWith(BEGINNING))?.slice(BEGINNING.length) ?? null;
  assertEquals(told, expected.told);
  assertEquals(
    loading.everything().join("\n") === before.join("\n"),
    expected.told !== null || params["simulate"] === "1",
  );
  return run;
}

const ERRORS: readonly (readonly [limit: string, good: number, bad: number, told: string | null])[] = [
  ["0", 3, 0, null],
  ["0", 3, 1, "1 row is in error, and max_errors=0 allows 0. Nothing was written"],
  ["2", 3, 2, null],
  ["2", 3, 3, "3 rows are in error, and max_errors=2 allows 2. Nothing was written"],
  ["0%", 3, 0, null],
  ["0%", 999, 1, "1 of 1000 rows is in error, and max_errors=0% allows 0. Nothing was written"],
  ["25%", 3, 1, null],
  ["24.9999%", 3, 1, "1 of 4 rows is in error, and max_errors=24.9999% allows 0. Nothing was written"],
  ["12.5%", 7, 1, null],
  ["12.5%", 6, 1, "1 of 7 rows is in error, and max_errors=12.5% allows 0. Nothing was written"],
  ["0.1%", 999, 1, null],
  ["100%", 1, 5, null],
  ["99.9999%", 0, 5, "5 of 5 rows are in error, and max_errors=99.9999% allows 4. Nothing was written"],
];

for (const [limit, good, bad, told] of ERRORS) {
  Deno.test(`max_errors=${limit}, with ${bad} of ${good + bad} rows in error`, () =>
    withWorld(async (loading) => {
      const exitCode = told === null ? (bad > 0 ? 1 : 0) : 2;
      const run = await assertEnd(loading, file(good, bad), { max_errors: limit }, { exitCode, told });
      assertStringIncludes(run.stdout, `\n#Max Errors: ${limit}\n`);
      assertStringIncludes(run.stdout, `\n#Issues: ${bad}\n#Warnings: 0\n#Created: ${good}\n`);
      const aside = told === null ? "" : `csvrecon: ${BEGINNING.slice(1)}${told}\n  ${HINT_OF_ERRORS}\n`;
      const named = lines(run.stderr).filter((line) => /^csvrecon: (line \d|and \d+ more row)/.test(line));
      assertEquals(named.length, Math.min(bad, 11));
      assertEquals(run.stderr.slice(named.join("\n").length).trimStart(), aside);
    }));
}

Deno.test("a file of no rows exceeds no limit", () =>
  withWorld(async (loading) => {
    for (const limit of ["0", "0%", "100%"]) {
      const run = await loading.print("Brand", "name\n", { max_errors: limit, max_changes: limit });
      assertExit(run, 0);
    }
  }));

Deno.test("a simulation says what the real run would do, with its exit code; a job of the report's numbers says no more", () =>
  withWorld(async (loading) => {
    const told = "2 rows are in error, and max_errors=1 allows 1. Nothing was written";
    await assertEnd(loading, file(2, 2), { max_errors: "1", simulate: "1" }, { exitCode: 2, told });
    const number = await loading.print("Brand", file(2, 2), { max_errors: "1", output: "retcode" });
    assertEquals([number.exitCode, number.stdout], [2, "2\n"]);
    assertStringIncludes(number.stderr, told);
  }));

Deno.test("the rows of a run that was taken back are told as those of a simulation: new objects have the id 0", () =>
  withWorld(async (loading) => {
    const csv = "name\nDell\nNew one\nnew ONE\n" + "x".repeat(300) + "\n";
    const simulated = await loading.print("Brand", csv, { simulate: "1" });
    const takenBack = await loading.print("Brand", csv, { max_errors: "0" });
    const table = (run: ProgramRun) =>
      lines(run.stdout).slice(lines(run.stdout).findIndex((line) => line.startsWith("Line;")));
    assertEquals([simulated.exitCode, takenBack.exitCode], [1, 2]);
    assertEquals(table(takenBack), table(simulated));
    assertStringIncludes(takenBack.stdout, '\n1;created;Brand;0;"New one"\n');
    const kept = await loading.print("Brand", csv, { max_errors: "2" });
    assert(/\n1;created;Brand;[1-9]\d*;"New one"\n/.test(kept.stdout), kept.stdout);
  }));

Deno.test("in JSON the line of the run has the limits, what was exceeded and the exit code", () =>
  withWorld(async (loading) => {
    const { run } = await loading.load("Brand", file(1, 3), { max_errors: "50%", max_changes: "7" });
    assertExit(run, 2);
    const all = lines(run.stdout).map((line) => JSON.parse(line));
    assertEquals([all[0].status, all[0].id], ["created", 0]);
    const { settings, exceeded, exit_code, counts } = all.at(-1);
    assertEquals([settings.max_errors, settings.max_changes, exit_code, counts.rejected], ["50%", "7", 2, 3]);
    assertEquals(exceeded, [{
      limit: "max_errors",
      given: "50%",
      found: 3,
      most: 2,
      of: 4,
      text: "Limit exceeded: 3 of 4 rows are in error, and max_errors=50% allows 2. Nothing was written",
      hint: HINT_OF_ERRORS,
    }]);
    const { run: good } = await loading.load("Brand", "name\nOther\n");
    const { settings: none, exceeded: nothing } = JSON.parse(lines(good.stdout).at(-1) ?? "");
    assertEquals([none.max_errors, none.max_changes, nothing], [null, null, []]);
  }));

Deno.test("both limits are told when both are exceeded", () =>
  withModel(NOTES_MODEL, async (loading) => {
    await loading.print("Note", "name,text\nA,1\nB,2\n", {});
    const csv = `name,text\nA,9\nB,9\n${"x".repeat(300)},1\n`;
    const run = await loading.print("Note", csv, { max_errors: "0", max_changes: "1", output: "summary" });
    assertExit(run, 2);
    assertEquals(lines(run.stdout).filter((line) => line.startsWith(BEGINNING)).length, 2);
  }));

/** Notes A to D, with tags 1 to 3 at A, each with a mark that goes with it. */
const NOTES = "name,text\nA,1\nB,2\nC,3\nD,4\n";

const CHANGES: readonly (readonly [limit: string, csv: string, found: number, allowed: string | null])[] = [
  ["0", "name,text\nA,1\nE,5\n", 0, null],
  ["0", "name,text\nA,2\n", 1, "0"],
  ["2", "name,text\nA,9\nB,9\n", 2, null],
  ["1", "name,text\nA,9\nB,9\n", 2, "1"],
  ["50%", "name,text\nA,9\nB,9\nE,9\nF,9\n", 2, null],
  ["49.9%", "name,text\nA,9\nB,9\nE,9\nF,9\n", 2, "1 of the 4 objects of Note"],
  ["100%", "name,text\nA,9\nB,9\nC,9\nD,9\n", 4, null],
  ["0%", "name,text\nD,9\n", 1, "0 of the 4 objects of Note"],
  // The note itself, and the tag that is linked anew.
  ["1", "name,tags\nA,label:one|label:two|label:three|label:four\n", 1, null],
  ["0", "name,tags\nA,label:one|label:two|label:three|label:four\n", 1, "0"],
  // The note, two tags, and the marks of these.
  ["5", "name,tags\nA,label:one\n", 5, null],
  ["4", "name,tags\nA,label:one\n", 5, "4"],
  // The note, and a tag that stays and changes.
  ["1", "name,tags\nA,label:one;weight:7|label:two|label:three\n", 2, "1"],
  ["2", "name,tags\nA,label:one;weight:7|label:two|label:three\n", 2, null],
];

for (const [limit, csv, found, allowed] of CHANGES) {
  Deno.test(`max_changes=${limit}, with ${found} of ${JSON.stringify(csv)}`, () =>
    withModel(NOTES_MODEL, async (loading) => {
      await loading.load("Note", NOTES, { reconciliationkeys: "name" });
      await loading.load("Label", "name\none\ntwo\nthree\nfour\n");
      const tags = "note_id->name,label_id->name\nA,one\nA,two\nA,three\n";
      await loading.load("Tag", tags, { reconciliationkeys: "note_id->name, label_id->name" });
      await loading.load("Mark", "name,tag_id\nm1,1\nm2,2\nm3,3\n", { reconciliationkeys: "name" });
      const before = loading.everything();
      const linked = csv.replaceAll("label:", "label_id->name:");
      const run = await loading.print("Note", linked, {
        max_changes: limit,
        output: "summary",
        reconciliationkeys: "name",
      });
      assertExit(run, allowed === null ? 0 : 2);
      assertStringIncludes(run.stdout, `\n#Max Changes: ${limit}\n`);
      const told = lines(run.stdout).filter((line) => line.startsWith(BEGINNING));
      assertEquals(
        told,
        allowed === null ? [] : [
          `${BEGINNING}${found} object${
            found === 1 ? "" : "s"
          } would be updated or deleted, and max_changes=${limit} allows ${allowed}. Nothing was written`,
        ],
      );
      if (allowed !== null) assertEquals(loading.everything(), before);
    }));
}

Deno.test("a limit that is exceeded on a terminal is told once, what to do beside it; of a lone number both are told", () =>
  withWorld(async (loading) => {
    const csv = loading.scratch.write("bad.csv", file(1, 2));
    const args = (output: string) => [
      `--db=${loading.database}`,
      "--auth_user=admin",
      "--auth_pwd=admin",
      "--no_localize=1",
      "--class=Brand",
      `--csvfile=${csv}`,
      "--max_errors=1",
      `--output=${output}`,
    ];
    const summary = await loading.scratch.run(args("summary"), { isTerminal: true });
    assertEquals(summary.stderr.includes("Limit exceeded"), false, summary.stderr);
    assertStringIncludes(summary.stderr, HINT_OF_ERRORS);
    const number = await loading.scratch.run(args("retcode"), { isTerminal: true });
    assertStringIncludes(number.stderr, "Limit exceeded");
  }));

Deno.test("percent of what a limited user may see: how much there is besides is told to nobody", () =>
  withWorld(async (loading) => {
    await loading.load("Organization", "name,code\nVisible,V\nHidden,H\n");
    const [visible = "", hidden = ""] = loading.query(
      "SELECT id FROM view_Organization WHERE code IN ('V', 'H') ORDER BY id",
    );
    await loading.load(
      "UserLocal",
      `login,password,profile_list,allowed_org_list\nlim,L1m-Pass,profileid:3,allowed_org_id:${visible}\n`,
    );
    const persons = ["Ada", "Bea"].map((name) => `${name},x,${visible}`);
    const others = ["Cid", "Dan", "Eva"].map((name) => `${name},x,${hidden}`);
    await loading.load("Person", ["name,first_name,org_id", ...persons, ...others, ""].join("\n"), {
      reconciliationkeys: "name",
    });
    const run = await loading.print("Person", "name,function\nAda,a\nBea,b\n", {
      auth_user: "lim",
      auth_pwd: "L1m-Pass",
      reconciliationkeys: "name",
      max_changes: "99%",
    });
    assertExit(run, 2);
    assertStringIncludes(
      run.stdout,
      "2 objects would be updated or deleted, and max_changes=99% allows 1 of the 2 objects of Person.",
    );
  }));

Deno.test("rows that tell of what their user may not see are noted, be their run taken back or not", () =>
  withWorld(async (loading) => {
    await loading.load("Organization", "name,code\nVisible,V\nHidden,H\n");
    const [visible = "", hidden = ""] = loading.query(
      "SELECT id FROM view_Organization WHERE code IN ('V', 'H') ORDER BY id",
    );
    await loading.load(
      "UserLocal",
      `login,password,profile_list,allowed_org_list\nlim,L1m-Pass,profileid:3,allowed_org_id:${visible}\n`,
    );
    await loading.load("Person", `name,first_name,email,org_id\nCid,C,c@example.org,${hidden}\n`, {
      reconciliationkeys: "name",
    });
    const login = { auth_user: "lim", auth_pwd: "L1m-Pass", max_errors: "0", reconciliationkeys: "name,first_name" };
    assertExit(
      await loading.print("Person", `name,first_name,email,org_id\nCid,C,c@example.org,${visible}\n`, login),
      2,
    );
    assertEquals(loading.query("SELECT failures FROM login_failure WHERE login LIKE 'lim%'"), ["1"]);
  }));
