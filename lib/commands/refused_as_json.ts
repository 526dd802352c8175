/** Commands whose `output=json` tells on standard output, where programs read it, why they were refused. */
import { EXIT, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { printingRefusal } from "../report/printing.ts";
import { readParameters } from "./told_database.ts";

/**
 * Hands over the parameters. Where they cannot even be read, the command line tells which output is wanted.
 * @throws RunStop as `work`, and 66 when a param file is missing or unreadable; with `output=json` standard output has said why already
 */
export async function refusedAsJson<T>(
  typed: TypedArguments,
  io: ProgramIo,
  work: (merged: MergedParameters) => Promise<T>,
): Promise<T> {
  let merged: MergedParameters | null = null;
  try {
    merged = await readParameters(typed, io);
    return await work(merged);
  } catch (error) {
    const output = merged?.values.get("output")?.text ?? typed.values.get("output");
    if (output !== "json" || !(error instanceof RunStop) || error.exitCode === EXIT.reportNotWritable) throw error;
    const { jsonRefused } = await import("../report/json_lines.ts");
    throw await printingRefusal(error, () => io.stdout.write(jsonRefused(error)));
  }
}
