/** `help [COMMAND]`, `--help` and `--version`. */
import { EXIT, type ExitCode } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { stopForProblems } from "../parameters/reading/check_parameters.ts";
import { commandHelp, programHelp } from "../parameters/manuals/help_text.ts";
import { nearestName } from "../nearest_name.ts";
import { COMMANDS } from "../parameters/list/parameter_definition.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { versionText } from "../parameters/manuals/version_text.ts";
import { print } from "./print.ts";

/**
 * Prints the help of the program, or of the command that the arguments name.
 * @throws UsageStop (64) when the arguments have problems, or name no command; RunStop 74
 */
export async function help(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  stopForProblems(typed.problems, "help");
  const topic = typed.words[0];
  const command = COMMANDS.find((command) => command === topic);
  if (topic !== undefined && command === undefined) {
    stopForProblems([{ kind: "unknown_command", found: topic, nearest: nearestName(topic, COMMANDS) }], "help");
  }
  await print(command === undefined ? programHelp() : commandHelp(command), io);
  return EXIT.done;
}

/** @param sqlite the version of the embedded SQLite @throws RunStop 74 */
export async function version(sqlite: string, io: ProgramIo): Promise<ExitCode> {
  await print(versionText(sqlite) + "\n", io);
  return EXIT.done;
}
