/** Completion in a real bash, which reads the keys from a pipe as it would from a terminal. */
import { bashCompletion } from "../../lib/parameters/manuals/bash_completion.ts";
import { outputOf, type ProgramOptions } from "../helpers/shell.ts";
import { type TemporaryFolder, withTemporaryFolder } from "../helpers/temporary_folder.ts";

/** A bash with the script, in a folder with files. */
export interface BashShell {
  /** Types `line`, TAB and Enter. @returns the arguments that csvrecon was then called with */
  typed(line: string): Promise<readonly string[]>;
  /**
   * Asks the script itself. @param words COMP_WORDS, the last one that at the cursor
   * @returns COMPREPLY without the blanks behind the words, sorted
   */
  replies(words: readonly string[]): Promise<readonly string[]>;
}

/** In place of the program: prints its arguments, each behind a line `<`. */
const ECHO = `csvrecon() { printf '<%s>\\n' "$@"; }\n`;

/** Prints what the script answers. Words that are separators stand without blanks around them, as in `--name=value`. */
const ASK = `
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE=''
for word in "$@"; do
  if [[ $COMP_LINE && $word != [=:] && $COMP_LINE != *[=:] ]]; then COMP_LINE+=' '; fi
  COMP_LINE+=$word
done
if [[ $word == '' && $COMP_LINE != *' ' ]]; then COMP_LINE+=' '; fi
COMP_POINT=\${#COMP_LINE}
_csvrecon
printf '%s\\n' "\${COMPREPLY[@]}"
`;

/** @param setup bash commands before the keys @param files names of empty files; folders end with a slash */
export function withBash(
  { files = [], setup = "" }: { readonly files?: readonly string[]; readonly setup?: string },
  use: (shell: BashShell) => Promise<void>,
): Promise<void> {
  return withTemporaryFolder((scratch) => {
    scratch.write("completion.bash", bashCompletion());
    Deno.mkdirSync(scratch.path("files"));
    for (const file of files) make(scratch, file);
    const options = {
      folder: scratch.path("files"),
      env: { HOME: scratch.folder, TERM: "dumb", INPUTRC: "/dev/null" },
    };
    const prepared = `source ../completion.bash\n${ECHO}${setup}\nPS1=\n`;
    return use({
      typed: (line) => typed(scratch.write("rc", prepared), line, options),
      replies: (words) => replies(scratch.write("ask", prepared + ASK), words, options),
    });
  });
}

function make(scratch: TemporaryFolder, file: string): void {
  if (file.endsWith("/")) Deno.mkdirSync(scratch.path(`files/${file}`));
  else scratch.write(`files/${file}`, "");
}

async function typed(rc: string, line: string, options: ProgramOptions): Promise<readonly string[]> {
  const args = ["--noprofile", "--rcfile", rc, "-i"];
  const stdout = await outputOf("bash", args, { ...options, stdin: `${line}\t\nexit 0\n` });
  return [...stdout.matchAll(/<(.*)>\n/g)].map(([, argument = ""]) => argument);
}

async function replies(script: string, words: readonly string[], options: ProgramOptions): Promise<readonly string[]> {
  const stdout = await outputOf("bash", [script, ...words], options);
  return stdout.split("\n").map((word) => word.trimEnd()).filter((word) => word !== "").sort();
}
