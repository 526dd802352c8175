/** The parameter file that `check` writes: it loads the file as it stands, whatever the file is called. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { paramText } from "../../lib/inspect/param_text.ts";
import { parseParamFile } from "../../lib/parameters/reading/param_file.ts";
import { ADMIN } from "../helpers/golden_case.ts";
import { withWorld } from "../helpers/loading.ts";
import { assertExit, withScratch } from "../helpers/scratch.ts";

const LOGIN = [`--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];

function latin(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Class, file, parameters of `check`. */
const FILES: readonly (readonly [string, string, string | Uint8Array, readonly string[]])[] = [
  ["1252 and semicolons", "Organization", latin('Name;Code\nM\xfcller;M\xdc\nGro\xdf;"G;R"\n'), []],
  [
    "UTF-16 and tabs",
    "Organization",
    Uint8Array.from([..."Name\tCode\r\nZo\u00eb\tZ\r\n"].flatMap((one) => [one.charCodeAt(0), 0])),
    [],
  ],
  ["a mark", "Organization", "\ufeffName,Code\nZoë,Z\n", []],
  ["codes", "Organization", "name|code\nx|y\n", []],
  ["apostrophes", "Organization", "'Name','Code'\n'a,b','c'\n'd','e'\n", []],
  ["dates", "Server", "Name;Organization->Name;Purchase date\nx;Demo;31/12/2020\n", []],
  [
    "lines around the rows, a separator of two characters and an escape sign",
    "Organization",
    'Our "organizations\n\nName||Code\n# moved\nx\\||y||\nz||"a \\"b\\""\nc||d\n3 rows||\n',
    [],
  ],
  ["no header, short rows and a column that is not loaded", "Organization", "x,y,1\nz\n", [
    '--header=Name, Code, "Rank, old"',
    "--short_rows=fill",
    '--ignore_columns="Rank, old"',
  ]],
  ["rows that refer to rows further down", "Organization", "Name,Code,Parent->Name\nB,2,A\nA,1,\nC,3,B\n", []],
  ["keys of one's own", "Person", "Last Name,First Name,Organization->Name,Email\nDoe,Jo,Demo,jo@example.org\n", [
    "--reconciliationkeys=Email",
  ]],
];

for (const [what, modelClass, content, parameters] of FILES) {
  Deno.test(`a written parameter file loads the file: ${what}`, () =>
    withWorld(async ({ scratch, database }) => {
      scratch.write("organization.csv", "name\nDemo\n");
      const demo = ["--class=Organization", "--csvfile=organization.csv", "--no_localize=1", `--db=${database}`];
      assertExit(await scratch.run([...demo, ...LOGIN, "--reconciliationkeys=name"]), 0);
      scratch.write("own.csv", content);
      const write = ["--write=own.params", `--db=${database}`, `--class=${modelClass}`];
      const checked = await scratch.run(["check", "own.csv", ...write, ...parameters]);
      assertExit(checked, 0);
      assertStringIncludes(
        checked.stderr,
        "Written: 'own.params'. Still to be filled in there: auth_user, auth_pwd_file\n",
      );
      const loaded = await scratch.run(["--param_file=own.params", ...LOGIN]);
      assertExit(loaded, 0);
      assertStringIncludes(loaded.stdout, "#Issues: 0\n#Warnings: 0\n");
      const again = await scratch.run(["check", "--param_file=own.params"]);
      assertExit(again, 0);
      assertStringIncludes(again.stdout, ", as given");
    }));
}

Deno.test("short rows are filled up by a line that waits for somebody to decide", () =>
  withScratch(async (scratch) => {
    scratch.write("own.csv", "a;b\n1;2\n3\n");
    assertExit(await scratch.run(["check", "own.csv", "--write=own.params"]), 1);
    assertStringIncludes(Deno.readTextFileSync(scratch.path("own.params")), "\n# short_rows = fill\n");
  }));

Deno.test("the names of a file without a header wait for somebody who knows them", () =>
  withWorld(async ({ scratch, database }) => {
    scratch.write("own.csv", "Works,https://example.org/w\nMill,https://example.org/m\nYard,https://example.org/y\n");
    const check = ["check", "own.csv", `--db=${database}`, "--class=Organization", "--ignore_columns=Page"];
    const run = await scratch.run([...check, "--reconciliationkeys=Name", "--write=own.params"]);
    assertExit(run, 1);
    assert(!run.stdout.includes("not known in the class"), run.stdout);
    assertStringIncludes(run.stdout, "1 error that would stop an import or leave rows out; 0 warnings");
    assertStringIncludes(run.stderr, "Still to be filled in there: header, auth_user, auth_pwd_file");
    const text = Deno.readTextFileSync(scratch.path("own.params"));
    assertStringIncludes(text, "\n# header = COLUMN 1, COLUMN 2\n");
    scratch.write("own.params", text.replace("# header = COLUMN 1, COLUMN 2", "header = Name, Page"));
    assertExit(await scratch.run(["check", "--param_file=own.params"]), 0);
    const loaded = await scratch.run(["--param_file=own.params", ...LOGIN]);
    assertExit(loaded, 0);
    assertStringIncludes(loaded.stdout, "#Created: 3\n");
  }));

