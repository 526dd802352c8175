/** `output=errors`: only the rows in error, each with everything that speaks against it. */
import { assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { withWorld } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const HEADING = "File Line;Status;Reasons;name";

/** The lines behind the comment lines. */
function tableOf(stdout: string): string {
  return stdout.slice(stdout.lastIndexOf("\n#") + 1).replace(/^.*\n/, "");
}

Deno.test("comment lines as those of a summary, then the rows in error as a table, byte for byte", () =>
  withWorld(async ({ print }) => {
    const csv = 'name,code,status\nDemo,D,active\n"x\ny",2,wrong\nshort,3\n<NULL>,4,active\n';
    const params = { output: "errors", reconciliationkeys: "name", simulate: "1" };
    const run = await print("Organization", csv, params);
    assertExit(run, 1);
    const summary = await print("Organization", csv, { ...params, output: "summary" });
    const reasons = [
      `"name: 'x\ny' is an invalid value. Unexpected value for attribute 'name': Line break in it, expected a text of one line | ` +
      `status: 'wrong' is an invalid value. Unexpected value for attribute 'status': Value not allowed [wrong], expected active, inactive"`,
      '"2 cells where the header has 3"',
      `"name: Invalid value for attribute. Unexpected value for attribute 'name': Null not allowed"`,
    ];
    assertEquals(
      run.stdout,
      summary.stdout.replace("format: summary", "format: errors") + [
        HEADING,
        `3;"Issue: Unexpected attribute value(s)";${reasons[0]};"x\ny"`,
        `5;"Issue: 2 cells where the header has 3";${reasons[1]};"short"`,
        `6;"Issue: Unexpected attribute value(s)";${reasons[2]};"<NULL>"`,
        "",
      ].join("\n"),
    );
  }));

Deno.test("no row is in error: the table is its heading", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", "name\nDemo\n", { output: "errors" });
    assertExit(run, 0);
    assertEquals(tableOf(run.stdout), `${HEADING}\n`);
  }));

Deno.test("all rows are in the table, as their own lines, for whoever reads it as CSV", () =>
  withWorld(async ({ print }) => {
    const bad = Array.from({ length: 30 }, (_, index) => `"n;""${index}",wrong\n`).join("");
    const run = await print("Organization", `name,status\n${bad}`, { output: "errors" });
    const rows = parse(tableOf(run.stdout), { separator: ";" });
    assertEquals(rows.length, 31);
    assertEquals(rows[30]?.[0], "31");
    assertEquals(rows[30]?.[3], 'n;"29');
  }));

Deno.test("nothing in it passes for a formula with safe_csv=1", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", "name,status\n=1+1,@wrong\n", { output: "errors", safe_csv: "1" });
    assertEquals(
      tableOf(run.stdout),
      `${HEADING}\n2;"Issue: Unexpected attribute value(s)";"status: '@wrong' is an invalid value. ` +
        `Unexpected value for attribute 'status': Value not allowed [@wrong], expected active, inactive";"'=1+1"\n`,
    );
  }));

Deno.test("at a terminal each row stays one line, and nothing commands it", () =>
  withWorld(async ({ scratch, database }) => {
    scratch.write("a.csv", 'name,status\n"a\nb\x1b[31m",x\n');
    const args = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", `--db=${database}`];
    const run = await scratch.run([...args, "--class=Organization", "--csvfile=a.csv", "--output=errors"], {
      isTerminal: true,
    });
    const [, row] = tableOf(run.stdout).split("\n");
    assertEquals(row?.endsWith(`;"a\\nb\\x1b[31m"`), true, row);
    assertEquals(run.stderr.includes("line 2"), false, "standard output has shown it");
  }));

Deno.test("a refused run tells why, and none of its rows", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", 'name,status\nx,wrong\n"open,active\n', { output: "errors" });
    assertExit(run, 65);
    assertEquals(run.stdout.includes("#Output format: errors\n"), true);
    assertEquals(run.stdout.includes("File Line"), false);
    assertEquals(run.stderr.includes("wrong"), false);
  }));

Deno.test("the columns of external keys are named, and all that is wrong with a row is told", () =>
  withWorld(async ({ print }) => {
    const csv = "name,first_name,org_id->name,status,email\nDoe,Jo,Nobody,sleeping,no address\n";
    const run = await print("Person", csv, { output: "errors", reconciliationkeys: "name,org_id->name" });
    assertEquals(
      tableOf(run.stdout),
      'File Line;Status;Reasons;name;org_id->name\n2;"Issue: failed to reconcile";"failed to reconcile | ' +
        "org_id->name: No match for value 'Nobody'. Some possible 'Organization' value(s): My Company/Department | " +
        "status: 'sleeping' is an invalid value. Unexpected value for attribute 'status': Value not allowed [sleeping], " +
        "expected active, inactive | email: 'no address' is an invalid value. Unexpected value for attribute 'email': " +
        'Wrong format [no address], expected an e-mail address such as ann@example.org";"Doe";"Nobody"\n',
    );
  }));

Deno.test("passwords are not told, and rules of accounts are", () =>
  withWorld(async ({ print }) => {
    const csv = "login,password,profile_list\nann,Very-Secret-1,\n";
    const run = await print("UserLocal", csv, { output: "errors" });
    assertEquals(run.stdout.includes("Very-Secret-1"), false);
    assertEquals(
      tableOf(run.stdout),
      'File Line;Status;Reasons;login\n2;"Issue: At least one profile must be assigned to this user.";' +
        '"At least one profile must be assigned to this user.";"ann"\n',
    );
  }));
