/** What `csvrecon history` refuses, and how it says so. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withModel } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { askHistory, readJsonLines } from "./asked_history.ts";
import { SHOP } from "./shop_model.ts";

const CASES: readonly (readonly [Readonly<Record<string, string>>, number, string])[] = [
  [{ change: "99" }, 64, "Unknown change: the change log has no run 99"],
  [{ change: "0" }, 64, "Wrong change '0': expected a whole number from 1 to 9007199254740991"],
  [{ change: "one" }, 64, "Wrong change 'one': expected a whole number"],
  [{ change: "1.5" }, 64, "Wrong change '1.5': expected a whole number"],
  [{ last: "0" }, 64, "Wrong last '0': expected a whole number from 1 to 1000000"],
  [{ class: "Bx", object: "1" }, 64, "Unknown class: 'Bx'"],
  [{ class: "Box", object: "12" }, 64, "Unknown object: there is no Box 12, and the change log tells nothing of it"],
  [{ class: "Box", object: "b" }, 64, "Wrong object 'b': expected an id"],
  [{ class: "Box", object: "01" }, 64, "Wrong object '01': expected an id"],
  [{ class: "Box", object: "1e3" }, 64, "Wrong object '1e3': expected an id"],
  [{ class: "Box", object: "99999999999999999999" }, 64, "Wrong object '99999999999999999999': expected an id"],
  [{ class: "Box" }, 64, "Parameter class is given without object"],
  [{ object: "1" }, 64, "Parameter object is given without class"],
  [{ change: "1", class: "Box", object: "1" }, 64, "Parameters change and object are both given"],
  [{ change: "1", last: "5" }, 64, "Parameters change and last are both given"],
  [{ prune: "1" }, 64, "ERROR: Missing argument 'before'"],
  [{ before: "2024-01-01" }, 64, "Parameter before is given without prune"],
  [{ simulate: "1" }, 64, "Parameter simulate is given without prune"],
  [{ comment: "x" }, 64, "Parameter comment is given without prune"],
  [{ prune: "1", before: "2024-01-01", change: "1" }, 64, "Parameters prune and change are both given"],
  [{ output: "details" }, 64, "Unknown output format: 'details'"],
  [{ csvfile: "x" }, 64, "Parameter csvfile belongs to import"],
  [{ auth_pwd: "wrong-Passw0rd" }, 77, "Access restricted or wrong credentials ('admin')"],
  [{ db: "none.db" }, 78, "none.db"],
];

for (const [params, exitCode, text] of CASES) {
  const typed = Object.entries(params).map(([name, value]) => `--${name}=${value}`).join(" ");
  Deno.test(`history ${typed}: refused`, () =>
    withModel(SHOP, async (loading) => {
      const run = await askHistory(loading, params);
      assertExit(run, exitCode);
      assertStringIncludes(run.stderr, text);
      assertEquals(run.stdout, "");
      if ("output" in params) return;
      const forProgram = await askHistory(loading, { ...params, output: "json" });
      assertExit(forProgram, exitCode);
      const [refused, ...rest] = readJsonLines(forProgram.stdout);
      assertEquals([refused?.type, refused?.["exit_code"], rest], ["refused", exitCode, []]);
      assertStringIncludes(JSON.stringify(refused), text.replaceAll('"', '\\"'));
    }));
}

Deno.test("parameters that are missing are all told, with those of the command", () =>
  withModel(SHOP, async ({ scratch }) => {
    const run = await scratch.run(["history"]);
    assertExit(run, 64);
    assertStringIncludes(run.stderr, "ERROR: Missing argument 'auth_user'\n");
    assertStringIncludes(run.stderr, "ERROR: Missing argument 'auth_pwd'\n");
  }));

Deno.test("the login may come from a param file, the environment or a password file", () =>
  withModel(SHOP, async ({ scratch, database }) => {
    scratch.write("login.params", `auth_user = admin\nauth_pwd = admin\ndb = ${database}\n`);
    scratch.write("pwd", "admin\n");
    assertExit(await scratch.run(["history", "--param_file=login.params"]), 0);
    const env = { CSVRECON_AUTH_USER: "admin", CSVRECON_DB: database };
    assertExit(await scratch.run(["history", "--auth_pwd_file=pwd"], { env }), 0);
  }));

for (const command of ["history", "undo"]) {
  Deno.test(`${command}: programs read why it is refused wherever they asked for JSON`, () =>
    withModel(SHOP, async ({ scratch, database }) => {
      const login = [`--db=${database}`, "--auth_user=admin", "--auth_pwd=admin", "--change=99"];
      scratch.write("json.params", "output = json\n");
      for (
        const [exitCode, args] of [
          [64, [...login, "--param_file=json.params"]],
          [66, [...login, "--param_file=none.params", "--output=json"]],
          [64, ["--output=json"]],
        ] as const
      ) {
        const run = await scratch.run([command, ...args]);
        assertExit(run, exitCode);
        const { type, exit_code: told } = JSON.parse(run.stdout);
        assertEquals([type, told], ["refused", exitCode]);
      }
    }));
}