Deno.test("a file for which no class was given names it, its login and what else is missing", () =>
  withScratch(async (scratch) => {
    scratch.write("own.csv", "a;b\n1;2\n");
    const run = await scratch.run(["check", "own.csv", "--write=own.params"]);
    assertStringIncludes(run.stderr, "Still to be filled in there: class, auth_user, auth_pwd_file");
    const text = Deno.readTextFileSync(scratch.path("own.params"));
    for (const line of ["separator = ;", "# class = CLASS", "# auth_user = LOGIN", "csvfile = own.csv"]) {
      assertStringIncludes(text, `\n${line}\n`);
    }
    const piped = await scratch.run(["check", "-", "--write=piped.params"], { stdin: "a;b\n1;2\n" });
    assertStringIncludes(piped.stderr, "filled in there: csvfile, class, auth_user");
  }));

Deno.test("nothing is written over, and only its user may read it", () =>
  withScratch(async (scratch) => {
    scratch.write("own.csv", "a;b\n1;2\n");
    assertExit(await scratch.run(["check", "own.csv", "--write=own.params"]), 0);
    if (Deno.build.os !== "windows") assertEquals((Deno.statSync(scratch.path("own.params")).mode ?? 0) & 0o777, 0o600);
    const before = Deno.readTextFileSync(scratch.path("own.params"));
    for (const name of ["own.params", "own.csv"]) {
      const run = await scratch.run(["check", "own.csv", `--write=${name}`]);
      assertExit(run, 64);
      assertEquals(run.stdout, "");
      assertStringIncludes(run.stderr, `There is a file already: '${name}'`);
    }
    assertEquals(Deno.readTextFileSync(scratch.path("own.params")), before);
    assertEquals([...Deno.readDirSync(scratch.folder)].map(({ name }) => name).sort(), ["own.csv", "own.params"]);
  }));

Deno.test("no parameter file takes a name of the database, nor is one written for what is no CSV", () =>
  withScratch(async (scratch) => {
    scratch.write("own.csv", "a;b\n1;2\n");
    for (const name of ["c.db", "c.db-wal", "c.db-shm", "c.db-journal"]) {
      const run = await scratch.run(["check", "own.csv", "--db=c.db", `--write=${name}`]);
      assertExit(run, 64);
      assertStringIncludes(run.stderr, "The name belongs to the database");
    }
    scratch.write("page.csv", "<html>");
    const run = await scratch.run(["check", "page.csv", "--write=page.params"]);
    assertExit(run, 65);
    assertStringIncludes(run.stderr, "Not written: 'page.params'");
    const folder = await scratch.run(["check", "own.csv", "--write=none/own.params"]);
    assertExit(folder, 74);
    assertEquals([...Deno.readDirSync(scratch.folder)].length, 2);
  }));

const HOSTILE = [
  "#",
  "a #b",
  ' a"',
  '"',
  '"a"',
  "x\t",
  "=",
  "a = b",
  "'",
  "ä\u2028b",
  'say "hi" to #1',
  "a\\nb",
  "tab",
];

Deno.test("every value stands in a parameter file as it is, or says that it cannot", () => {
  for (const value of HOSTILE) {
    const text = paramText([{ kind: "value", name: "comment", value }]);
    const parsed = parseParamFile(new TextEncoder().encode(text), "own.params", "import");
    assertEquals([parsed.problems, parsed.values.get("comment")?.text], [[], value], text);
  }
  for (const value of ["a\nauth_pwd = x", "a\rb", 'a" # b']) {
    const text = paramText([{ kind: "value", name: "comment", value }]);
    assert(text.startsWith("# TO DO: comment: "), text);
    assertEquals(parseParamFile(new TextEncoder().encode(text), "own.params", "import").values.size, 0);
  }
});

Deno.test("names from the file break no line of the parameter file", () =>
  withScratch(async (scratch) => {
    scratch.write("a\nclass = UserLocal.csv", 'a,"b\nsimulate = 0"\n1,2\n1,2,3\n');
    const run = await scratch.run(["check", "--csvfile=a\nclass = UserLocal.csv", "--write=own.params"]);
    assertExit(run, 1);
    const parsed = parseParamFile(Deno.readFileSync(scratch.path("own.params")), "own.params", "import");
    assertEquals(parsed.problems, []);
    assertEquals([...parsed.values.keys()].sort(), ["charset", "db", "qualifier", "separator"]);
  }));
