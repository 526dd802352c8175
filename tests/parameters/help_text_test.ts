import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import project from "../../deno.json" with { type: "json" };
import { COMMAND_HELP, PROGRAM_EXAMPLES } from "../../lib/messages/help.ts";
import { PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import { environmentVariable } from "../../lib/parameters/list/find_parameter.ts";
import { commandHelp, programHelp } from "../../lib/parameters/manuals/help_text.ts";
import { COMMANDS } from "../../lib/parameters/list/parameter_definition.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { parameterTables } from "../../lib/parameters/manuals/parameter_table.ts";
import { versionText } from "../../lib/parameters/manuals/version_text.ts";

Deno.test("the program's help names every command", () => {
  const help = programHelp();
  for (const command of COMMANDS) {
    assertMatch(help, new RegExp(`^  ${command} +${COMMAND_HELP[command].summary}$`, "m"));
  }
  assertMatch(help, /[^\n]\n$/);
});

Deno.test("a command's help has each of its parameters that may be typed, with default and variable", () => {
  for (const command of COMMANDS) {
    const help = commandHelp(command);
    const unwrapped = help.replace(/\s+/g, " ");
    for (const parameter of PARAMETERS) {
      const use = parameter.uses[command];
      const listed = use !== undefined && parameter.sources.includes("command_line");
      assertEquals(help.includes(`\n  --${parameter.name}=${parameter.valueName}\n`), listed, parameter.name);
      if (!listed) continue;
      assertStringIncludes(unwrapped, use.meaning.replace(/\s+/g, " "));
      const isTold = parameter.default !== null && use.isFoundOut !== true;
      if (isTold) assertStringIncludes(unwrapped, `default: ${parameter.default}`);
      const variable = environmentVariable(parameter);
      if (variable !== null) assertStringIncludes(unwrapped, variable);
    }
  }
});

Deno.test("the help of import: mandatory parameters, the alias, the advice on passwords", () => {
  const help = commandHelp("import").replace(/\s+/g, " ");
  assertStringIncludes(help, "--class=CLASS class of the objects to load, case-sensitive (mandatory)");
  assertStringIncludes(help, "(mandatory unless auth_pwd_file is given; environment: CSVRECON_AUTH_PWD)");
  assertStringIncludes(help, "(default: summary; also: result)");
  assertStringIncludes(help, "A password on the command line can be read by everyone on the machine (`ps` shows it)");
});

Deno.test("help is at most 100 characters wide, but for the examples", () => {
  for (const help of [programHelp(), ...COMMANDS.map(commandHelp)]) {
    const lines = help.slice(0, help.indexOf("\nExamples:")).split("\n");
    assertEquals(lines.filter((line) => line.length > 100), []);
  }
});

Deno.test("every example is a command line without problems, and each help has two", () => {
  for (const examples of [PROGRAM_EXAMPLES, ...COMMANDS.map((command) => COMMAND_HELP[command].examples)]) {
    assertEquals(examples.length, 2);
    for (const { commandLine } of examples) {
      // What a shell does with the output is none of the program's business.
      const args = commandLine.replace(/ [|>].*$/, "").match(/(?:"[^"]*"|[^\s"])+/g)?.map((word) =>
        word.replaceAll('"', "")
      ) ?? [];
      assertEquals(args[0], "csvrecon");
      assertEquals(parseArguments(args.slice(1)).problems, [], commandLine);
    }
  }
});

Deno.test("the documents' tables have a row for each parameter that may be typed, or stand in a job file", () => {
  const tables = parameterTables();
  for (const parameter of PARAMETERS) {
    const rows = tables.split("\n").filter((line) => line.startsWith(`| \`${parameter.name}\``));
    const isWritten = parameter.sources.includes("command_line") || parameter.sources.includes("job_file");
    const uses = isWritten ? Object.keys(parameter.uses).length : 0;
    assertEquals(rows.length, uses, parameter.name);
  }
});

Deno.test("the rows of a document's table tell default and sources", () => {
  const rows = parameterTables().replace(/ {2,}/g, " ").split("\n");
  assert(rows.includes("| parameter | meaning | default | may also come from |"));
  assert(
    rows.includes(
      "| `db` | the database: an SQLite file, or `postgres://USER@HOST/DATABASE` | `csvrecon.db` | environment `CSVRECON_DB`, param file |",
    ),
  );
  assert(
    rows.includes(
      "| `db` | the database to create: an SQLite file, or `postgres://USER@HOST/DATABASE` | `csvrecon.db` | environment `CSVRECON_DB` |",
    ),
  );
  assert(rows.includes("| `admin_pwd` | password of the first administrator | mandatory, or `admin_pwd_file` | - |"));
  assert(
    rows.includes(
      "| `db` | the database of all imports: an SQLite file, or `postgres://USER@HOST/DATABASE` | `csvrecon.db` | environment `CSVRECON_DB`, job file |",
    ),
  );
  assertEquals(rows.filter((row) => row.startsWith("| `output`, also `result` |")).length, 6);
  const importRow = rows.find((row) => row.startsWith("| `import` |")) ?? "";
  assertMatch(importRow, /\| mandatory \| job file only \|$/);
});

Deno.test("--version names csvrecon, Deno, V8 and SQLite", () => {
  const { deno, v8 } = Deno.version;
  assertEquals(versionText("3.50.1"), `csvrecon ${project.version} (deno ${deno}, v8 ${v8}, sqlite 3.50.1)`);
});
