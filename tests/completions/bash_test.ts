import { assertEquals, assertStringIncludes } from "@std/assert";
import { bashCompletion } from "../../lib/parameters/manuals/bash_completion.ts";
import { OUTPUT_FORMATS } from "../../lib/parameters/settings/settings.ts";
import { NAMED_CHARSETS } from "../../lib/source/charset.ts";
import { COMMANDS, type CommandWord } from "../../lib/parameters/list/parameter_definition.ts";
import { typedParametersOf } from "../../lib/parameters/manuals/completion_candidates.ts";
import { outputOf } from "../helpers/shell.ts";
import { withBash } from "./bash_shell.ts";

/** A bash whose words do not end at `=`: some people set it so. */
const NO_EQUALS = "COMP_WORDBREAKS=${COMP_WORDBREAKS//=}";

function offeredNames(command: CommandWord): string[] {
  return ["--help", ...typedParametersOf(command).map(({ name }) => `--${name}=`)].sort();
}

Deno.test("bash reads the completion script, and it says nothing", async () => {
  assertEquals(await outputOf("bash", ["-n"], { stdin: bashCompletion() }), "");
  assertEquals(await outputOf("bash", [], { stdin: bashCompletion() }), "");
});

Deno.test("bash: TAB completes a command, a parameter and a value", () =>
  withBash({}, async ({ typed }) => {
    assertEquals(await typed("csvrecon mod"), ["model"]);
    assertEquals(await typed("csvrecon --out"), ["--output="]);
    assertEquals(await typed("csvrecon --output=de"), ["--output=details"]);
    assertEquals(await typed("csvrecon --output de"), ["--output", "details"]);
    assertEquals(await typed("csvrecon model c"), ["model", "check"]);
    assertEquals(await typed("csvrecon --na"), ["--na"]);
  }));

Deno.test("bash: TAB completes in a pipe, behind variables, quotes and values that are separators of words", () =>
  withBash({}, async ({ typed }) => {
    assertEquals(await typed("true | csvrecon --out"), ["--output="]);
    assertEquals(await typed("CSVRECON_DB=x csvrecon --out"), ["--output="]);
    assertEquals(await typed('csvrecon --reconciliationkeys="Organization->Name" --out'), [
      "--reconciliationkeys=Organization->Name",
      "--output=",
    ]);
    assertEquals(await typed("csvrecon --separator : --out"), ["--separator", ":", "--output="]);
    assertEquals(await typed("csvrecon --separator=: --out"), ["--separator=:", "--output="]);
  }));

Deno.test("bash: a name may have hyphens between its words", () =>
  withBash({}, async ({ typed }) => {
    assertEquals(await typed("csvrecon --no_l"), ["--no_localize="]);
    assertEquals(await typed("csvrecon --no-l"), ["--no-localize="]);
    assertEquals(await typed("csvrecon --auth-pwd-"), ["--auth-pwd-file="]);
  }));

Deno.test("bash: charsets and other values are completed in any case", () =>
  withBash({}, async ({ typed, replies }) => {
    assertEquals(await typed("csvrecon --charset=utf"), ["--charset=UTF-8"]);
    assertEquals(await typed("csvrecon --charset windows-1252"), ["--charset", "WINDOWS-1252"]);
    assertEquals(await replies(["csvrecon", "--charset", "="]), [...NAMED_CHARSETS].sort());
  }));

const FILES = ["persons.csv", "my file.csv", "nightly.params", "more nightly.params", "b:c.csv", "sub folder/"];

Deno.test("bash: TAB completes files, with blanks, quotes, colons and folders", () =>
  withBash({ files: FILES }, async ({ typed }) => {
    assertEquals(await typed("csvrecon --csvfile=pe"), ["--csvfile=persons.csv"]);
    assertEquals(await typed("csvrecon --csvfile pe"), ["--csvfile", "persons.csv"]);
    assertEquals(await typed("csvrecon --csvfile=my"), ["--csvfile=my file.csv"]);
    assertEquals(await typed("csvrecon --csvfile=my\\ f"), ["--csvfile=my file.csv"]);
    assertEquals(await typed('csvrecon --csvfile "my f'), ["--csvfile", "my file.csv"]);
    assertEquals(await typed("csvrecon --csvfile=su"), ["--csvfile=sub folder/"]);
    assertEquals(await typed("csvrecon --csvfile=b:"), ["--csvfile=b:c.csv"]);
    assertEquals(await typed("csvrecon --auth-pwd-file=pe"), ["--auth-pwd-file=persons.csv"]);
    assertEquals(await typed("csvrecon model check pe"), ["model", "check", "persons.csv"]);
    assertEquals(await typed("csvrecon run pe"), ["run", "persons.csv"]);
    assertEquals(await typed("csvrecon run nightly.params --simulate=1 pe"), [
      "run",
      "nightly.params",
      "--simulate=1",
      "persons.csv",
    ]);
    assertEquals(await typed("csvrecon --comment=pe"), ["--comment=pe"]);
  }));

