/** The separator or the qualifier, ready to be looked for. */
import { isBlank } from "./cell_text.ts";

export class DialectCharacter {
  /** In UTF-16 code units: 2 outside the Basic Multilingual Plane, 0 for no character. */
  readonly length: number;
  /** The first code unit; -1, and so equal to none, for no character. */
  readonly code: number;

  constructor(readonly text: string) {
    this.length = text.length;
    this.code = text === "" ? -1 : text.charCodeAt(0);
  }

  /** Whether it stands at index `at` of a text. @param code the text's code unit at that index */
  isAt(text: string, at: number, code: number): boolean {
    return code === this.code && (this.length === 1 || text.startsWith(this.text, at));
  }
}

/** The index behind the blanks that stand in a text from `start` on; neither the separator nor the qualifier is one. */
export function skipBlanks(
  text: string,
  start: number,
  separator: DialectCharacter,
  qualifier: DialectCharacter,
): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (!isBlank(code) || separator.isAt(text, at, code) || qualifier.isAt(text, at, code)) break;
  }
  return at;
}
