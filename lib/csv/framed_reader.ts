/**
 * The records of a file that are data, the header first: what stands around them is taken off (SPEC 16). A push machine like the reader of
 * records, which it feeds; what it holds back is bounded.
 */
import type { RunWarnings } from "../run_warnings.ts";
import type { Dialect } from "./dialect.ts";
import type { FileFrame } from "./file_frame.ts";
import { FileHead, LONGEST_HEAD } from "./file_head.ts";
import { Footer, LONGEST_FOOTER } from "./footer.ts";
import { GivenHeader } from "./given_header.ts";
import type { CsvRecord, OpenQualifier, RecordReader, RecordTallies, TooLong } from "./record.ts";
import { RECORD_LIMITS } from "./record_limits.ts";
import { createRecordReader } from "./record_reader.ts";
import { RepeatedHeader } from "./repeated_header.ts";
import type { TextPlaces } from "./text_places.ts";

/** How a file is written. */
export interface FileForm {
  readonly dialect: Dialect;
  /** A line that says another separator contradicts this one; else it is believed. */
  readonly separatorIsGiven: boolean;
  readonly frame: FileFrame;
}

/** Who keeps the bytes of records. */
export interface RecordKeeper extends TextPlaces {
  /** The head of the file is over. @param offset where the text behind it begins, in UTF-16 code units */
  begins(dialect: Dialect, offset: number): void;
  /** These of the records that were found are data. @param heldFrom the line from which on it is not known yet; null: it is of all */
  keep(records: readonly CsvRecord[], heldFrom: number | null): void;
  /** The text has ended, perhaps without a line end. */
  textEnds(): void;
}

/** The file is not what was said of it: nothing of it may be loaded. Lines from 1. */
export type FrameProblem =
  | { readonly kind: "other_separator"; readonly line: number; readonly said: string; readonly given: string }
  | { readonly kind: "head_too_long"; readonly limit: number }
  | { readonly kind: "fewer_lines"; readonly found: number; readonly skipLines: number }
  | { readonly kind: "fewer_rows"; readonly found: number; readonly footerLines: number }
  | { readonly kind: "footer_too_long"; readonly footerLines: number; readonly limit: number };

export class FramedReader {
  /** What is wrong with the file as a whole; null: nothing so far. */
  problem: FrameProblem | null = null;
  #dialect: Dialect;
  readonly #head: FileHead;
  #reader: RecordReader | null = null;
  readonly #header: GivenHeader;
  readonly #footer: Footer;
  readonly #repeated = new RepeatedHeader();

  /** @param warnings is told of rows that are passed over @param keeper null: nobody keeps bytes */
  constructor(
    private readonly form: FileForm,
    private readonly warnings: RunWarnings,
    private readonly keeper: RecordKeeper | null = null,
  ) {
    const { dialect, frame } = form;
    this.#dialect = dialect;
    this.#head = new FileHead(frame.skipLines, dialect);
    this.#header = new GivenHeader(frame.header);
    this.#footer = new Footer(frame.footerLines);
  }

  /** The lines before its header were passed over. */
  get isBegun(): boolean {
    return this.#reader !== null;
  }

  /** With what the file is read, when that is so. */
  get dialect(): Dialect {
    return this.#dialect;
  }

  /** See `RecordReader`, as are the next ones. */
  get line(): number {
    return this.#reader?.line ?? this.#head.line;
  }

  get tallies(): RecordTallies | null {
    return this.#reader?.tallies ?? null;
  }

  get openQualifier(): OpenQualifier | null {
    return this.#reader?.openQualifier ?? null;
  }

  get tooLong(): TooLong | null {
    return this.#reader?.tooLong ?? null;
  }

  /** @returns the records that are known to be data, the header before all */
  push(text: string, isPlain = false): readonly CsvRecord[] {
    if (this.problem !== null) return NOTHING;
    if (this.#reader !== null) return this.#take(this.#reader.push(text, isPlain));
    const behind = this.#head.push(text);
    if (this.#head.isTooLong) this.problem = { kind: "head_too_long", limit: LONGEST_HEAD };
    const reader = this.#head.isPassed && this.problem === null ? this.#begin() : null;
    return reader === null ? NOTHING : this.#take(reader.push(behind, isPlain));
  }

  /** @returns as `push` */
  end(): readonly CsvRecord[] {
    if (this.problem !== null) return NOTHING;
    const behind = this.#reader === null ? this.#head.end() : "";
    const reader = this.#reader ?? this.#begin();
    if (reader === null) return NOTHING;
    const last = [...reader.push(behind), ...reader.end()];
    this.keeper?.textEnds();
    if (reader.tooLong !== null || reader.openQualifier !== null) return this.#take(last);
    const records = this.#take([...last, ...last.length === 0 ? this.#header.alone() : []]);
    const { rows, lines } = this.#footer;
    if (rows < lines) this.problem = { kind: "fewer_rows", found: rows, footerLines: lines };
    return records;
  }

  /** @returns null: the head is not what was said of it */
  #begin(): RecordReader | null {
    const { said, start, skipped } = this.#head;
    const { skipLines } = this.form.frame;
    const { separator: given } = this.#dialect;
    if (skipped < skipLines) this.problem = { kind: "fewer_lines", found: skipped, skipLines };
    else if (said !== null && said !== given && this.form.separatorIsGiven) {
      this.problem = { kind: "other_separator", line: start.line - 1, said, given };
    }
    if (this.problem !== null) return null;
    if (said !== null) this.#dialect = { ...this.#dialect, separator: said };
    this.keeper?.begins(this.#dialect, start.offset);
    this.#reader = createRecordReader(this.#dialect, RECORD_LIMITS, this.keeper ?? undefined, start);
    return this.#reader;
  }

  #take(found: readonly CsvRecord[]): readonly CsvRecord[] {
    const data = this.#footer.without(this.#header.before(found, this.warnings));
    if (this.#footer.isTooLong) {
      this.problem = { kind: "footer_too_long", footerLines: this.#footer.lines, limit: LONGEST_FOOTER };
    }
    const records = this.#repeated.without(data, this.warnings);
    this.keeper?.keep(records, this.#footer.firstLine);
    return records;
  }
}

const NOTHING: readonly CsvRecord[] = [];
