/** `csvrecon completions SHELL`: prints a completion script. */
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { unknownShell } from "../messages/completions.ts";
import { nearestName } from "../nearest_name.ts";
import { bashCompletion } from "../parameters/manuals/bash_completion.ts";
import { stopForProblems } from "../parameters/reading/check_parameters.ts";
import { type Shell, SHELLS } from "../parameters/list/command_words.ts";
import { fishCompletion } from "../parameters/manuals/fish_completion.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { zshCompletion } from "../parameters/manuals/zsh_completion.ts";
import { print } from "./print.ts";

const SCRIPTS: Readonly<Record<Shell, () => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** @throws UsageStop (64) when the arguments have problems; RunStop 64 when they name no shell, 74 */
export async function completionsCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  stopForProblems(typed.problems, typed.command);
  const found = typed.words[0] ?? null;
  const shell = SHELLS.find((shell) => shell === found);
  if (shell === undefined) {
    const nearest = found === null ? null : nearestName(found, SHELLS);
    throw new RunStop(EXIT.usage, [unknownShell(found, nearest, SHELLS)]);
  }
  await print(SCRIPTS[shell](), io);
  return EXIT.done;
}
