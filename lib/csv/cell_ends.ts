/** Where cells end: the two loops that every character goes through. */
import { CR, isBlank, isLineEnd } from "./cell_text.ts";
import type { DialectSigns } from "./dialect_signs.ts";
import type { Escapes } from "./escapes.ts";
import type { LineCounter } from "./line_counter.ts";
import type { UnfinishedCell } from "./unfinished_cell.ts";
import type { UnfinishedRecord } from "./unfinished_record.ts";

/** The index of the separator or line end behind a raw cell; none is there: `end`, or a little more. @param end from where on too little is there to know */
export function endOfRaw(text: string, start: number, end: number, signs: DialectSigns, cell: UnfinishedCell): number {
  if (signs.escapes !== null) return endOfEscapedRaw(text, start, end, signs, signs.escapes, cell);
  const last = signs.lastInRaw;
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > last) continue;
    if (isLineEnd(code) || signs.separator.isAt(text, at, code)) break;
    if (signs.qualifier.isAt(text, at, code)) cell.holdsQualifier = true;
  }
  return at;
}

/** The same with an escape sign, which few dialects have: others need not ask for it at every character. */
function endOfEscapedRaw(
  text: string,
  start: number,
  end: number,
  { lastInRaw: last, separator, qualifier }: DialectSigns,
  escapes: Escapes,
  cell: UnfinishedCell,
): number {
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code > last) continue;
    if (isLineEnd(code) || separator.isAt(text, at, code)) break;
    if (qualifier.isAt(text, at, code)) cell.holdsQualifier = true;
    else at = passEscaped(text, at, code, escapes, cell);
  }
  return at;
}

/** Where a qualified cell stands that is read. */
export interface QualifiedCell {
  readonly signs: DialectSigns;
  readonly lines: LineCounter;
  readonly cell: UnfinishedCell;
  readonly record: UnfinishedRecord;
}

/** The index of the qualifier that closes a cell, or is the last character before `end`; none is there: `end`, or a little more. */
export function closingQualifier(text: string, start: number, end: number, reading: QualifiedCell): number {
  const { signs } = reading;
  const { lastInQualified: last, qualifier } = signs;
  let at = start === 0 ? reading.lines.passRest() : start;
  while (at < end) {
    const code = text.charCodeAt(at);
    if (code > last) {
      at++;
    } else if (qualifier.isAt(text, at, code)) {
      const next = at + qualifier.length;
      if (next >= end || !qualifier.isAt(text, next, text.charCodeAt(next))) return at;
      reading.cell.hasDoubledQualifier = true;
      at = next + qualifier.length;
    } else if (isLineEnd(code)) {
      reading.cell.hasCarriageReturn ||= code === CR;
      reading.record.hasLineBreak = true;
      at = reading.lines.pass(at);
    } else {
      at = signs.escapes === null ? at + 1 : passEscaped(text, at, code, signs.escapes, reading.cell) + 1;
    }
  }
  return at;
}

/** The index of the last code unit that an escape sign at `at` makes text; `at` itself if there is none. */
function passEscaped(text: string, at: number, code: number, escapes: Escapes, cell: UnfinishedCell): number {
  if (!escapes.sign.isAt(text, at, code)) return at;
  const length = escapes.lengthAt(text, at);
  if (length === 0) return at;
  cell.hasEscape = true;
  return at + length - 1;
}

/** The index behind the blanks that stand in a text from `start` to before `end`; neither the separator nor the qualifier is one. */
export function skipBlanks(
  text: string,
  start: number,
  end: number,
  { separator, qualifier }: Pick<DialectSigns, "separator" | "qualifier">,
): number {
  let at = start;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isBlank(code) || separator.isAt(text, at, code) || qualifier.isAt(text, at, code)) break;
  }
  return at;
}

/** The index of the next line end; none is there: `end`. */
export function endOfLine(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !isLineEnd(text.charCodeAt(at))) at++;
  return at;
}
