/**
 * Rows in error as they came, byte for byte, with three more cells: the line in the file, how the row was left, and why. Before the first
 * of them stands the head of the file and its header as they came, with the names of these columns, behind the last one its footer: it is
 * read with the same parameters. What an import makes of them is in `columns/added_columns.ts`.
 */
import { ADDED_COLUMNS, addedStatus, endsWithAdded } from "../../columns/added_columns.ts";
import type { Dialect } from "../../csv/dialect.ts";
import type { RawRecord, RawSource } from "../../csv/raw_records.ts";
import { readCells } from "../../csv/read_cells.ts";
import { EXIT, RunStop } from "../../errors.ts";
import { separatorInAddedColumns, separatorNotInCharset } from "../../messages/rejects.ts";
import { rowReasons } from "../../messages/row_reasons.ts";
import type { RowOutcome, RowResult } from "../../reconcile/row_result.ts";
import { bytesOfMark } from "../../source/byte_order_mark.ts";
import { type Encode, encoderFor } from "../../source/encode.ts";
import { underEscapes } from "../../source/iso_2022_jp.ts";
import type { RunColumns } from "../run_facts.ts";
import { addedText, whyText } from "./added_text.ts";
import { textDecoder } from "../../source/text_decoder.ts";

type Rejected = Extract<RowOutcome, { readonly kind: "rejected" }>;

export class RejectedRows {
  readonly #dialect: Dialect;
  readonly #encode: Encode;
  /** How many columns the header has without added ones, and whether it has those. */
  readonly #columns: number;
  readonly #hasAdded: boolean;
  /** What stands before the first row; null: it was given. */
  #header: readonly Uint8Array[] | null;
  /** The header is to be written: the file has none. Names of its columns. */
  readonly #ownHeader: readonly string[] | null;

  /**
   * To be made before the first row is told.
   * @throws RunStop when no column can be added: the charset lacks the separator, or their names have it and stand in no qualifiers
   */
  constructor(private readonly source: RawSource, columns: Pick<RunColumns, "headers" | "addedCells">) {
    this.#encode = encoderFor(source.encoding);
    this.#dialect = this.#writable(source.dialect);
    this.#columns = columns.headers.length;
    this.#hasAdded = columns.addedCells > 0;
    const [head, header] = [source.head(), source.header()];
    this.#ownHeader = header === null ? columns.headers : null;
    this.#header = [
      bytesOfMark(source.mark),
      ...head === null ? NOTHING : this.#asItCame(head),
      ...header === null ? NOTHING : this.#headerBytes(header),
    ].map((bytes) => bytes.slice());
  }

  /** What stands behind the last row in error, when all rows are told; none: nothing does. */
  footer(): readonly Uint8Array[] {
    const footer = this.source.footer();
    return footer === null ? NOTHING : this.#asItCame(footer);
  }

  /** The bytes of a row in error, in pieces that are good until the next row; none: it is not. */
  of(result: RowResult): readonly Uint8Array[] {
    const { outcome } = result;
    if (outcome.kind !== "rejected") return NOTHING;
    const header = this.#header === null ? NOTHING : [...this.#header, ...this.#headerOfItsOwn(result.line)];
    this.#header = null;
    return [...header, ...this.#rowBytes(result, outcome)];
  }

  /** With the line end of the row that follows it. */
  #headerOfItsOwn(line: number): readonly Uint8Array[] {
    if (this.#ownHeader === null) return NOTHING;
    const { text } = this.source.at(line);
    const end = text.slice(lengthWithoutEnd(text)) || "\n";
    // The first cell has no separator before it.
    const cells = addedText(0, [...this.#ownHeader, ...ADDED_COLUMNS], this.#dialect);
    return [this.#encode(cells.slice(this.#dialect.separator.length) + end).slice()];
  }

  #asItCame({ text, escape, bytes }: RawRecord): readonly Uint8Array[] {
    const own = bytes(text.length);
    return this.source.encoding === "iso-2022-jp" ? underEscapes(escape, own, NO_BYTES) : [own];
  }

  /** Nobody can read a qualifier back that the charset lacks. */
  #writable(dialect: Dialect): Dialect {
    const { separator, qualifier } = dialect;
    const decoder = textDecoder(this.source.encoding, { ignoreBOM: true });
    const has = (text: string) => decoder.decode(this.#encode(text)) === text;
    if (!has(separator)) throw new RunStop(EXIT.usage, [separatorNotInCharset(separator, this.source.encoding)]);
    const writable = { ...dialect, qualifier: has(qualifier) ? qualifier : "" };
    if (writable.qualifier === "" && ADDED_COLUMNS.some((name) => name.includes(separator))) {
      throw new RunStop(EXIT.usage, [separatorInAddedColumns(separator)]);
    }
    return writable;
  }

  #headerBytes(header: RawRecord): readonly Uint8Array[] {
    const length = this.#hasAdded ? this.#withoutAdded(header.text).length : lengthWithoutEnd(header.text);
    return this.#with(header, length, 0, ADDED_COLUMNS);
  }

  #rowBytes({ line, typed }: RowResult, outcome: Rejected): readonly Uint8Array[] {
    const raw = this.source.at(line);
    const { length, cells } = this.#hasAdded
      ? this.#withoutAdded(raw.text)
      : { length: lengthWithoutEnd(raw.text), cells: null };
    const { reason } = outcome;
    const count = reason.kind === "cell_count" ? reason : null;
    // So the added cells stand in their columns. A row that came from such a file has been filled up already.
    const missing = Math.max(0, this.#columns - (cells ?? count?.found ?? this.#columns - (typed.filled ?? 0)));
    const added = [String(line), addedStatus(count), whyText(rowReasons(outcome))];
    return this.#with(raw, length, missing, added);
  }

  /** The first part of a record, then cells, then its line end. @param units of its text that are kept */
  #with(raw: RawRecord, units: number, missing: number, cells: readonly string[]): readonly Uint8Array[] {
    const kept = raw.bytes(units);
    const end = raw.text.slice(lengthWithoutEnd(raw.text));
    const text = addedText(missing, cells, this.#dialect) + end;
    const isApart = standsApart(raw.text.slice(0, units), this.#dialect);
    // A blank behind a cell does not count.
    const added = this.#encode(isApart ? text : " " + text);
    return this.source.encoding === "iso-2022-jp" ? underEscapes(raw.escape, kept, added) : [kept, added];
  }

  /** What of a record is left without the added cells that it has, and how many cells that are. */
  #withoutAdded(text: string): { readonly length: number; readonly cells: number } {
    const { cells, ends } = readCells(text, this.#dialect);
    if (!endsWithAdded(cells, this.#columns)) return { length: lengthWithoutEnd(text), cells: cells.length };
    const count = cells.length - ADDED_COLUMNS.length;
    return { length: ends[count - 1] ?? 0, cells: count };
  }
}

const NOTHING: readonly Uint8Array[] = [];
const NO_BYTES = new Uint8Array(0);

/** Whether a separator behind a text is read as one: its end may be an escape sign, or look like the beginning of the separator. */
function standsApart(text: string, { separator, escape = "" }: Dialect): boolean {
  if (escape !== "" && text.endsWith(escape)) return false;
  const end = text.slice(Math.max(0, text.length - separator.length + 1));
  return (end + separator).indexOf(separator) === end.length;
}

/** A line end at the end of a record is always the record's. */
function lengthWithoutEnd(text: string): number {
  return text.length - (text.endsWith("\r\n") ? 2 : text.endsWith("\n") || text.endsWith("\r") ? 1 : 0);
}
