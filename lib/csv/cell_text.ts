/** The characters that mean the same in every dialect, and the value that the text of a cell stands for. */
import { NULL_CELL } from "./dialect.ts";
import type { Cell } from "./record.ts";

const TAB = 0x09;
const VERTICAL_TAB = 0x0b;
const BLANK = 0x20;

export const BACKSLASH = 0x5c;
/** Line feed. */
export const LF = 0x0a;
/** Carriage return. */
export const CR = 0x0d;

/** Whether a character may stand around a qualified cell, or make up a blank line. */
export function isBlank(code: number): boolean {
  return code === BLANK || code === TAB;
}

export function isLineEnd(code: number): boolean {
  return code === LF || code === CR;
}

/** Whether a text stops between the two halves of a character outside the Basic Multilingual Plane. */
export function endsInHalfCharacter(text: string): boolean {
  return (text.charCodeAt(text.length - 1) & 0xfc00) === 0xd800;
}

/** The value of a raw cell: the text from `start` to before `end`, trimmed of white control characters and blanks. */
export function rawValue(text: string, start: number, end: number): Cell {
  let from = start;
  let to = end;
  while (from < to && isTrimmed(text.charCodeAt(from))) from++;
  while (to > from && isTrimmed(text.charCodeAt(to - 1))) to--;
  return cellOf(text.slice(from, to));
}

/** Whether a text ends with a qualifier that none before it opens: there is an odd number of them. */
export function endsUnpaired(text: string, qualifier: string): boolean {
  return text.endsWith(qualifier) && (text.split(qualifier).length - 1) % 2 === 1;
}

/** The value of a cell that is not trimmed. */
export function cellOf(text: string): Cell {
  return text === NULL_CELL ? null : text;
}

/** Not the no-break space, nor any other blank beyond ASCII. */
function isTrimmed(code: number): boolean {
  return code <= BLANK && (isBlank(code) || isLineEnd(code) || code === VERTICAL_TAB);
}
