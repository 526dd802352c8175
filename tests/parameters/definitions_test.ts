import { assert, assertEquals, assertMatch } from "@std/assert";
import { type ParameterName, PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import {
  commandsOf,
  environmentVariable,
  findParameter,
  parametersOf,
  standInFor,
} from "../../lib/parameters/list/find_parameter.ts";
import { COMMANDS } from "../../lib/parameters/list/parameter_definition.ts";
import { importSettings } from "../../lib/parameters/settings/import_settings.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";

Deno.test("no two parameters share a name or an alias", () => {
  const names = PARAMETERS.flatMap((parameter) => [parameter.name, ...parameter.aliases]);
  assertEquals([...new Set(names)], names);
});

Deno.test("names and aliases are lower case with _ between words", () => {
  for (const parameter of PARAMETERS) {
    for (const name of [parameter.name, ...parameter.aliases]) assertMatch(name, /^[a-z]+(_[a-z]+)*$/);
  }
});

Deno.test("every parameter belongs to a command, says where it comes from and is documented", () => {
  for (const parameter of PARAMETERS) {
    assert(commandsOf(parameter).length > 0, parameter.name);
    assert(parameter.sources.length > 0, parameter.name);
    assertMatch(parameter.valueName, /^[A-Z]+$|^1\|0$/);
    for (const command of commandsOf(parameter)) {
      assertMatch(parameter.uses[command]?.meaning ?? "", /^[^A-Z].*[^.]$/, parameter.name);
    }
  }
});

Deno.test("an import has the parameters of the specification, with their defaults", () => {
  const defaults = Object.fromEntries(parametersOf("import").map((parameter) => [parameter.name, parameter.default]));
  assertEquals(defaults, {
    param_file: null,
    auth_user: null,
    auth_pwd: null,
    auth_pwd_file: null,
    csvfile: null,
    csvdata: null,
    class: null,
    charset: "UTF-8",
    date_format: null,
    decimal_sign: ".",
    grouping_sign: null,
    null_words: null,
    empty_cells: "erase",
    map: null,
    mapdata: null,
    separator: ",",
    qualifier: '"',
    skip_lines: "0",
    comment_sign: null,
    footer_lines: "0",
    header: null,
    short_rows: "error",
    escape_sign: null,
    ignore_columns: null,
    output: "summary",
    rejects: null,
    report: null,
    safe_csv: "0",
    no_color: "0",
    reconciliationkeys: null,
    simulate: "0",
    second_pass: null,
    twins: "error",
    on_missing: "create",
    on_found: "update",
    create_targets: null,
    links: "replace",
    max_errors: null,
    max_changes: null,
    source: null,
    gone: "keep",
    gone_set: null,
    gone_after: "0",
    gone_limit: "5%",
    once: "0",
    backup: null,
    comment: null,
    no_localize: "0",
    db: "csvrecon.db",
    change_log: null,
    foreign_keys: null,
    busy_timeout: "10",
    model: null,
  });
});

Deno.test("every default passes its own check", async () => {
  const typed = parseArguments(["--auth_user=a", "--auth_pwd=b", "--csvfile=c", "--class=D"]);
  const settings = await importSettings(await mergeParameters(typed, { env: () => undefined }));
  assertEquals(settings.charset, { typed: "UTF-8", encoding: "utf-8", isGiven: false });
  assertEquals(settings.busyTimeout, 10);
});

Deno.test("secrets are the passwords, and the rows and maps sent over HTTP", () => {
  const secrets = PARAMETERS.filter((parameter) => parameter.secret).map((parameter) => parameter.name);
  assertEquals(secrets, ["auth_pwd", "csvdata", "mapdata", "admin_pwd"]);
});

Deno.test("four parameters come from the environment", () => {
  const variables = PARAMETERS.map(environmentVariable).filter((variable) => variable !== null);
  assertEquals(variables, ["CSVRECON_AUTH_USER", "CSVRECON_AUTH_PWD", "CSVRECON_AUTH_PWD_FILE", "CSVRECON_DB"]);
});

Deno.test("neither param_file, csvfile nor any other path may come over HTTP", () => {
  const paths: readonly ParameterName[] = ["param_file", "csvfile", "auth_pwd_file", "db", "admin_pwd_file", "model"];
  for (const name of paths) assert(!findParameter(name)?.sources.includes("http"), name);
  const files = PARAMETERS.filter(({ valueName }) => /FILE|PATH/.test(valueName));
  for (const { name, sources } of files) assert(!sources.includes("http"), name);
});

Deno.test("the switches of an import are safe_csv, no_color, simulate, once and no_localize", () => {
  const switches = parametersOf("import").filter(({ kind }) => kind === "switch").map(({ name }) => name);
  assertEquals(switches, ["safe_csv", "no_color", "simulate", "once", "no_localize"]);
});

Deno.test("a parameter is found by name and alias, with _ or - between words, and never in capitals", () => {
  assertEquals(findParameter("auth_pwd_file")?.name, "auth_pwd_file");
  assertEquals(findParameter("auth-pwd_file")?.name, "auth_pwd_file");
  assertEquals(findParameter("result")?.name, "output");
  assertEquals(findParameter("Class"), null);
  assertEquals(findParameter("constructor"), null);
});

Deno.test("a password file stands in for its password", () => {
  assertEquals(standInFor("auth_pwd")?.name, "auth_pwd_file");
  assertEquals(standInFor("admin_pwd")?.name, "admin_pwd_file");
  assertEquals(standInFor("class"), null);
});

Deno.test("commands are words in lower case", () => {
  assertEquals(COMMANDS, [
    "import",
    "export",
    "init",
    "copy",
    "model",
    "run",
    "serve",
    "history",
    "undo",
    "check",
    "explain",
    "passwd",
    "index",
    "completions",
    "man",
    "help",
  ]);
});
