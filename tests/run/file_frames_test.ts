/** What a file has around its rows, and columns that are not loaded: rows in error load again as the file did (SPEC 15, 16). */
import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { EVERY_CHARSET, nameOf, type TestedCharset } from "../helpers/every_charset.ts";
import { explainRow } from "../helpers/explaining.ts";
import { withWorld } from "../helpers/loading.ts";
import { assertExit, describeRun } from "../helpers/scratch.ts";
import { type Boxes, bytesIn, textIn, withBoxes } from "./rejects_world.ts";

const CHARSETS = EVERY_CHARSET.filter(({ encoding, mark }) =>
  ["utf-16le", "utf-16be", "iso-2022-jp", "shift_jis", "windows-1252", "cp850"].includes(encoding) || mark !== undefined
);

/** With a head, comments, no header of its own, a footer, and a row in error of each kind. */
async function loadBack(boxes: Boxes, charset: TestedCharset, unique: string): Promise<void> {
  const { loadBoxes, fileOf, query } = boxes;
  const { words } = charset;
  const head = `${words}\r\n"\r\nsep=||\r\n`;
  const comment = `# ${words} "\r\n`;
  const footer = `${words}||||\r\n`;
  const parameters = {
    charset: charset.encoding,
    separator: "||",
    skip_lines: "2",
    comment_sign: "#",
    header: "name, size, note",
    footer_lines: "1",
    escape_sign: "\\",
  };
  const bad = [`a${unique}||x1||${words}\r\n`, `"b\\"${unique}"||2x||\r\n`, `c\\||${unique}||3x||x\r\n`];
  const file = `${head}${comment}ok${unique}||9||${words}\r\n${bad.join(comment)}\r\n${footer}`;
  const first = await loadBoxes(bytesIn(charset, file), parameters);
  assertExit(first, 1);
  assertStringIncludes(first.stdout, "#Issues: 3\n");
  const rejects = textIn(charset, fileOf() ?? new Uint8Array(0));
  assert(rejects.startsWith(head), rejects);
  assert(rejects.endsWith(footer), rejects);
  const again = await loadBoxes(fileOf() ?? "", { ...parameters, rejects: "again.csv" });
  assertExit(again, 1);
  assertStringIncludes(again.stdout, "#Issues: 3\n");
  const mended = rejects.replace("x1", "1").replace("2x", "2").replace("3x", "3");
  assertExit(await loadBoxes(bytesIn(charset, mended), parameters), 0);
  assertEquals(query(`SELECT name, size FROM view_Box WHERE name LIKE '%${unique}' ORDER BY name DESC`), [
    `ok${unique} 9`,
    `c||${unique} 3`,
    `b"${unique} 2`,
    `a${unique} 1`,
  ]);
}

Deno.test("rows in error of a file with a head, comments and a footer, and without a header, load as it did", (test) =>
  withBoxes(async (boxes) => {
    for (const [index, charset] of CHARSETS.entries()) {
      await test.step(nameOf(charset), () => loadBack(boxes, charset, `-${index}`));
    }
  }));

Deno.test("where the columns that are not loaded are all, none is loaded", () =>
  withWorld(async ({ print, load }) => {
    for (const ignored of ["name", "name, *"]) {
      const run = await print("Organization", "name,zzz\nAcme,1\n", { ignore_columns: ignored + ", zzz" });
      assertExit(run, 64);
      assertStringIncludes(run.stdout, "#No reconciliation scheme could be defined", describeRun(run));
    }
    const { rows } = await load("Organization", "name,code,zzz\nAcme,1,2\n", { ignore_columns: "*", skip_lines: "0" });
    assertEquals(rows[0]?.startsWith("created Organization"), true);
  }));

const SECRET = "hunter2-secret";
const USERS = `contactid->email,login,password,language,zzz\nnobody@example.org,own,${SECRET},EN US,x\nx,${SECRET}\n`;
/** A column of passwords that is not loaded. */
const WITHOUT = { ignore_columns: "Password, zzz", reconciliationkeys: "login" };

Deno.test("passwords of a column that is not loaded are shown nowhere", () =>
  withWorld(async (loading) => {
    const { scratch, print } = loading;
    const csv = USERS.split("\n").slice(0, 2).join("\n") + "\n";
    for (const output of ["summary", "details", "json", "diff", "errors"]) {
      const run = await print("UserLocal", csv, {
        ...WITHOUT,
        output,
        report: scratch.path("page.html"),
        simulate: "1",
      });
      const page = Deno.readTextFileSync(scratch.path("page.html"));
      for (const text of [run.stdout, run.stderr, page]) assertFalse(text.includes(SECRET), output);
      Deno.removeSync(scratch.path("page.html"));
    }
    for (const output of ["details", "json"]) {
      const { stdout, stderr } = await explainRow(loading, "UserLocal", csv, 2, { ...WITHOUT, output });
      assertFalse((stdout + stderr).includes(SECRET), stdout);
    }
    scratch.write("own.csv", USERS);
    for (const output of ["details", "json"]) {
      const checked = await scratch.run([
        "check",
        "own.csv",
        `--db=${loading.database}`,
        "--class=UserLocal",
        `--ignore_columns=${WITHOUT.ignore_columns}`,
        `--output=${output}`,
      ]);
      assertFalse((checked.stdout + checked.stderr).includes(SECRET), checked.stdout);
    }
  }));

Deno.test("explain reads one row of a file with lines around its rows, short rows and columns that are not loaded", () =>
  withWorld(async (loading) => {
    const csv = "Report\n\nname||zzz||code\n# moved\nAcme\nTotal||||1\n";
    const parameters = {
      skip_lines: "2",
      comment_sign: "#",
      footer_lines: "1",
      separator: "||",
      short_rows: "fill",
      ignore_columns: "*",
      output: "json",
    };
    const { stdout } = await explainRow(loading, "Organization", csv, 5, parameters);
    assertEquals(JSON.parse(stdout).cells, { name: "Acme", zzz: "", code: "" }, stdout);
    const footer = await explainRow(loading, "Organization", csv, 6, parameters);
    assertExit(footer, 64);
    const { output: _, ...own } = parameters;
    const before = loading.everything();
    const run = await loading.print("Organization", csv, { ...own, simulate: "1" });
    assertExit(run, 0);
    assertStringIncludes(run.stdout, "#Created: 1\n");
    assertStringIncludes(run.stdout, "#Skip Lines: 2\n");
    assertEquals(loading.everything(), before);
  }));
