/**
 * The very bytes of records, kept for a report that gives rows back as they came. Only what rows that are worked now may need is kept:
 * the pieces of the text in which they stand, with their bytes. Records are known by the lines on which they begin.
 */
import type { ByteOrderMark } from "../source/byte_order_mark.ts";
import { RawPiece } from "../source/raw_piece.ts";
import { lastEscape } from "../source/iso_2022_jp.ts";
import type { DecodedChunk, PieceListener } from "../source/strict_decoder.ts";
import { withWholeLineEnds } from "../source/whole_line_ends.ts";
import type { Dialect } from "./dialect.ts";
import { LONGEST_HEAD } from "./file_head.ts";
import type { RecordKeeper } from "./framed_reader.ts";
import { NO_LINE } from "./given_header.ts";
import type { CsvRecord } from "./record.ts";

/** One record as it stands in the file. */
export interface RawRecord {
  /** With its line end, if it has one, and the blanks before its first cell. */
  readonly text: string;
  /** The escape sequence that it stands under; empty: none. ISO-2022-JP only. */
  readonly escape: Uint8Array;
  /** The bytes of the first `units` UTF-16 code units of the text; not to be changed, nor kept longer than the record. */
  bytes(units: number): Uint8Array;
}

/** What a report may ask for. */
export interface RawSource {
  /** With which the input begins; null: none. */
  readonly mark: ByteOrderMark | null;
  /** In which the input is read, as `TextDecoder` names it. */
  readonly encoding: string;
  readonly dialect: Dialect;
  /** What stands before the header and is no blank line, until rows are told; null: nothing does. */
  head(): RawRecord | null;
  /** The header, until the rows behind it are told; null: the file has none. */
  header(): RawRecord | null;
  /** A row that is being told. @param line on which it begins, from 1 */
  at(line: number): RawRecord;
  /** What stands behind the last row that is data, when all are told; null: nothing does. */
  footer(): RawRecord | null;
}

interface Place {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

interface PlacedPiece {
  readonly start: number;
  readonly raw: RawPiece;
}

/** Collects: `piece` and the places come from the decoder and the reader, `keep` and `release` from who reads and works the records. */
export class RawRecords implements RawSource, PieceListener, RecordKeeper {
  mark: ByteOrderMark | null = null;
  encoding = "";
  #pieces: PlacedPiece[] = [];
  /** How long the text is so far. */
  #length = 0;
  #escape: Uint8Array = new Uint8Array(0);
  /** Records that the reader has found since the last `keep`. */
  #found: Place[] = [];
  #kept: Place[] = [];
  /** Index of the first kept one that was not asked for yet: rows are told in order. */
  #next = 0;
  /** Where the record begins that is being read, and its line if it is whole but for its line end. */
  #start = 0;
  #endedLine: number | null = null;
  #last: { readonly line: number; readonly record: RawRecord } | null = null;

  /** The skipped lines, and where the first record begins; until rows are told. */
  #skipped: RawRecord | null = null;
  #firstStart: number | null = null;
  #areRowsTold = false;
  /** Null: nobody knows so far. */
  #hasHeader: boolean | null = null;

  constructor(public dialect: Dialect) {}

  piece(bytes: Uint8Array, text: string, mark: ByteOrderMark | null, encoding: string): void {
    this.mark = mark;
    this.encoding = encoding;
    const own = bytes.slice();
    this.#pieces.push({ start: this.#length, raw: new RawPiece(own, text, encoding, this.#escape) });
    this.#length += text.length;
    if (encoding === "iso-2022-jp") this.#escape = lastEscape(own) ?? this.#escape;
  }

  /** The pieces as they must be read: a line end may not be parted, or a row would be told without its last byte. */
  withWholeLineEnds(chunks: AsyncIterable<DecodedChunk>): AsyncIterable<DecodedChunk> {
    return withWholeLineEnds(chunks);
  }

  begins(dialect: Dialect, offset: number): void {
    this.dialect = dialect;
    if (offset > 0) this.#skipped = copyOf(this.#record({ line: 1, start: 0, end: offset }));
    this.#start = offset;
  }

  recordEnds(line: number): void {
    this.#endedLine = line;
  }

  lineEnds(at: number): void {
    if (this.#endedLine !== null) {
      this.#firstStart ??= this.#start;
      this.#found.push({ line: this.#endedLine, start: this.#start, end: at });
    }
    this.#endedLine = null;
    this.#start = at;
  }

