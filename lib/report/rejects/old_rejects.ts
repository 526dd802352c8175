/** What stands where rows in error are to be written: only a file of such rows is replaced or removed. */
import { ADDED_COLUMNS } from "../../columns/added_columns.ts";

/** Enough for any header, in bytes. */
const LONGEST_HEADER = 1024 * 1024;

export type OldRejects =
  /** Nothing is there. */
  | "none"
  /** An empty file, or one whose header ends with the added columns. */
  | "ours"
  | "foreign"
  /** Neither a file nor nothing. */
  | "no_file";

/** @param path for the system @throws what the system says, when it cannot be read */
export function oldRejects(path: string): OldRejects {
  const info = infoOf(path);
  if (info === null) return "none";
  if (!info.isFile) return "no_file";
  return info.size === 0 || hasAddedColumns(startOf(path)) ? "ours" : "foreign";
}

function infoOf(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

/** Whatever the charset: every encoding has ASCII as it is, but for the zeros of UTF-16. In whatever dialect it was written, too. */
function hasAddedColumns(bytes: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(bytes).replaceAll("\0", "");
  return ADDED_HEADER.test(text);
}

/** A separator and qualifiers stand between them, of some bytes each, and behind the last one perhaps a qualifier. */
const ADDED_HEADER = new RegExp(`${ADDED_COLUMNS.join("[^\\r\\n]{1,24}")}[^\\r\\n]{0,8}(?:[\\r\\n]|$)`);

function startOf(path: string): Uint8Array {
  using file = Deno.openSync(path);
  const start = new Uint8Array(LONGEST_HEADER);
  let length = 0;
  while (length < start.length) {
    const count = file.readSync(start.subarray(length));
    if (count === null) break;
    length += count;
  }
  return start.subarray(0, length);
}
