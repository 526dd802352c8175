/** What an input may be that was refused: looked at only then, by its first bytes and its first line. */
import { knownColumns, type Naming } from "../columns/known_columns.ts";
import { columnName } from "../columns/heading.ts";
import { RunStop, type StopMessage } from "../errors.ts";
import { type InputKind, inputKindHint } from "../messages/input_kinds.ts";
import { foldCase } from "../model/look_up.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { findByteOrderMark } from "../source/byte_order_mark.ts";

/** What is known of a refused input. */
export interface RefusedInput {
  /** Its first bytes. */
  readonly start: Uint8Array;
  readonly model: Model;
  readonly modelClass: ModelClass;
  readonly naming: Naming;
  /** The encoding and the separator with which it was read. */
  readonly encoding: string;
  readonly separator: string;
}

/** Separators that people use, as the parameter names them. */
const SEPARATORS: readonly (readonly [string, string])[] = [[",", ","], [";", ";"], ["\t", "tab"], ["|", "|"]];

/** The same refusal, with a hint at what the input is, where that can be seen. */
export function withInputHint(stop: RunStop, input: RefusedInput): RunStop {
  const kind = kindOf(input.start) ?? kindOfHeader(input);
  if (kind === null) return stop;
  const hint = inputKindHint(kind);
  const last = stop.messages.length - 1;
  const messages = stop.messages.map((message, index): StopMessage => index === last ? { ...message, hint } : message);
  return new RunStop(stop.exitCode, messages, { cause: stop });
}

/** What the first bytes of a file that is no text, or no text as it was read, say. */
function kindOf(start: Uint8Array): InputKind | null {
  const begins = (...bytes: readonly number[]) => bytes.every((byte, index) => start[index] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04)) return { kind: "zip" };
  if (begins(0xd0, 0xcf, 0x11, 0xe0)) return { kind: "old_workbook" };
  if (begins(0x1f, 0x8b)) return { kind: "gzip" };
  if (begins(0xff, 0xfe, 0, 0) || begins(0, 0, 0xfe, 0xff)) return { kind: "utf_32" };
  if (begins(0x25, 0x50, 0x44, 0x46)) return { kind: "pdf" };
  if (findByteOrderMark(start, "").says !== null || start.length < 4) return null;
  return wideKind(start);
}

/** ASCII in two or four bytes a character: all others are 0. */
function wideKind(start: Uint8Array): InputKind | null {
  const zeros = [0, 1, 2, 3].map((place) => {
    const bytes = start.subarray(0, start.length - start.length % 4).filter((_, index) => index % 4 === place);
    return bytes.filter((byte) => byte === 0).length > bytes.length * 0.8;
  });
  const pattern = zeros.map(Number).join("");
  if (pattern === "0111" || pattern === "1110") return { kind: "utf_32" };
  if (pattern === "0101") return { kind: "utf_16", charset: "UTF-16LE" };
  return pattern === "1010" ? { kind: "utf_16", charset: "UTF-16BE" } : null;
}

/** What the first line of a text says whose columns are not known. */
function kindOfHeader(input: RefusedInput): InputKind | null {
  const mark = findByteOrderMark(input.start, input.encoding);
  const text = new TextDecoder(mark.encoding).decode(input.start.subarray(mark.length));
  const [line = ""] = text.trimStart().split(/[\r\n]/, 1);
  if (/^<(?:!doctype|html|\?xml|head|body)/i.test(line)) return { kind: "html" };
  if (line.startsWith("#TYPE ")) return { kind: "type_line" };
  const [, said] = /^"?sep=(.)"?[,;\t|]*$/iu.exec(line) ?? [];
  if (said !== undefined) return { kind: "sep_line", separator: said, isOther: said !== input.separator };
  const other = likelySeparator(line, input);
  return other === null ? null : { kind: "other_separator", separator: other };
}

/** The separator that makes several known columns of the line, if the one with which it was read does not. */
function likelySeparator(line: string, { model, modelClass, naming, separator }: RefusedInput): string | null {
  const known = knownColumns(model, modelClass, naming);
  const areKnown = (names: readonly string[]) =>
    names.every((name) => known.has(foldCase(columnName(name.trim().replace(/^"(.*)"$/, "$1")))));
  for (const [character, name] of SEPARATORS) {
    const names = line.split(character);
    if (character !== separator && names.length > 1 && areKnown(names)) return name;
  }
  return null;
}
