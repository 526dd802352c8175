/** `csvrecon copy`: a whole database into a new one, between files and servers. */
import { copyStore } from "../databases/copy_store.ts";
import { EXIT, type ExitCode } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { copied, copiedNotTold } from "../messages/copy.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { copySettings } from "../parameters/settings/copy_settings.ts";
import { printedLines } from "../report/printed_lines.ts";
import { createProgress } from "../report/progress.ts";
import { readMerged } from "./merged_parameters.ts";
import { print } from "./print.ts";

/** @throws RunStop 64, 73, 75 or 78 when nothing was made; 74 when a copy was made and nobody could be told */
export async function copyCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const { from, to, busyTimeout } = copySettings(await readMerged(typed, io));
  const { interruption, onStatement, workingFolder, env } = io;
  const progress = createProgress(io.stderr, null);
  const counts = await copyStore({
    ...{ from, to, interruption, onStatement, workingFolder, env },
    busyTimeoutSeconds: busyTimeout,
    now: io.now(),
    onRows: (rows) => progress.update(rows, 0),
  }).finally(() => progress.clear());
  await print(printedLines(copied(from, to, counts), io.stdout), io, copiedNotTold);
  return EXIT.done;
}
