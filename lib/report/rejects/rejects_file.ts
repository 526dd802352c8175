/** The report `rejects=FILE`: the rows in error as they came, in a file of their own. */
import type { RawSource } from "../../csv/raw_records.ts";
import { EXIT, reasonOf, RunStop, type StopMessage } from "../../errors.ts";
import {
  rejectsIsForeign,
  rejectsIsNoFile,
  rejectsIsOther,
  rejectsNotWritable,
  rejectsOfWrittenNotWritable,
} from "../../messages/rejects.ts";
import type { RowResult } from "../../reconcile/row_result.ts";
import { ReplacedFile } from "../../spool/replaced_file.ts";
import { sameFileAmong } from "../../same_file.ts";
import { type Report, type ReportNeeds, SENTENCES_ONLY } from "../report.ts";
import type { RunColumns, RunEnd, RunHeading, WrittenFile } from "../run_facts.ts";
import type { RowCounts } from "../totals.ts";
import { oldRejects } from "./old_rejects.ts";
import { RejectedRows } from "./rejected_rows.ts";

/** Where it is written. */
export interface RejectsPlace {
  /** As messages and reports name it. */
  readonly name: string;
  /** For the system. */
  readonly path: string;
  /** Files that it must not be. */
  readonly others: readonly OtherFile[];
}

export interface OtherFile {
  /** For the system. */
  readonly path: string;
  /** What it is, for people: "the input". */
  readonly what: string;
}

/** A run without rows in error removes an old file; one that is refused leaves it as it is. */
export class RejectsFile implements Report, WrittenFile {
  readonly needs: ReportNeeds = { ...SENTENCES_ONLY, rawRows: true };
  written: string | null = null;
  #file: ReplacedFile | null = null;
  #source: RawSource | null = null;
  #rows: RejectedRows | null = null;
  #isSimulated = false;

  constructor(private readonly place: RejectsPlace) {}

  /** @throws RunStop 64 when something else stands there; 74 when no file can be made */
  async prepare(): Promise<void> {
    const { name, path, others } = this.place;
    if (name === "-") throw wrong(rejectsIsNoFile(name));
    const other = await sameFileAmong(path, others.map((one) => one.path));
    if (other !== null) throw wrong(rejectsIsOther(name, others.find((one) => one.path === other)?.what ?? "in use"));
    this.#orStop(() => {
      const old = oldRejects(path);
      if (old === "no_file") throw wrong(rejectsIsNoFile(name));
      if (old === "foreign") throw wrong(rejectsIsForeign(name));
      this.#file = new ReplacedFile(path);
    });
  }

  heading({ simulate }: RunHeading): void {
    this.#isSimulated = simulate;
  }

  raw(source: RawSource): void {
    this.#source = source;
  }

  columns(columns: RunColumns): void {
    if (this.#source === null) throw new Error("rows are given back as they came only where their bytes are kept");
    this.#rows = new RejectedRows(this.#source, columns);
  }

  /** @throws RunStop 74 when the disk is full: nothing of the run is kept */
  row(result: RowResult): void {
    const bytes = this.#rows?.of(result) ?? null;
    if (bytes !== null) this.#orStop(() => this.#file?.write(bytes));
  }

  /** @throws RunStop 74 */
  done(counts: RowCounts, { exceeded }: RunEnd): Promise<void> {
    const isKept = !this.#isSimulated && exceeded.length === 0;
    const hasWritten = isKept && counts.created + counts.updated > 0;
    this.#orStop(() => {
      if (counts.rejected > 0) this.#publish();
      else this.#removeOld();
    }, hasWritten ? rejectsOfWrittenNotWritable : rejectsNotWritable);
    return Promise.resolve();
  }

  refused(): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  close(): void {
    this.#file?.discard();
    this.#file = null;
  }

  #publish(): void {
    this.#file?.publish();
    this.#file = null;
    this.written = this.place.name;
  }

  #removeOld(): void {
    this.close();
    if (oldRejects(this.place.path) === "ours") Deno.removeSync(this.place.path);
  }

  #orStop(act: () => void, message = rejectsNotWritable): void {
    try {
      act();
    } catch (error) {
      if (error instanceof RunStop) throw error;
      throw new RunStop(EXIT.reportNotWritable, [message(this.place.name, reasonOf(error))], { cause: error });
    }
  }
}

function wrong(message: StopMessage): RunStop {
  return new RunStop(EXIT.usage, [message]);
}
