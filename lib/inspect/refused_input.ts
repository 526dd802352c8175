/** What an input may be that was refused: looked at only then, by its first bytes and its first line, with the eyes of `check`. */
import { knownColumns, type Naming } from "../columns/known_columns.ts";
import { FileHead } from "../csv/file_head.ts";
import type { FileForm } from "../csv/framed_reader.ts";
import { RunStop, type StopMessage } from "../errors.ts";
import { type InputKind, inputKindHint } from "../messages/input_kinds.ts";
import { separatorName } from "../messages/separator_name.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { findByteOrderMark } from "../source/byte_order_mark.ts";
import { kindOfBytes } from "./byte_kind.ts";
import { likelySeparator } from "./likely_separator.ts";
import { firstLineOf, kindOfLine } from "./line_kind.ts";
import { textDecoder } from "../source/text_decoder.ts";

/** What is known of a refused input. */
export interface RefusedInput {
  /** Its first bytes. */
  readonly start: Uint8Array;
  readonly model: Model;
  readonly modelClass: ModelClass;
  readonly naming: Naming;
  /** The encoding with which it was read, and how it was said to be written. */
  readonly encoding: string;
  readonly form: FileForm;
}

/** The same refusal, with a hint at what the input is, where that can be seen. */
export function withInputHint(stop: RunStop, input: RefusedInput): RunStop {
  const kind = kindOfBytes(input.start) ?? kindOfHeader(input);
  if (kind === null) return stop;
  const last = stop.messages.length - 1;
  // That something is no text says less than what was found where it could not be read.
  if (kind.kind === "binary" && stop.messages[last]?.hint !== undefined) return stop;
  const hint = inputKindHint(kind);
  const messages = stop.messages.map((message, index): StopMessage => index === last ? { ...message, hint } : message);
  return new RunStop(stop.exitCode, messages, { cause: stop });
}

/** The text from its first line that is no comment on. */
function withoutComments(text: string, comment: string | undefined): string {
  if (comment === undefined) return text;
  const lines = text.split(/\r\n|\r|\n/);
  return lines.slice(lines.findIndex((line) => line.trim() !== "" && !line.startsWith(comment))).join("\n");
}

/** What the first line of a text says whose columns are not known. */
function kindOfHeader({ start, encoding, form, model, modelClass, naming }: RefusedInput): InputKind | null {
  // Nothing says what a file is that has no header.
  if (form.frame.header !== null) return null;
  const mark = findByteOrderMark(start, encoding);
  const head = new FileHead(form.frame.skipLines, form.dialect);
  const text = head.push(textDecoder(mark.encoding).decode(start.subarray(mark.length))) + head.end();
  const separator = form.separatorIsGiven ? form.dialect.separator : head.said ?? form.dialect.separator;
  const line = firstLineOf(withoutComments(text, form.dialect.comment));
  const kind = kindOfLine(line, separator);
  if (kind !== null) return kind;
  const other = likelySeparator(line, knownColumns(model, modelClass, naming), separator);
  return other === null ? null : { ...other, kind: "other_separator", separator: separatorName(other.separator) };
}