  /** The text has ended, perhaps without a line end. */
  textEnds(): void {
    this.lineEnds(this.#length);
  }

  /** Keeps these of the records that were found, and those of which nobody knows. @param records in the order of the file */
  keep(records: readonly CsvRecord[], heldFrom: number | null = null): void {
    const isWithoutHeader = records[0]?.line === NO_LINE;
    if (records.length > 0) this.#hasHeader ??= !isWithoutHeader;
    let next = isWithoutHeader ? 1 : 0;
    for (const place of this.#found) {
      if (place.line !== records[next]?.line) continue;
      this.#kept.push(place);
      next++;
    }
    this.#found = heldFrom === null ? [] : this.#found.filter(({ line }) => line >= heldFrom);
    this.#dropPieces();
  }

  /** The records up to this line are told. */
  release(line: number): void {
    const first = this.#kept.findIndex((place) => place.line > line);
    this.#kept = first < 0 ? [] : this.#kept.slice(first);
    this.#next = 0;
    this.#last = null;
    this.#areRowsTold = true;
    this.#skipped = null;
    this.#dropPieces();
  }

  head(): RawRecord | null {
    const end = this.#firstStart ?? 0;
    // Of comments beyond all measure the bytes are gone.
    if (end === 0 || this.#pieces[0]?.start !== 0) return this.#skipped;
    const head = this.#record({ line: 1, start: 0, end });
    return this.#skipped === null && head.text.trim() === "" ? null : head;
  }

  header(): RawRecord | null {
    if (this.#hasHeader !== true) return null;
    const [first] = this.#kept;
    if (first === undefined) throw new Error("the header is there until the rows behind it are told");
    return this.#record(first);
  }

  footer(): RawRecord | null {
    const [first] = this.#found;
    return first === undefined ? null : this.#record({ ...first, end: this.#length });
  }

  at(line: number): RawRecord {
    if (this.#last?.line === line) return this.#last.record;
    const found = this.#find(line, this.#next);
    const place = this.#kept[found];
    if (place === undefined) throw new Error(`the record of line ${line} is not kept`);
    this.#next = found + 1;
    const record = this.#record(place);
    this.#last = { line, record };
    return record;
  }

  #find(line: number, from: number): number {
    let at = from;
    while (at < this.#kept.length && this.#kept[at]?.line !== line) at++;
    return at;
  }

  #dropPieces(): void {
    if (!this.#areRowsTold && this.#length <= LONGEST_HEAD) return;
    const needed = this.#kept[0]?.start ?? this.#found[0]?.start ?? this.#start;
    let first = 0;
    while (first < this.#pieces.length && endOf(this.#pieces[first]) <= needed) first++;
    if (first > 0) this.#pieces.splice(0, first);
  }

  #record({ start, end }: Place): RawRecord {
    const first = this.#pieces.findLast((piece) => piece.start <= start);
    if (first === undefined) throw new Error("the pieces of a kept record are kept");
    const { raw } = first;
    const from = start - first.start;
    const escape = raw.escapeAt(raw.byteIndex(from));
    // Nearly every record stands in one piece.
    if (end <= endOf(first)) {
      return {
        text: raw.text.slice(from, end - first.start),
        escape,
        bytes: (units) => raw.bytesOf(from, from + units),
      };
    }
    return {
      text: this.#parts(start, end).map((part) => part.raw.text.slice(part.from, part.to)).join(""),
      escape,
      bytes: (units) => joinedBytes(this.#parts(start, start + units)),
    };
  }

  /** What of each piece stands between two places. */
  #parts(start: number, end: number): Part[] {
    return this.#pieces.filter((piece) => piece.start < end && endOf(piece) > start).map((piece) => ({
      raw: piece.raw,
      from: Math.max(0, start - piece.start),
      to: Math.min(piece.raw.text.length, end - piece.start),
    }));
  }
}

/** Places in the piece's text. */
interface Part {
  readonly raw: RawPiece;
  readonly from: number;
  readonly to: number;
}

function copyOf({ text, escape, bytes }: RawRecord): RawRecord {
  const all = bytes(text.length).slice();
  return { text, escape, bytes: () => all };
}

function endOf(piece: PlacedPiece | undefined): number {
  return piece === undefined ? 0 : piece.start + piece.raw.text.length;
}

function joinedBytes(parts: readonly Part[]): Uint8Array {
  const pieces = parts.map(({ raw, from, to }) => raw.bytesOf(from, to));
  const joined = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
