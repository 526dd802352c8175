/** Lines on their way to the file: as many as fit into a piece are encoded and written together. */
import type { Dialect } from "../csv/dialect.ts";
import { EXIT, RunStop } from "../errors.ts";
import { notInCharset, notInDialect } from "../messages/export.ts";
import type { TextToBytes } from "../source/strict_encoder.ts";
import type { ShownId } from "../store/object_id.ts";
import type { Row } from "./row_values.ts";

/** In UTF-16 code units. */
const PIECE = 256 * 1024;

/** What the lines need to know. */
export interface LineOrder {
  readonly charset: string;
  readonly encode: TextToBytes;
  readonly dialect: Dialect;
  /** Names of the columns. */
  readonly names: readonly string[];
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly shownId: (row: Row) => ShownId;
}

export class EncodedLines {
  #text = "";
  /** Where each line begins, and its row. */
  #lines: { readonly start: number; readonly row: Row | null }[] = [];
  /** Bytes that were written. */
  bytes = 0;

  constructor(private readonly order: LineOrder) {}

  /** @param row null: it is the header */
  async add(line: string, row: Row | null): Promise<void> {
    this.#lines.push({ start: this.#text.length, row });
    this.#text += line;
    if (this.#text.length > PIECE) await this.flush();
  }

  /** @throws RunStop 65 when the charset lacks a character; what `write` throws */
  async flush(): Promise<void> {
    if (this.#text === "") return;
    const encoded = this.order.encode(this.#text);
    if (!encoded.ok) throw this.#lacking(encoded.index);
    this.#text = "";
    this.#lines = [];
    this.bytes += encoded.bytes.length;
    await this.order.write(encoded.bytes);
  }

  /** A text that no cell holds, as near as can be: a reader must still find the other cells. @throws RunStop 65 when it cannot */
  unwritable(text: string, column: string, row: Row): string {
    const { qualifier } = this.order.dialect;
    if (qualifier !== "") return qualifier + text.replaceAll(qualifier, () => qualifier + qualifier) + qualifier;
    throw new RunStop(EXIT.badInput, [notInDialect({ column, object: this.#objectOf(row) })]);
  }

  #lacking(index: number): RunStop {
    const line = this.#lines.findLast(({ start }) => start <= index);
    const character = String.fromCodePoint(this.#text.codePointAt(index) ?? 0);
    const object = line === undefined || line.row === null ? null : this.#objectOf(line.row);
    const before = this.#text.slice(line?.start ?? 0, index);
    const column = this.order.names[this.#columnAt(before)] ?? "";
    return new RunStop(EXIT.badInput, [notInCharset(this.order.charset, character, { column, object })]);
  }

  /** How many separators stand in a part of a line, but for those between qualifiers. */
  #columnAt(part: string): number {
    const { separator, qualifier } = this.order.dialect;
    let count = 0;
    let isQualified = false;
    for (let at = 0; at < part.length; at++) {
      if (qualifier !== "" && part.startsWith(qualifier, at)) isQualified = !isQualified;
      else if (!isQualified && part.startsWith(separator, at)) count++;
    }
    return count;
  }

  #objectOf(row: Row): string {
    return `${row.object.class} ${this.order.shownId(row)}`;
  }
}
