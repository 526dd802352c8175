/** What the text of a parameter means that says how a file is written. */
import { readCells } from "../../csv/read_cells.ts";
import type { ReadValue } from "./read_values.ts";

/** In UTF-16 code units. */
const LONGEST_SIGN = 16;

/** `none`: there is none, which is an empty text; empty: nobody says, which is null. */
export function readEscapeSign(typed: string): ReadValue<string | null> {
  const sign = typed.trim();
  if (sign === "") return { ok: true, value: null };
  if (sign.toLowerCase() === "none") return { ok: true, value: "" };
  if ([...sign].length === 1 && !/[\p{L}\p{N}]/u.test(sign)) return { ok: true, value: sign };
  return { ok: false, fault: { kind: "not_an_escape_sign", found: typed } };
}

/** Empty: null. */
export function readCommentSign(typed: string): ReadValue<string | null> {
  const sign = typed.trim();
  if (sign === "") return { ok: true, value: null };
  if (sign.length <= LONGEST_SIGN && !/[\r\n]/.test(sign)) return { ok: true, value: sign };
  return { ok: false, fault: { kind: "not_a_comment_sign", found: typed, most: LONGEST_SIGN } };
}

/** Names with commas between them, of which an empty one is that of a column without a name; nothing: null. */
export function readHeader(typed: string): ReadValue<readonly string[] | null> {
  const names = namesOf(typed);
  return { ok: true, value: names.every((name) => name === "") ? null : names };
}

/** The same, without the empty ones. */
export function readNames(typed: string): ReadValue<readonly string[]> {
  return { ok: true, value: namesOf(typed).filter((name) => name !== "") };
}

/** As a line of CSV has them: a name with a comma stands in double quotes. */
function namesOf(typed: string): readonly string[] {
  const { cells } = readCells(typed.replaceAll(/[\r\n]+/g, " "), { separator: ",", qualifier: '"' });
  return cells.map((cell) => (cell ?? "").trim());
}
