/** What stands where a report is to be written as a file: only an earlier one of its kind is replaced. */
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import type { FileUse } from "../messages/files_in_use.ts";
import { sameFileAmong } from "../same_file.ts";
import type { ReportPlace } from "./report_place.ts";

/** What stands where a file is to be written. */
export type OldFile =
  /** Nothing is there. */
  | "none"
  /** Nothing is in it, or an earlier one of its kind. */
  | "ours"
  | "foreign"
  /** Neither a file nor nothing. */
  | "no_file";

/** @param isOurs whether a file that is not empty is of the kind that is to be written @throws what the system says */
export function oldFile(path: string, isOurs: (path: string) => boolean): OldFile {
  try {
    const info = infoOf(path);
    if (info === null) return "none";
    if (!info.isFile) return "no_file";
    return info.size === 0 || isOurs(path) ? "ours" : "foreign";
  } catch (error) {
    // Below `/dev`, `/proc` or `/sys`.
    if (error instanceof Deno.errors.NotCapable) return "no_file";
    throw error;
  }
}

function infoOf(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** The beginning of a file. @param most bytes @throws what the system says */
export function beginningOf(path: string, most: number): Uint8Array {
  using file = Deno.openSync(path);
  const start = new Uint8Array(most);
  let length = 0;
  while (length < start.length) {
    const count = file.readSync(start.subarray(length));
    if (count === null) break;
    length += count;
  }
  return start.subarray(0, length);
}

/** What is said when something else stands there. */
export interface PlaceWords {
  isNoFile(file: string): StopMessage;
  isForeign(file: string): StopMessage;
  isOther(file: string, use: FileUse): StopMessage;
}

/**
 * Makes sure that nothing else is written over.
 * @throws RunStop 64 when it would be; what the system says
 */
export async function requirePlace(
  { name, path, others }: ReportPlace,
  words: PlaceWords,
  isOurs: (path: string) => boolean,
): Promise<void> {
  if (name === "-") throw wrong(words.isNoFile(name));
  for (const other of others) {
    if (await sameFileAmong(path, [other.path]) !== null) throw wrong(words.isOther(name, other.use));
  }
  const old = oldFile(path, isOurs);
  if (old === "no_file") throw wrong(words.isNoFile(name));
  if (old === "foreign") throw wrong(words.isForeign(name));
}

function wrong(message: StopMessage): RunStop {
  return new RunStop(EXIT.usage, [message]);
}