Deno.test("bash: TAB completes each file of a list", () =>
  withBash({ files: FILES }, async ({ typed }) => {
    assertEquals(await typed("csvrecon --param_file=ni"), ["--param_file=nightly.params"]);
    assertEquals(await typed("csvrecon --param_file=persons.csv,ni"), ["--param_file=persons.csv,nightly.params"]);
    assertEquals(await typed("csvrecon --param_file persons.csv,more"), [
      "--param_file",
      "persons.csv,more nightly.params",
    ]);
  }));

Deno.test("bash itself completes the file that the report goes to", () =>
  withBash({}, async ({ replies }) => {
    assertEquals(await replies(["csvrecon", "--db", "=", "x", ">", ""]), []);
    assertEquals(await replies(["csvrecon", "--db", "=", "x", "2>", ""]), []);
  }));

Deno.test("bash: a parameter that is a file or a known value offers both", () =>
  withBash({ files: ["item.jsonc", "books.jsonc"] }, async ({ typed, replies }) => {
    assertEquals(await replies(["csvrecon", "init", "--model", "=", "it"]), ["item.jsonc", "itop"]);
    assertEquals(await typed("csvrecon init --model=bo"), ["init", "--model=books.jsonc"]);
  }));

Deno.test("bash: all that is completed also is where words do not end at =", () =>
  withBash({ files: FILES, setup: NO_EQUALS }, async ({ typed }) => {
    assertEquals(await typed("csvrecon --out"), ["--output="]);
    assertEquals(await typed("csvrecon --output=de"), ["--output=details"]);
    assertEquals(await typed("csvrecon --output de"), ["--output", "details"]);
    assertEquals(await typed("csvrecon --csvfile=my"), ["--csvfile=my file.csv"]);
    assertEquals(await typed("csvrecon --csvfile=su"), ["--csvfile=sub folder/"]);
    assertEquals(await typed("csvrecon --param_file=persons.csv,ni"), ["--param_file=persons.csv,nightly.params"]);
  }));

Deno.test("bash offers commands first, then what the command has", () =>
  withBash({}, async ({ replies }) => {
    assertEquals(await replies(["csvrecon", ""]), [...COMMANDS].sort());
    assertEquals(await replies(["csvrecon", "--"]), [...offeredNames("import"), "--version"].sort());
    assertEquals(await replies(["csvrecon", "import", ""]), offeredNames("import"));
    assertEquals(await replies(["csvrecon", "init", "--"]), offeredNames("init"));
    assertEquals(await replies(["csvrecon", "model", ""]), ["check", "derive", "show"]);
    assertEquals(await replies(["csvrecon", "model", "show", ""]), offeredNames("model"));
    assertEquals(await replies(["csvrecon", "run", "nightly.job", "--"]), offeredNames("run"));
    assertEquals(await replies(["csvrecon", "completions", ""]), ["bash", "fish", "zsh"]);
    assertEquals(await replies(["csvrecon", "help", ""]), [...COMMANDS].sort());
  }));

Deno.test("bash offers values behind = and behind a blank, and no parameter twice", () =>
  withBash({}, async ({ replies }) => {
    const formats = [...OUTPUT_FORMATS].sort();
    assertEquals(await replies(["csvrecon", "--output", "="]), formats);
    assertEquals(await replies(["csvrecon", "--output", ""]), formats);
    assertEquals(await replies(["csvrecon", "--result", "=", "de"]), ["details"]);
    assertEquals(await replies(["csvrecon", "--simulate", "="]), ["0", "1"]);
    assertEquals(await replies(["csvrecon", "--separator", "="]), ["tab"]);
    assertEquals(await replies(["csvrecon", "--simulate", "=", "1", "--sep"]), ["--separator="]);
    assertEquals(await replies(["csvrecon", "--auth-user", "=", "x", "--auth_u"]), []);
  }));

Deno.test("bash 3.2, which knows no compopt, offers the same", () =>
  withBash({ setup: "compopt() { return 127; }" }, async ({ typed }) => {
    assertEquals(await typed("csvrecon --output=de"), ["--output=details"]);
    assertEquals(await typed("csvrecon mod"), ["model"]);
  }));

Deno.test("the script needs nothing that came with bash 4", () => {
  const script = bashCompletion();
  for (
    const novelty of [/\$\{\w+(\^|,)/, /declare -[gAn]|local -[An]/, /mapfile|readarray/, /\|&/, /\$\{\w+\[-1\]\}/]
  ) {
    assertEquals(script.match(novelty), null);
  }
  assertStringIncludes(script, "complete -o nospace -o default -F _csvrecon csvrecon\n");
});
