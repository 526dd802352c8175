/** Standard error names the first rows in error, whatever the report is. */
import { assert, assertEquals } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";

const ALLOWED = "Unexpected value for attribute 'status': Value not allowed";

/** A file with so many rows in error, and a good one between. */
function withBadRows(count: number): string {
  const bad = Array.from({ length: count }, (_, index) => `n${index},wrong\n`);
  return `name,status\nGood,active\n${bad.join("")}`;
}

Deno.test("a summary keeps its form, and standard error names line, key and reason of each row in error", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", withBadRows(2), { output: "summary" });
    assertExit(run, 1);
    assertEquals(run.stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#")), []);
    assertEquals(lines(run.stderr), [
      `csvrecon: line 3, name 'n0': status: 'wrong' is an invalid value. ${ALLOWED} [wrong], expected active, inactive`,
      `csvrecon: line 4, name 'n1': status: 'wrong' is an invalid value. ${ALLOWED} [wrong], expected active, inactive`,
    ]);
  }));

Deno.test("ten rows are named, then it is told how many more there are, and where", () =>
  withWorld(async ({ print }) => {
    for (
      const [output, where] of [
        ["summary", "output=errors shows all, rejects=FILE hands them back"],
        ["retcode", "output=errors shows all, rejects=FILE hands them back"],
        ["details", "the report has all of them"],
        ["errors", "the report has all of them"],
        ["json", "the report has all of them"],
      ]
    ) {
      const params = { output: output ?? "", simulate: "1" };
      const told = lines((await print("Organization", withBadRows(12), params)).stderr);
      assertEquals(told.length, 11, output);
      assertEquals(told[10], `csvrecon: and 2 more rows in error: ${where}`);
      const [, ...eleven] = lines((await print("Organization", withBadRows(11), params)).stderr);
      assertEquals(eleven[9], `csvrecon: and 1 more row in error: ${where}`);
      assertEquals(lines((await print("Organization", withBadRows(10), params)).stderr).length, 10);
      assertEquals((await print("Organization", withBadRows(0), params)).stderr, "");
    }
  }));

Deno.test("all reasons of a row are named with their columns, a row that matched has the same", () =>
  withWorld(async ({ print }) => {
    const csv = "name,org_id->name,status\nDoe,Nobody,sleeping\nshort\n";
    const run = await print("Person", csv, { output: "retcode", reconciliationkeys: "name" });
    assertEquals(run.stdout, "2\n");
    const [first, second] = lines(run.stderr);
    assert(first?.startsWith("csvrecon: line 2, name 'Doe': Unexpected value for attribute 'First Name'"), first);
    assert(first?.includes("; org_id->name: No match for value 'Nobody'."), first);
    assert(first?.includes("; status: 'sleeping' is an invalid value."), first);
    assertEquals(second, "csvrecon: line 3, name 'short': 1 cells where the header has 3");
  }));

Deno.test("each row is one line of bounded length, in which nothing commands a terminal", () =>
  withWorld(async ({ print }) => {
    const long = "k".repeat(100_000);
    const csv = `name,status\n"a\n\u202eb\x1b[31m",x\n${long},${long}\n😀${"😀".repeat(50_000)},y\n`;
    const all = lines((await print("Organization", csv, { output: "summary" })).stderr);
    const told = all.filter((line) => line.startsWith("csvrecon: line "));
    assertEquals(told.length, 3);
    assertEquals(all.length, 4, "and a warning of a character that cannot be seen");
    assert(told[0]?.startsWith("csvrecon: line 2, name 'a\\n‹U+202E›b\\x1b[31m': "), told[0]);
    assert(told[1]?.startsWith(`csvrecon: line 4, name '${"k".repeat(60)}...': `), told[1]);
    assert(told[2]?.startsWith(`csvrecon: line 5, name '${"😀".repeat(30)}...': `), told[2]);
    for (const line of told) assert(line.length <= 403 && line.isWellFormed(), line);
  }));

Deno.test("passwords are not named", () =>
  withWorld(async ({ print }) => {
    const csv = "login,password,profile_list\nann,Very-Secret-1,profileid->name:Nobody\n";
    const run = await print("UserLocal", csv, { output: "summary" });
    assert(run.stderr.startsWith("csvrecon: line 2, login 'ann': "), run.stderr);
    assert(!run.stderr.includes("Very-Secret-1"));
  }));

Deno.test("a refused run names none of its rows", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", 'name,status\nx,wrong\n"open,active\n', { output: "summary" });
    assertExit(run, 65);
    assert(!run.stderr.includes("wrong"), run.stderr);
  }));

Deno.test("a simulation names them too; warnings follow", () =>
  withWorld(async ({ print }) => {
    const csv = "name,status\nx,wrong\n,\n";
    const [row, warning] = lines((await print("Organization", csv, { output: "summary", simulate: "1" })).stderr);
    assert(row?.startsWith("csvrecon: line 2, name 'x': "), row);
    assert(warning?.startsWith("csvrecon: Warning: 1 row of separators only"), warning);
  }));

Deno.test("at a terminal that shows the rows, they are not named once more", () =>
  withWorld(async ({ scratch, database }) => {
    scratch.write("a.csv", withBadRows(1));
    const args = ["--auth_user=admin", "--auth_pwd=admin", `--db=${database}`, "--class=Organization", "--simulate=1"];
    for (const output of ["summary", "retcode", "details", "errors", "json"]) {
      const typed = [...args, "--no_localize=1", "--csvfile=a.csv", `--output=${output}`];
      const run = await scratch.run(typed, { isTerminal: true });
      const isNamed = run.stderr.includes("csvrecon: line 3, name 'n0'");
      assertEquals(isNamed, output === "summary" || output === "retcode", output);
    }
  }));
