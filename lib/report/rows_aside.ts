/** Names the first rows in error on standard error, so that mails of cron and journals have them whatever the report is (SPEC 15). */
import { cutText } from "../cut_text.ts";
import type { TextSink } from "../io.ts";
import type { RowInError } from "../messages/rows_in_error.ts";
import type { OutputFormat } from "../parameters/settings/settings.ts";
import type { GoneObject } from "../reconcile/gone_object.ts";
import type { RowResult } from "../reconcile/row_result.ts";
import { keyCellsOf, typedText } from "./key_cells.ts";
import { type Report, SENTENCES_ONLY } from "./report.ts";
import type { RunColumns, RunEnd } from "./run_facts.ts";
import { tryToWrite } from "./tell_stop.ts";
import type { RowCounts } from "./totals.ts";

/** So many rows are named. */
const MOST_ROWS = 10;
/** So many of the bad cells of each. */
const MOST_CELLS = 5;
/** What is kept of each text, in UTF-16 code units: a row may hold millions. */
const LONGEST_TEXT = 200;

/** The formats that have all rows in error, with their reasons. */
const WITH_ROWS: ReadonlySet<OutputFormat> = new Set(["details", "errors", "diff", "json", "rejects"]);
export interface RowsAsideOptions {
  /** What the lines are about, with what ends it; empty: the only run. */
  readonly about: string;
  /** The format of the report. */
  readonly output: OutputFormat;
  /** Where it is printed. */
  readonly stdout: Pick<TextSink, "isTerminal">;
  readonly stderr: TextSink;
}

/** The report beside the one that is printed; nothing: a person sees the rows there. */
export function rowsAside(options: RowsAsideOptions): readonly Report[] {
  return options.stdout.isTerminal && WITH_ROWS.has(options.output) ? [] : [new RowsAside(options)];
}

class RowsAside implements Report {
  readonly needs = SENTENCES_ONLY;
  readonly #rows: RowInError[] = [];
  #count = 0;
  /** Objects that are gone and to which nothing could be done. */
  readonly #gone: GoneObject[] = [];
  #goneCount = 0;
  #keys: readonly { readonly cell: number; readonly column: string }[] = [];

  constructor(private readonly options: RowsAsideOptions) {}

  prepare(): Promise<void> {
    return Promise.resolve();
  }

  heading(): void {}

  columns(columns: RunColumns): void {
    this.#keys = keyCellsOf(columns).map((cell) => ({ cell, column: columns.headers[cell] ?? "" }));
  }

  row({ line, typed, outcome }: RowResult): void {
    if (outcome.kind !== "rejected") return;
    this.#count++;
    if (this.#count > MOST_ROWS) return;
    const keys = this.#keys.map(({ cell, column }) => ({ column, text: typedText(typed.cells[cell]) }));
    const cells = outcome.cells.slice(0, MOST_CELLS);
    const hasMore = cells.length < outcome.cells.length;
    this.#rows.push(shortCopy({ line, keys, outcome: { ...outcome, cells }, hasMore }));
  }

  gone(one: GoneObject): void {
    if (one.outcome.kind !== "rejected") return;
    this.#goneCount++;
    if (this.#gone.length < MOST_ROWS) this.#gone.push(shortCopy(one));
  }

  /** Few runs need the words. */
  async done(_counts: RowCounts, { rejects }: RunEnd): Promise<void> {
    if (this.#goneCount > 0) await this.#tellGone();
    if (this.#count === 0) return;
    const { moreRowsInError, rejectsAreIn, rowInErrorLine } = await import("../messages/rows_in_error.ts");
    const { about, output, stderr } = this.options;
    const lines = this.#rows.map((row) => rowInErrorLine(about, row));
    const more = this.#count - this.#rows.length;
    if (more > 0) lines.push(moreRowsInError(about, more, WITH_ROWS.has(output)));
    const file = rejects?.written ?? null;
    if (file !== null) lines.push(rejectsAreIn(about, file));
    await tryToWrite(lines.map((line) => line + "\n").join(""), stderr);
  }

  async #tellGone(): Promise<void> {
    const { goneAside, moreGone } = await import("../messages/feeds.ts");
    const { about, stderr } = this.options;
    const lines = this.#gone.map((one) => goneAside(about, one));
    const more = this.#goneCount - this.#gone.length;
    if (more > 0) lines.push(moreGone(about, more));
    await tryToWrite(lines.map((line) => line + "\n").join(""), stderr);
  }

  refused(): Promise<void> {
    return Promise.resolve();
  }

  restart(): void {
    this.#rows.length = 0;
    this.#count = 0;
  }

  close(): void {
    this.#rows.length = 0;
  }
}

/** Nothing of it belongs to the input's text, which would be kept with it; facts of problems are plain data. */
function shortCopy<T>(row: T): T {
  const cut = (_: string, value: unknown) => typeof value === "string" ? cutText(value, LONGEST_TEXT) : value;
  return JSON.parse(JSON.stringify(row, cut));
}
