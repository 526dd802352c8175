/** What a command was given, and the network given up that it does not need. */
import type { ProgramIo } from "../io.ts";
import { type MergedParameters, mergeParameters } from "../parameters/reading/merge_parameters.ts";
import { isOnServer } from "../parameters/reading/named_server.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";

/** @throws RunStop (66) when a param file is missing or unreadable */
export async function readMerged(typed: TypedArguments, io: ProgramIo): Promise<MergedParameters> {
  let needsNetwork = false;
  try {
    const merged = await mergeParameters(typed, io);
    needsNetwork = isOnServer(merged);
    return merged;
  } finally {
    if (!needsNetwork) io.giveUpNetwork?.();
  }
}
