import { assert, assertEquals } from "@std/assert";
import { COMMANDS } from "../../lib/parameters/list/parameter_definition.ts";
import { typedParametersOf } from "../../lib/parameters/manuals/completion_candidates.ts";
import { zshCompletion } from "../../lib/parameters/manuals/zsh_completion.ts";
import { isInstalled, outputOf } from "../helpers/shell.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

/** Types each line, TAB and Enter into a zsh behind a pseudo-terminal. A shell that does not answer ends the script. */
const TYPE = `
zmodload zsh/zpty
answers() { cat ../answers 2>/dev/null | wc -l }
wait_for() { repeat 200; do (( $(answers) >= $1 )) && return; sleep 0.05; done; exit 1 }
zpty -b shell zsh -f -i
zpty -w shell 'PS1=; unsetopt prompt_cr prompt_sp; autoload -Uz compinit; compinit -D -u; source ../completion.zsh'
zpty -w shell 'csvrecon() { print -r -- "$*" >>../answers }; bindkey "^I" complete-word; csvrecon ready'
wait_for 1
for line in "$@"; do
  before=$(answers)
  zpty -w -n shell "$line"$'\\t'
  sleep 0.3
  zpty -w -n shell $'\\n'
  wait_for $(( before + 1 ))
done
`;

/** The arguments that csvrecon is called with when a line, TAB and Enter were typed. */
function typed(lines: readonly string[], files: readonly string[] = []): Promise<string[]> {
  return withTemporaryFolder(async ({ folder, write, path }) => {
    write("completion.zsh", zshCompletion());
    Deno.mkdirSync(path("files"));
    for (const file of files) write(`files/${file}`, "");
    const options = { folder: path("files"), env: { HOME: folder, TERM: "dumb" } };
    await outputOf("zsh", ["-f", write("type.zsh", TYPE), ...lines], options);
    return Deno.readTextFileSync(path("answers")).trimEnd().split("\n").slice(1);
  });
}

Deno.test("zsh: the script describes each parameter of each command", () => {
  const branches = zshCompletion().split(/^ {2}(?=\w+\)$)/m);
  for (const command of COMMANDS) {
    const branch = branches.find((branch) => branch.startsWith(`${command})\n`)) ?? "";
    for (const { name } of typedParametersOf(command)) {
      assertEquals(branch.split("\n").filter((line) => line.startsWith(`      '--${name}=[`)).length, 1, name);
    }
  }
});

Deno.test("zsh: no meaning ends its own text, or the field that it stands in", () => {
  const specifications = zshCompletion().split("\n").filter((line) => line.startsWith("      '--"));
  for (const line of specifications) {
    assert(/^ +'--[a-z_]+=\[(?:[^'\\[\]:]|\\[[\]:\\]|'\\'')+\]::?[A-Z1|0]+:[^']+'$/.test(line), line);
  }
});

const IN_ZSH = { ignore: !isInstalled("zsh") };
const NEEDS = IN_ZSH.ignore ? " (left out: there is no zsh on this machine)" : "";

Deno.test(`zsh reads the script${NEEDS}`, IN_ZSH, async () => {
  assertEquals(await outputOf("zsh", ["-n"], { stdin: zshCompletion() }), "");
});

Deno.test(`zsh: TAB completes commands, parameters, values and files${NEEDS}`, IN_ZSH, async () => {
  const files = ["persons.csv", "nightly.params", "books.jsonc"];
  const lines = {
    "csvrecon mod": "model",
    "csvrecon --output=de": "--output=details",
    "csvrecon --output de": "--output details",
    "csvrecon --result=de": "--result=details",
    "csvrecon --simulate --outp": "--simulate --output",
    "csvrecon --auth-pwd-": "--auth-pwd-file",
    "csvrecon --auth-pwd-file pe": "--auth-pwd-file persons.csv",
    "csvrecon --csvfile=pe": "--csvfile=persons.csv",
    "csvrecon --param-file=persons.csv,ni": "--param-file=persons.csv,nightly.params",
    "csvrecon model c": "model check",
    "csvrecon model check bo": "model check books.jsonc",
    "csvrecon init --model=bo": "init --model=books.jsonc",
    "csvrecon init --simu": "init --simu",
    "csvrecon run nightly.params pe": "run nightly.params persons.csv",
    "csvrecon completions f": "completions fish",
  };
  assertEquals(await typed(Object.keys(lines), files), Object.values(lines));
});
