/** The text of values, `Status=Inactive, "Org = X"="a ""b"""`, cut up without looking anything up. */
import type { Assignment } from "../settings/feed_settings.ts";
import { behindQuoted, QUOTE, withoutQuotes } from "./quoted_text.ts";
import type { ReadValue } from "./read_values.ts";

const BETWEEN = ",";
const SIGN = "=";
const NULL_CELL = "<NULL>";

/** Names and values may stand in double quotes, in which two of them are one. A value that is `<NULL>` without them is null, as in a file. */
export function readAssignments(typed: string): ReadValue<readonly Assignment[]> {
  const assignments: Assignment[] = [];
  for (const piece of piecesOf(typed, BETWEEN)) {
    if (piece.trim() === "") continue;
    const assignment = assignmentIn(piece);
    if (assignment === null) return { ok: false, fault: { kind: "not_an_assignment", found: piece.trim() } };
    assignments.push(assignment);
  }
  if (assignments.length === 0) return { ok: false, fault: { kind: "empty" } };
  return { ok: true, value: assignments };
}

/** Null: it is none. */
function assignmentIn(piece: string): Assignment | null {
  const [name = "", ...rest] = piecesOf(piece, SIGN);
  if (rest.length === 0) return null;
  const typed = piece.slice(name.length + 1).trim();
  const column = unquoted(name.trim());
  // Only the first sign counts; a value may have others.
  const value = unquoted(typed);
  if (column === null || column.trim() === "" || value === null) return null;
  return { column, cell: typed === NULL_CELL ? null : value };
}

/** Cut at each sign that stands in no quotes. */
function piecesOf(text: string, sign: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length;) {
    if (text[at] === QUOTE) at = behindQuoted(text, at);
    else {
      if (text[at] === sign) {
        pieces.push(text.slice(start, at));
        start = at + 1;
      }
      at++;
    }
  }
  return [...pieces, text.slice(start)];
}

/** Null: a quote stands alone, or text beside quotes. */
function unquoted(text: string): string | null {
  if (!text.startsWith(QUOTE)) return text.includes(QUOTE) ? null : text;
  return withoutQuotes(text);
}
