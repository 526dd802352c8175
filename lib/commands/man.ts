/** `csvrecon man`: prints the manual page. */
import { EXIT, type ExitCode } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { stopForProblems } from "../parameters/reading/check_parameters.ts";
import { manPage } from "../parameters/manuals/man_page.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { print } from "./print.ts";

/** @throws UsageStop (64) when the arguments have problems; RunStop 74 */
export async function manCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  stopForProblems(typed.problems, typed.command);
  await print(manPage(), io);
  return EXIT.done;
}
