/** Whether a file has rows in error: only such a one is replaced or removed. */
import { ADDED_COLUMNS } from "../../columns/added_columns.ts";
import { beginningOf } from "../old_file.ts";

/** Enough for any header, in bytes. */
const LONGEST_HEADER = 1024 * 1024;

/** A separator and qualifiers stand between them, of some bytes each, and behind the last one perhaps a qualifier. */
const ADDED_HEADER = new RegExp(`${ADDED_COLUMNS.join("[^\\r\\n]{1,24}")}[^\\r\\n\\w]{0,8}(?:[\\r\\n]|$)`);

/**
 * The header ends with the added columns. Whatever the charset: every encoding has ASCII as it is, but for the zeros of UTF-16. In whatever
 * dialect it was written, too.
 * @param path for the system @throws what the system says, when it cannot be read
 */
export function isRejectsFile(path: string): boolean {
  const text = new TextDecoder("latin1").decode(beginningOf(path, LONGEST_HEADER)).replaceAll("\0", "");
  return ADDED_HEADER.test(text);
}
