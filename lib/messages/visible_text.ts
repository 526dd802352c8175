/**
 * Text from outside, as a terminal may show it: nothing in it moves the cursor, changes colours or titles, or lets text stand in
 * another order than it is stored (CVE-2021-42574). What comes through a pipe is left alone.
 */

// deno-lint-ignore no-control-regex -- these are what it is about
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX #9), and its separators of lines. */
const ORDER_AND_BREAKS = /[\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Escapes all but tabs and line feeds: `\x1b`, `\r`, `‹U+202E›`. */
export function visibleText(text: string): string {
  return text
    .replace(CONTROLS, (character) => character === "\r" ? "\\r" : `\\x${hex(character, 2)}`)
    .replace(ORDER_AND_BREAKS, (character) => `‹U+${hex(character, 4).toUpperCase()}›`);
}

/** The same for a text that must stay on its line: line feeds are `\n`. */
export function visibleLine(line: string): string {
  return visibleText(line).replaceAll("\n", "\\n");
}

/** JSON that holds none of them as they are, and means the same. (JSON.stringify escapes those below U+0020 itself.) */
export function visibleJson(value: unknown): string {
  const escape = (character: string) => `\\u${hex(character, 4)}`;
  return JSON.stringify(value).replace(CONTROLS, escape).replace(ORDER_AND_BREAKS, escape);
}

function hex(character: string, digits: number): string {
  return character.charCodeAt(0).toString(16).padStart(digits, "0");
}
