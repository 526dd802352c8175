import { assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import type { ParameterName } from "../../lib/parameters/list/definitions.ts";
import { loggedParameters } from "../../lib/parameters/settings/logged_parameters.ts";
import { type MergedParameters, mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { withFiles } from "./scratch_folder.ts";

function merge(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<MergedParameters> {
  return mergeParameters(parseArguments(args), { env: (name) => env[name] });
}

function text(merged: MergedParameters, name: ParameterName): string | undefined {
  return merged.values.get(name)?.text;
}

Deno.test("command line before environment before param files before defaults", async () => {
  const files = {
    "1": "db=file1\nauth_user=file1\ncomment=file1\nclass=file1\noutput=json\n",
    "2": "db=file2\nauth_user=file2\ncomment=file2\n",
  };
  await withFiles(files, async (folder) => {
    const args = ["--db=typed", `--param_file=${folder}/1,${folder}/2`];
    const merged = await merge(args, { CSVRECON_DB: "env", CSVRECON_AUTH_USER: "env" });
    assertEquals(text(merged, "db"), "typed");
    assertEquals(text(merged, "auth_user"), "env");
    assertEquals(text(merged, "comment"), "file2");
    assertEquals(text(merged, "class"), "file1");
    assertEquals(text(merged, "output"), "json");
    assertEquals(text(merged, "separator"), ",");
    assertEquals(text(merged, "csvfile"), undefined);
  });
});

Deno.test("a value knows where it came from", async () => {
  const merged = await merge(["--class=A"], { CSVRECON_DB: "x" });
  assertEquals(merged.values.get("class")?.origin, { kind: "command_line" });
  assertEquals(merged.values.get("db")?.origin, { kind: "environment", variable: "CSVRECON_DB" });
  assertEquals(merged.values.get("output")?.origin, { kind: "default" });
});

Deno.test("only four parameters are read from the environment", async () => {
  const asked: string[] = [];
  const env = (name: string) => void asked.push(name);
  await mergeParameters(parseArguments(["import"]), { env });
  assertEquals(asked, ["CSVRECON_AUTH_USER", "CSVRECON_AUTH_PWD", "CSVRECON_AUTH_PWD_FILE", "CSVRECON_DB"]);
});

Deno.test("init and model take the database from the environment, and nothing else", async () => {
  const env = { CSVRECON_DB: "env.db", CSVRECON_AUTH_PWD: "x" };
  assertEquals([...(await merge(["init"], env)).values.keys()], ["db"]);
  assertEquals(text(await merge(["model"], env), "db"), "env.db");
});

Deno.test("an empty value counts as given", async () => {
  await withFiles({ q: "output=\n" }, async (folder) => {
    const merged = await merge([`--param_file=${folder}/q`, "--class="], { CSVRECON_AUTH_USER: "" });
    assertEquals([text(merged, "output"), text(merged, "class"), text(merged, "auth_user")], ["", "", ""]);
  });
});

Deno.test("golden a-par-param-file-flag-wins: the command line wins over the file", async () => {
  const file = "class=Team\noutput=retcode\nreconciliationkeys=code\nsimulate=1\n";
  await withFiles({ "p.param": file }, async (folder) => {
    const merged = await merge([
      "--class=Organization",
      "--output=details",
      `--param_file=${folder}/p.param`,
      "--reconciliationkeys=name",
    ]);
    assertEquals(text(merged, "class"), "Organization");
    assertEquals(text(merged, "output"), "details");
    assertEquals(text(merged, "reconciliationkeys"), "name");
    assertEquals(text(merged, "simulate"), "1");
  });
});

Deno.test("golden a-par-param-file-several: the last file wins", async () => {
  const files = { "p1.param": "output=summary\ncomment=one\n", "p2.param": "output=details\n" };
  await withFiles(files, async (folder) => {
    const merged = await merge([`--param_file= ${folder}/p1.param , ${folder}/p2.param ,`]);
    assertEquals([text(merged, "output"), text(merged, "comment")], ["details", "one"]);
  });
});

Deno.test("golden a-par-param-file-missing: before every other problem", async () => {
  const args = ["--class=Organization", "--simulat=1", "stray", "--output=xml", "--param_file=nope.param"];
  const stop = await assertRejects(() => merge(args), RunStop);
  assertEquals([stop.exitCode, stop.message], [66, "Error: Could not find the parameter file: 'nope.param'"]);
});

Deno.test("problems of the command line and of all param files are kept together", async () => {
  await withFiles({ "1": "foo=1\n", "2": "\nbar\n" }, async (folder) => {
    const { problems } = await merge(["--simulat=1", `--param_file=${folder}/1,${folder}/2`]);
    assertEquals(problems.map(({ kind }) => kind), ["unknown_parameter", "unknown_parameter", "not_name_and_value"]);
  });
});

const PASSWORDS: readonly (readonly [
  what: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  file: string,
  winner: readonly (string | undefined)[],
])[] = [
  ["a typed password beats a file of the environment", ["--auth_pwd=a"], { CSVRECON_AUTH_PWD_FILE: "f" }, "", [
    "a",
    undefined,
  ]],
  ["a typed file beats a password of the environment", ["--auth_pwd_file=f"], { CSVRECON_AUTH_PWD: "a" }, "", [
    undefined,
    "f",
  ]],
  ["the environment beats a param file", [], { CSVRECON_AUTH_PWD_FILE: "f" }, "auth_pwd=a", [undefined, "f"]],
  ["a param file alone", [], {}, "auth_pwd_file=f", [undefined, "f"]],
];

for (const [what, args, env, file, winner] of PASSWORDS) {
  Deno.test(`password and password file: ${what}`, async () => {
    await withFiles({ p: file }, async (folder) => {
      const merged = await merge([...args, `--param_file=${folder}/p`], env);
      assertEquals([text(merged, "auth_pwd"), text(merged, "auth_pwd_file")], winner);
      assertEquals(merged.problems, []);
    });
  });
}

Deno.test("password and password file at one place are a problem, unless a better place decides", async () => {
  const both = ["--auth_pwd=a", "--auth_pwd_file=f"];
  assertEquals((await merge(both)).problems.map(({ kind }) => kind), ["both_given"]);
  const env = { CSVRECON_AUTH_PWD: "a", CSVRECON_AUTH_PWD_FILE: "f" };
  assertEquals((await merge([], env)).problems.map(({ kind }) => kind), ["both_given"]);
  assertEquals((await merge(["--auth_pwd=a"], env)).problems, []);
  await withFiles({ p: "auth_pwd=a\n", q: "auth_pwd_file=f\n" }, async (folder) => {
    const merged = await merge([`--param_file=${folder}/p,${folder}/q`]);
    assertEquals([merged.problems, text(merged, "auth_pwd_file"), text(merged, "auth_pwd")], [[], "f", undefined]);
  });
});

Deno.test("the change log gets the values that counted, defaults included, and no secret", async () => {
  await withFiles({ p: "auth_pwd=SECRET\ncomment=from file\n" }, async (folder) => {
    const merged = await merge([`--param_file=${folder}/p`, "--auth_user=admin", "--class=Person", "--csvfile=-"]);
    assertEquals(Object.fromEntries(loggedParameters(merged)), {
      param_file: `${folder}/p`,
      auth_user: "admin",
      csvfile: "-",
      class: "Person",
      charset: "UTF-8",
      decimal_sign: ".",
      empty_cells: "erase",
      separator: ",",
      qualifier: '"',
      skip_lines: "0",
      footer_lines: "0",
      short_rows: "error",
      output: "summary",
      safe_csv: "0",
      no_color: "0",
      simulate: "0",
      twins: "error",
      on_missing: "create",
      on_found: "update",
      links: "replace",
      gone: "keep",
      gone_after: "0",
      gone_limit: "5%",
      once: "0",
      comment: "from file",
      no_localize: "0",
      db: "csvrecon.db",
      busy_timeout: "10",
    });
  });
  const init = await merge(["init", "--admin_user=admin", "--admin_pwd=SECRET"]);
  assertEquals([...loggedParameters(init).keys()], ["db", "admin_user"]);
});
