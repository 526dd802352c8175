import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { EXIT } from "../../lib/errors.ts";
import { COMMAND_HELP } from "../../lib/messages/help.ts";
import { PARAMETERS } from "../../lib/parameters/list/definitions.ts";
import { environmentVariable, writtenParametersOf } from "../../lib/parameters/list/find_parameter.ts";
import { manPage } from "../../lib/parameters/manuals/man_page.ts";
import { COMMANDS } from "../../lib/parameters/list/parameter_definition.ts";
import { isInstalled, outputOf, runShell } from "../helpers/shell.ts";

Deno.test("the manual page is ASCII, with no requests but those of the man macros", () => {
  const lines = manPage().split("\n");
  for (const line of lines) {
    assertMatch(line, /^[\x20-\x7e]*$/);
    if (line.startsWith(".")) assertMatch(line, /^\.(TH|SH|SS|PP|TP|BR|RS|RE|br|nf|fi|nh|ad)\b/);
    assert(!line.startsWith("'"), line);
  }
});

Deno.test("every hyphen of a parameter and of an example is a minus, which can be copied from the page", () => {
  assertEquals(manPage().match(/(?<!\\)-(?![a-z])|(?<![a-z\\])-/g), null);
});

Deno.test("the sections stand in the customary order", () => {
  const headings = [...manPage().matchAll(/^\.SH (.*)$/gm)].map(([, heading]) => heading);
  assertEquals(headings, [
    "NAME",
    "SYNOPSIS",
    "DESCRIPTION",
    "COMMANDS",
    "ENVIRONMENT",
    "EXIT STATUS",
    "EXAMPLES",
    "SEE ALSO",
  ]);
});

Deno.test("every command has its parameters", () => {
  const parts = manPage().split(/^\.S[SH] /m);
  for (const command of COMMANDS) {
    const part = parts.find((part) => part.startsWith(`${command}\n`)) ?? "";
    const names = [...part.matchAll(/^\.TP\n\\fB(?:\\-\\-)?(\w+)(?:=| = )\\fR/gm)].map(([, name]) => name);
    assertEquals(names, writtenParametersOf(command).map(({ name }) => name), command);
  }
});

const IN_GROFF = { ignore: !isInstalled("groff") };
const NEEDS_GROFF = IN_GROFF.ignore ? " (left out: there is no groff on this machine)" : "";

Deno.test(`groff formats the page without a warning${NEEDS_GROFF}`, IN_GROFF, async () => {
  const run = await runShell("groff", ["-man", "-ww", "-z", "-Tutf8"], { stdin: manPage() });
  assertEquals({ ...run }, { code: 0, stdout: "", stderr: "" });
});

Deno.test(
  `the formatted page shows commands, variables, exit codes and examples as they are typed${NEEDS_GROFF}`,
  IN_GROFF,
  async () => {
    // 200 characters a line: no example is broken. -cbou: plain text.
    const args = ["-man", "-Tutf8", "-rLL=200n", "-P-cbou"];
    const page = await outputOf("groff", args, { stdin: manPage() });
    for (const command of COMMANDS) {
      const { synopsis, examples } = COMMAND_HELP[command];
      for (const alternative of synopsis.split(" | ")) assertStringIncludes(page, `\n       csvrecon ${alternative}\n`);
      for (const { commandLine } of examples) assertStringIncludes(page, `\n           ${commandLine}\n`);
    }
    for (const variable of PARAMETERS.map(environmentVariable)) {
      if (variable !== null) assertStringIncludes(page, `\n       ${variable}\n`);
    }
    for (const code of Object.values(EXIT)) assertMatch(page, new RegExp(`^ {7}${code} +\\w`, "m"));
    assertStringIncludes(page, "as Y-m-d or d/m/Y H:i:s; the old %Y-%m-%d too");
  },
);

const IN_MANDOC = { ignore: !isInstalled("mandoc") };
const NEEDS_MANDOC = IN_MANDOC.ignore ? " (left out: there is no mandoc on this machine)" : "";

Deno.test(
  `mandoc finds nothing but the missing date: the page tells the version${NEEDS_MANDOC}`,
  IN_MANDOC,
  async () => {
    const { stdout, stderr } = await runShell("mandoc", ["-T", "lint", "-W", "warning"], { stdin: manPage() });
    const findings = (stdout + stderr).trimEnd().split("\n").filter((line) => !line.includes("missing date"));
    assertEquals(findings, []);
  },
);
