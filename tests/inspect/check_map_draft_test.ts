/** The map that `check --write` writes beside its parameter file, where the class does not know all columns and words (SPEC 15). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { mapDraftText } from "../../lib/messages/check_map.ts";
import { readMap } from "../../lib/mapping/read_map.ts";
import { ADMIN } from "../helpers/golden_case.ts";
import { withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const LOGIN = [`--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];
const FILE = "Frist Name,sn,Organization->Name,Email,Status,Room\n" +
  "Jo,Doe,Demo,jo@example.org,on,1\nAnn,Lee,Demo,ann@example.org,off,2\nBob,Ray,Demo,bob@example.org,on,3\n";

Deno.test("a map lists what the class does not know, and loads the file when somebody has filled it in", () =>
  withWorld(async ({ scratch, database }) => {
    scratch.write("organization.csv", "name\nDemo\n");
    const demo = ["--class=Organization", "--csvfile=organization.csv", "--no_localize=1", `--db=${database}`];
    assertExit(await scratch.run([...demo, ...LOGIN, "--reconciliationkeys=name"]), 0);
    scratch.write("own.csv", FILE);
    const asked = ["check", "own.csv", "--class=Person", `--db=${database}`, "--write=own.params"];
    const checked = await scratch.run([...asked, "--reconciliationkeys=Email"]);
    assertExit(checked, 1);
    assertStringIncludes(
      checked.stderr,
      "Written: 'own.params', and 'own.map.json' for what the class does not know. Still to be filled in there: auth_user",
    );
    assertStringIncludes(Deno.readTextFileSync(scratch.path("own.params")), "\nmap = own.map.json\n");
    const draft = Deno.readTextFileSync(scratch.path("own.map.json"));
    if (Deno.build.os !== "windows") {
      assertEquals((Deno.statSync(scratch.path("own.map.json")).mode ?? 0) & 0o777, 0o600);
    }
    for (const line of ['// "Frist Name": "first name",', '// "sn": "?",', '// "Room": "?",', '// "on": "?",']) {
      assertStringIncludes(draft, ` ${line}\n`);
    }
    assertEquals(draft.match(/"on"/g)?.length, 1);
    // As it stands it says nothing, and the file is refused as without it; half filled in it is refused with its place.
    assertExit(await scratch.run(["check", "--param_file=own.params"]), 1);
    scratch.write("own.map.json", draft.replace('// "sn"', '"sn"'));
    assertStringIncludes((await scratch.run(["check", "--param_file=own.params"])).stdout, "$.columns.sn");
    const filled = draft.replaceAll(/\/\/ ("(?:Frist Name|sn|on|off)")/g, "$1")
      .replace('"sn": "?"', '"sn": "name"').replace('"on": "?"', '"on": "Active"').replace(
        '"off": "?"',
        '"off": "Inactive"',
      );
    scratch.write("own.map.json", filled);
    const loaded = await scratch.run(["--param_file=own.params", ...LOGIN, "--ignore_columns=Room"]);
    assertExit(loaded, 0);
    assertStringIncludes(loaded.stdout, "#Created: 3\n");
  }));

Deno.test("no map is written for a file that the class knows, without a class or a header, beside a map of one's own, or over a file", () =>
  withWorld(async ({ scratch, database }) => {
    scratch.write("good.csv", "Name,Code\na,b\n");
    scratch.write("own.csv", "Nme,Code\na,b\n");
    scratch.write("bare.csv", "Ann,ann@example.org\nBob,bob@example.org\nCid,cid@example.org\n");
    scratch.write("my.map.json", '{ "columns": { "Nme": "nmae" } }');
    const ways: readonly (readonly string[])[] = [
      ["good.csv", "--class=Organization"],
      ["own.csv"],
      ["own.csv", "--class=Organization", "--map=my.map.json"],
      ["own.csv", "--class=Organization", "--ignore_columns=Nme"],
      ["bare.csv", "--class=Organization"],
    ];
    for (const [number, way] of ways.entries()) {
      const run = await scratch.run(["check", ...way, `--db=${database}`, `--write=w${number}.params`]);
      assertStringIncludes(run.stderr, `Written: 'w${number}.params'. Still`);
    }
    assertEquals([...Deno.readDirSync(scratch.folder)].filter(({ name }) => /^w.*map/.test(name)), []);
    const taken = ["check", "own.csv", "--class=Organization", `--db=${database}`, "--write=my.params"];
    const refused = await scratch.run(taken);
    assertExit(refused, 64);
    assertStringIncludes(refused.stderr, "There is a file already: 'my.map.json'");
    assert(![...Deno.readDirSync(scratch.folder)].some(({ name }) => name === "my.params"));
  }));

Deno.test("whatever names and words hold, the map is one, and says nothing", () => {
  const hostile = ['"', "\\", "*/", "//", "a\nb", "\r", "\u2028", "__proto__", "}", "\u001b[31m"];
  const text = mapDraftText({
    class: "Person",
    columns: hostile.map((name) => ({ name, nearest: hostile })),
    values: hostile.map((word, index) => ({ attribute: `a${index}`, words: hostile, reason: word })),
  });
  const read = readMap(text, "draft");
  assert(read.ok, JSON.stringify(read));
  assertEquals(read.map.columns, []);
  assert(!text.includes("\u001b"));
});
