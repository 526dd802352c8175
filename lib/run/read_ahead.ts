/** The first rows of an input, which are read and parsed while the password of the run is still being checked. Nobody is told of them before. */
import { RunWarnings } from "../run_warnings.ts";
import type { Source } from "../source/open_source.ts";
import { SourceMeter } from "../source/source_meter.ts";
import { ROWS_TOGETHER } from "../reconcile/row_dependence.ts";
import { inGroups } from "./group_records.ts";
import { LaterWarnings } from "./later_warnings.ts";
import { type InputFormat, type InputListener, type ReadRecords, readRecords } from "./read_records.ts";

export class ReadAhead {
  readonly meter = new SourceMeter();
  readonly warnings = new RunWarnings();
  /** Of all that is read: to be told with the rows. */
  readonly later = new LaterWarnings(this.warnings);
  /** How many rows a group has, of those that are still to begin. */
  rowsTogether = (): number => ROWS_TOGETHER;
  readonly #source: Source;
  readonly #groups: AsyncGenerator<ReadRecords, void>;
  readonly #first: Promise<IteratorResult<ReadRecords, void>>;
  /** What the input said of itself before somebody listened. */
  #heard: ((listener: InputListener) => void)[] = [];
  #listener: InputListener | null = null;
  #isUsed = false;

  /** Begins to read. @param source closed by the caller, when this is closed @param rowsTogether see `inGroups` */
  constructor(source: Source, format: InputFormat, rowsTogether?: number) {
    this.#source = source;
    const hear: InputListener = {
      mark: (mark) => this.#tell((listener) => listener.mark(mark)),
      separator: (separator) => this.#tell((listener) => listener.separator(separator)),
    };
    const records = readRecords(this.meter.measure(source.pieces), format, this.later, null, hear);
    this.#groups = inGroups(records, rowsTogether ?? (() => this.rowsTogether()));
    this.#first = this.#groups.next();
    // Who reads on hears of a failure.
    this.#first.catch(() => {});
  }

  /** Somebody has asked for the groups. */
  get isUsed(): boolean {
    return this.#isUsed;
  }

  /** All groups of records, once, as `inGroups` gives them. @param listener is told first what the input says of itself */
  async *groups(listener: InputListener): AsyncGenerator<ReadRecords, void> {
    this.#isUsed = true;
    try {
      // What the input says of itself is told of one that cannot be read, too.
      await this.#first.catch(() => {});
      for (const tell of this.#heard) tell(listener);
      this.#listener = listener;
      let next = await this.#first;
      for (; next.done !== true; next = await this.#groups.next()) yield next.value;
    } finally {
      await this.#groups.return();
    }
  }

  /** Ends the reading that has begun. What may never come is not waited for: a pipe goes with the process. */
  async close(): Promise<void> {
    if (this.#source.size !== null) await this.#first.catch(() => {});
  }

  #tell(event: (listener: InputListener) => void): void {
    if (this.#listener === null) this.#heard.push(event);
    else event(this.#listener);
  }
}
