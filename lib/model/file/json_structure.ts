/** The structure of a JSON text with comments: its brackets, commas, colons and strings, with their lines. */

export interface JsonToken {
  readonly kind: "{" | "}" | "[" | "]" | "," | ":" | "string";
  /** Index of its first character. */
  readonly start: number;
  /** Index behind its last character. */
  readonly end: number;
  /** From 1. */
  readonly line: number;
}

const PUNCTUATION: ReadonlySet<string> = new Set(["{", "}", "[", "]", ",", ":"]);

/**
 * Numbers, literals and whatever is no JSON are left out; the text need not parse. Read by hand, in one go: a regular expression would
 * overflow its stack on a long string, or go over the rest of the text again for each quote that is not closed.
 */
export function* jsonStructure(text: string): Generator<JsonToken, void> {
  let line = 1;
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    const end = character === '"' ? stringEnd(text, at) : character === "/" ? commentEnd(text, at) : at + 1;
    if (character === '"') yield { kind: "string", start: at, end, line };
    else if (PUNCTUATION.has(character)) yield { kind: character as JsonToken["kind"], start: at, end, line };
    for (; at < end; at++) {
      const isHalfOfCrLf = text.charAt(at) === "\r" && text.charAt(at + 1) === "\n";
      if ((text.charAt(at) === "\n" || text.charAt(at) === "\r") && !isHalfOfCrLf) line++;
    }
  }
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text.charAt(at) !== '"') at += text.charAt(at) === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function commentEnd(text: string, start: number): number {
  if (text.startsWith("/*", start)) return endOf(text, text.indexOf("*/", start + 2), 2);
  if (!text.startsWith("//", start)) return start + 1;
  const lineEnd = /[\n\r]/g;
  lineEnd.lastIndex = start;
  return endOf(text, lineEnd.exec(text)?.index ?? -1, 0);
}

function endOf(text: string, found: number, length: number): number {
  return found < 0 ? text.length : found + length;
}
