/** The text of conditions, `Status=Active AND "Org = X"<>"a ""b"""`, cut up without looking anything up. */
import { behindQuoted, QUOTE, withoutQuotes } from "../parameters/reading/quoted_text.ts";

/** A condition as typed. */
export interface TypedCondition {
  readonly name: string;
  readonly isEqual: boolean;
  /** Empty: no value. */
  readonly value: string;
}

const AND = /^\s+AND\s+/i;

/**
 * @param text conditions joined by AND; names and values may stand in double quotes, in which two of them are one
 * @returns what is no condition as it was typed
 */
export function parseConditions(text: string): readonly (TypedCondition | string)[] {
  return piecesOf(text).map((piece) => conditionIn(piece) ?? piece.trim());
}

/** Cut at each AND that stands in no quotes. */
function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length;) {
    const and = isBlankAt(text, at) ? AND.exec(text.slice(at, at + LONGEST_AND)) : null;
    if (text[at] === QUOTE) at = behindQuoted(text, at);
    else if (and === null) at++;
    else {
      pieces.push(text.slice(start, at));
      at += and[0].length;
      start = at;
    }
  }
  return [...pieces, text.slice(start)];
}

/** With its blanks: nobody types more. */
const LONGEST_AND = 100;

function isBlankAt(text: string, at: number): boolean {
  return /\s/.test(text.charAt(at)) && !(at > 0 && /\s/.test(text.charAt(at - 1)));
}

/** Null: it is no condition. */
function conditionIn(piece: string): TypedCondition | null {
  const sign = signIn(piece);
  if (sign === null) return null;
  const name = unquoted(piece.slice(0, sign.start));
  const value = unquoted(piece.slice(sign.end));
  return name === null || name === "" || value === null ? null : { name, isEqual: sign.isEqual, value };
}

/** The first `=` or `<>` that stands in no quotes. An arrow is neither. */
function signIn(piece: string): { readonly start: number; readonly end: number; readonly isEqual: boolean } | null {
  for (let at = 0; at < piece.length;) {
    if (piece[at] === QUOTE) at = behindQuoted(piece, at);
    else if (piece.startsWith("<>", at)) return { start: at, end: at + 2, isEqual: false };
    else if (piece[at] === "=") return { start: at, end: at + 1, isEqual: true };
    else at++;
  }
  return null;
}

/** Without blanks and quotes around it; null: a quote stands alone, or text beside quotes. */
function unquoted(typed: string): string | null {
  const text = typed.trim();
  if (!text.startsWith(QUOTE)) return text;
  return withoutQuotes(text);
}
