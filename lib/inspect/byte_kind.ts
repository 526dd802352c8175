/** What the first bytes of a file that is no text say that it is. */
import type { InputKind } from "../messages/input_kinds.ts";
import { findByteOrderMark } from "../source/byte_order_mark.ts";

/** The bytes that files of a kind begin with: as numbers, or in ASCII. */
type Signature = readonly [begin: readonly number[] | string, kind: InputKind];

/** Those of https://en.wikipedia.org/wiki/List_of_file_signatures that people have sent in place of CSV. The longer of two alike first. */
const SIGNATURES: readonly Signature[] = [
  ["PK\x03\x04", { kind: "zip" }],
  ["PK\x05\x06", { kind: "zip" }],
  [[0xd0, 0xcf, 0x11, 0xe0], { kind: "old_workbook" }],
  [[0x1f, 0x8b], { kind: "gzip" }],
  ["BZh", { kind: "packed", program: "bzip2" }],
  [[0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], { kind: "packed", program: "xz" }],
  [[0x28, 0xb5, 0x2f, 0xfd], { kind: "packed", program: "zstd" }],
  [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], { kind: "packed", program: "7z" }],
  ["Rar!\x1a\x07", { kind: "packed", program: "unrar" }],
  [[0xff, 0xfe, 0, 0], { kind: "utf_32" }],
  [[0, 0, 0xfe, 0xff], { kind: "utf_32" }],
  ["%PDF", { kind: "pdf" }],
  ["{\\rtf", { kind: "rich_text" }],
  ["SQLite format 3\0", { kind: "sqlite" }],
  [[0x89, 0x50, 0x4e, 0x47], { kind: "image", format: "PNG" }],
  [[0xff, 0xd8, 0xff], { kind: "image", format: "JPEG" }],
  ["GIF8", { kind: "image", format: "GIF" }],
  [[0x49, 0x49, 0x2a, 0], { kind: "image", format: "TIFF" }],
  [[0x4d, 0x4d, 0, 0x2a], { kind: "image", format: "TIFF" }],
];

/** As much of a file decides what it is. */
const LOOKED_AT = 4096;
/** A file of text has fewer bytes than this share that are no characters of any charset. */
const MOST_CONTROLS = 0.1;
/** Shares of the bytes at a place. */
const MANY_ZEROS = 0.8;
const SOME_ZEROS = 0.4;
const FEW_ZEROS = 0.1;
const TAB = 9;
const CR = 13;
const BLANK = 32;

/** What a file is by its first bytes; null: a text, as far as one can tell. @param start its beginning, some KiB of it */
export function kindOfBytes(start: Uint8Array): InputKind | null {
  const found = SIGNATURES.find(([begin]) => beginsWith(start, begin));
  if (found !== undefined) return found[1];
  if (findByteOrderMark(start, "").says !== null) return null;
  const bytes = start.subarray(0, LOOKED_AT);
  const others = bytes.filter((byte) => byte !== 0);
  // Of a text in two or four bytes a character nothing but zeros is left besides.
  if (controlsIn(others) > others.length * MOST_CONTROLS) return { kind: "binary" };
  return wideKind(bytes) ?? (controlsIn(bytes) > bytes.length * MOST_CONTROLS ? { kind: "binary" } : null);
}

function beginsWith(start: Uint8Array, begin: readonly number[] | string): boolean {
  const bytes = typeof begin === "string" ? [...begin].map((one) => one.charCodeAt(0)) : begin;
  return bytes.every((byte, index) => start[index] === byte);
}

/** Most texts have ASCII in them, of which all bytes but one are 0 in two or four bytes a character. */
function wideKind(start: Uint8Array): InputKind | null {
  if (start.length < 4) return null;
  const [first = 0, second = 0, third = 0, fourth = 0] = [0, 1, 2, 3].map((place) => zerosAt(start, place));
  if (first < FEW_ZEROS && third > MANY_ZEROS && fourth > MANY_ZEROS) return { kind: "utf_32" };
  if (fourth < FEW_ZEROS && first > MANY_ZEROS && second > MANY_ZEROS) return { kind: "utf_32" };
  if (second + fourth > 2 * SOME_ZEROS && first + third < FEW_ZEROS) return { kind: "utf_16", charset: "UTF-16LE" };
  return first + third > 2 * SOME_ZEROS && second + fourth < FEW_ZEROS ? { kind: "utf_16", charset: "UTF-16BE" } : null;
}

/** The share of zeros among every fourth byte. @param place of the first of them */
function zerosAt(start: Uint8Array, place: number): number {
  const bytes = start.subarray(0, start.length - start.length % 4).filter((_, index) => index % 4 === place);
  return bytes.filter((byte) => byte === 0).length / bytes.length;
}

/** Bytes that are no character of a text in any charset of one byte a character, nor a blank or a line end. */
function controlsIn(bytes: Uint8Array): number {
  let count = 0;
  for (const byte of bytes) if (byte < BLANK && (byte < TAB || byte > CR)) count++;
  return count;
}
