/** The report `rejects=FILE`: the rows in error as they came, in a file of their own. */
import type { RawSource } from "../../csv/raw_records.ts";
import { EXIT, RunStop } from "../../errors.ts";
import { systemReason } from "../../messages/system_reason.ts";
import {
  rejectsIsForeign,
  rejectsIsNoFile,
  rejectsIsOther,
  rejectsNotWritable,
  rejectsOfWrittenNotWritable,
} from "../../messages/rejects.ts";
import type { RowResult } from "../../reconcile/row_result.ts";
import { realPlace, ReplacedFile } from "../../spool/replaced_file.ts";
import { oldFile, requirePlace } from "../old_file.ts";
import { type Report, type ReportNeeds, SENTENCES_ONLY } from "../report.ts";
import type { RunColumns, RunEnd, RunHeading, WrittenFile } from "../run_facts.ts";
import type { ReportPlace } from "../report_place.ts";
import { hasWritten, isKept, type RowCounts } from "../totals.ts";
import { isRejectsFile } from "./old_rejects.ts";
import { RejectedRows } from "./rejected_rows.ts";

const WORDS = { isNoFile: rejectsIsNoFile, isForeign: rejectsIsForeign, isOther: rejectsIsOther };

/** A run without rows in error removes an old file; one that is refused leaves it as it is. */
export class RejectsFile implements Report, WrittenFile {
  readonly needs: ReportNeeds = { ...SENTENCES_ONLY, rawRows: true };
  written: string | null = null;
  #file: ReplacedFile | null = null;
  #source: RawSource | null = null;
  #rows: RejectedRows | null = null;
  #isSimulated = false;

  constructor(private readonly place: ReportPlace) {}

  /** @throws RunStop 64 when something else stands there; 74 when no file can be made */
  async prepare(): Promise<void> {
    try {
      await requirePlace(this.place, WORDS, isRejectsFile);
      this.#file = new ReplacedFile(this.place.path);
    } catch (error) {
      throw this.#stop(error, rejectsNotWritable);
    }
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
    const pieces = this.#rows?.of(result) ?? [];
    if (pieces.length === 0) return;
    this.#orStop(() => {
      for (const bytes of pieces) this.#file?.write(bytes);
    });
  }

  /** @throws RunStop 74 */
  done(counts: RowCounts, end: RunEnd): Promise<void> {
    const stays = isKept({ simulate: this.#isSimulated }, end);
    this.#orStop(() => {
      if (counts.rejected > 0) {
        for (const bytes of this.#rows?.footer() ?? []) this.#file?.write(bytes);
        this.#publish();
      } else if (stays) this.#removeOld();
    }, hasWritten(counts, stays) ? rejectsOfWrittenNotWritable : rejectsNotWritable);
    return Promise.resolve();
  }

  refused(): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  /** @throws RunStop 74 */
  restart(): void {
    if (this.#file === null) return;
    this.close();
    this.#orStop(() => this.#file = new ReplacedFile(this.place.path));
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
    if (oldFile(this.place.path, isRejectsFile) === "ours") Deno.removeSync(realPlace(this.place.path));
  }

  #orStop(act: () => unknown, message = rejectsNotWritable): void {
    try {
      act();
    } catch (error) {
      throw this.#stop(error, message);
    }
  }

  #stop(error: unknown, message: typeof rejectsNotWritable): RunStop {
    if (error instanceof RunStop) return error;
    return new RunStop(EXIT.reportNotWritable, [message(this.place.name, systemReason(error))], { cause: error });
  }
}
