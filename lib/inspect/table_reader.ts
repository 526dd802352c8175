/** Reads a file as an import does, and looks at its rows instead of loading them. */
import { type FileForm, FramedReader } from "../csv/framed_reader.ts";
import { NO_LINE } from "../csv/given_header.ts";
import type { CsvRecord } from "../csv/record.ts";
import { RunWarnings } from "../run_warnings.ts";
import type { Charset } from "../source/charset.ts";
import { type DecodedChunk, StrictDecoder } from "../source/strict_decoder.ts";
import type { Findings } from "./finding.ts";
import { likelyCharsets } from "./likely_charsets.ts";
import type { TableTally } from "./table_tally.ts";

/** A cell that is open for so many lines, or a record for so many characters, when the look ends was never meant to be. */
const LONG_CELL = 1000;
const LONG_RECORD = 1024 * 1024;

const NONE = { count: 0, firstLine: 0 };

export class TableReader {
  /** Null: there was no header so far. */
  tally: TableTally | null = null;
  readonly #decoder: StrictDecoder;
  readonly #reader: FramedReader;
  readonly #warnings = new RunWarnings();
  #passedOver: number;
  #isOver = false;
  #lastCharacter = "\n";
  /** Characters since the last record ended. */
  #sinceRecord = 0;

  /** @param passedOver records before the header @param open makes of the header what looks at the rows */
  constructor(
    readonly charset: Charset,
    form: FileForm,
    passedOver: number,
    readonly findings: Findings,
    readonly open: (header: CsvRecord) => TableTally | null,
  ) {
    this.#decoder = new StrictDecoder(charset.encoding);
    this.#reader = new FramedReader(form, this.#warnings);
    this.#passedOver = passedOver;
  }

  /** Nothing that follows can be read. */
  get isOver(): boolean {
    return this.#isOver;
  }

  push(bytes: Uint8Array): void {
    for (const chunk of this.#decoder.push(bytes)) this.#take(chunk);
  }

  /** @param isWhole the file has ended, and not only the look at it */
  end(isWhole: boolean): void {
    if (isWhole && !this.#isOver) { for (const chunk of this.#decoder.end()) this.#take(chunk); }
    if (!this.#isOver) this.#endText(isWhole);
    this.tally?.settle(isWhole && !this.#isOver);
    this.#tellPassedOver();
  }

  /** The text ends with a line end. */
  get hasLineEnd(): boolean {
    return this.#lastCharacter === "\n" || this.#lastCharacter === "\r";
  }

  #take(chunk: DecodedChunk): void {
    if (this.#isOver) return;
    if (chunk.kind === "undecodable") {
      this.#isOver = true;
      const { sample: _, ...found } = chunk;
      const { charset } = this;
      const { line } = this.#reader;
      this.findings.fault({ kind: "undecodable", found, charset, line, likely: likelyCharsets(chunk) });
      return;
    }
    this.#lastCharacter = chunk.text.at(-1) ?? this.#lastCharacter;
    const records = this.#reader.push(chunk.text, chunk.isPlain);
    this.#sinceRecord = records.length > 0 ? 0 : this.#sinceRecord + chunk.text.length;
    this.#note(records);
    this.#tellFrame(false);
    if (this.#reader.tooLong === null) return;
    this.#isOver = true;
    this.findings.fault({ kind: "too_long", found: this.#reader.tooLong });
  }

  #endText(isWhole: boolean): void {
    const { line } = this.#reader;
    const last = this.#reader.end();
    const open = this.#reader.openQualifier;
    if (isWhole) this.#note(last);
    if (isWhole) this.#tellFrame(true);
    if (isWhole && open !== null) this.findings.fault({ kind: "open_qualifier", line: open.line });
    if (isWhole) return;
    const isLong = this.#sinceRecord > LONG_RECORD;
    if (isLong && (open === null || this.tally?.hasRows !== true)) {
      this.findings.fault({ kind: "no_end_of_line", characters: this.#sinceRecord, qualifierLine: open?.line ?? null });
      this.#isOver = true;
    } else if (open !== null && (isLong || line - open.line > LONG_CELL)) {
      this.findings.warn({ kind: "long_cell", line: open.line });
    }
  }

  /** @param isAtEnd all was looked at */
  #tellFrame(isAtEnd: boolean): void {
    const { problem } = this.#reader;
    // Which separator a line may say was found out before.
    if (problem === null || problem.kind === "other_separator") return;
    this.findings.fault({ kind: "wrong_frame", problem });
    this.#isOver = !isAtEnd || this.tally === null;
  }

  #note(records: readonly CsvRecord[]): void {
    // A header that was given stands before all records of the file.
    const given = records[0]?.line === NO_LINE ? 1 : 0;
    const own = [...records.slice(0, given), ...records.slice(given + this.#passedOver)];
    this.#passedOver -= records.length - own.length;
    if (own.length === 0) return;
    for (const record of own) {
      if (this.tally === null) this.#begin(record);
      else this.tally.note(record);
      if (this.#isOver) return;
    }
  }

  #begin(header: CsvRecord): void {
    const { problem, line } = header;
    if (problem !== null && problem.kind !== "nul") {
      this.findings.fault({ kind: "bad_header", problem, line });
      this.#isOver = true;
      return;
    }
    this.tally = this.open(header);
    this.#isOver = this.tally === null;
  }

  #tellPassedOver(): void {
    const { separatorRows, controlRows } = this.#reader.tallies ?? { separatorRows: NONE, controlRows: NONE };
    if (separatorRows.count > 0) {
      this.findings.warn({ kind: "separator_rows", count: separatorRows.count, line: separatorRows.firstLine });
    }
    if (controlRows.count > 0) {
      this.findings.warn({ kind: "control_rows", count: controlRows.count, line: controlRows.firstLine });
    }
    for (const { warning, rows } of this.#warnings.noted) {
      if (warning.kind !== "repeated_header" || rows === null) continue;
      this.findings.warn({ kind: "repeated_header", rows: { count: rows.count, lines: [rows.firstLine] } });
    }
  }
}
