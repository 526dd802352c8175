/** The report `report=FILE.html`: one page for people, in a file of its own (SPEC 15). */
import { EXIT, RunStop } from "../../errors.ts";
import { systemReason } from "../../messages/system_reason.ts";
import type { TextSink } from "../../io.ts";
import {
  pageIsForeign,
  pageIsNoFile,
  pageIsOther,
  pageNotWritable,
  pageOfWrittenNotWritable,
} from "../../messages/page.ts";
import type { GoneObject } from "../../reconcile/gone_object.ts";
import type { ReportedChange, RowResult } from "../../reconcile/row_result.ts";
import { ReplacedFile } from "../../spool/replaced_file.ts";
import { requirePlace } from "../old_file.ts";
import type { Report, ReportNeeds } from "../report.ts";
import type { ReportPlace } from "../report_place.ts";
import type { RefusedRun, RunColumns, RunEnd, RunHeading } from "../run_facts.ts";
import { Spool } from "../spool.ts";
import { hasWritten, isKept, type RowCounts } from "../totals.ts";
import {
  isPage,
  pageBegin,
  pageEnd,
  type PageFacts,
  refusedPage,
  type Section,
  sectionBegin,
  sectionEnd,
  type SectionName,
} from "./page_document.ts";
import { PageRows } from "./page_rows.ts";

/** So many rows of a kind are shown: more of them no browser shows at ease, and the page says how many more there are. */
const MOST_ROWS = 10_000;
const WORDS = { isNoFile: pageIsNoFile, isForeign: pageIsForeign, isOther: pageIsOther };
const SECTIONS: readonly SectionName[] = ["rejected", "gone", "updated", "created"];

export class PageFile implements Report {
  #file: ReplacedFile | null = null;
  #heading: RunHeading | null = null;
  #columns: RunColumns | null = null;
  #rows: PageRows | null = null;
  readonly #spools: Readonly<Record<SectionName, Spool>>;
  readonly #shown: Record<SectionName, number> = { rejected: 0, gone: 0, updated: 0, created: 0 };
  readonly #changed = new Map<string, number>();

  /** @param spoolFolder where temporary files may be made for the rows */
  constructor(private readonly place: ReportPlace, private readonly facts: PageFacts, spoolFolder: string) {
    const spool = () => new Spool(spoolFolder);
    this.#spools = { rejected: spool(), gone: spool(), updated: spool(), created: spool() };
  }

  /** Nothing of rows that are not shown: to look up names takes as long as to load the rows. */
  get needs(): ReportNeeds {
    const [created, updated] = [this.#shown.created < MOST_ROWS, this.#shown.updated < MOST_ROWS];
    return { cells: false, newValues: created, names: { created, updated } };
  }

  /** @throws RunStop 64 when something else stands there; 74 when no file can be made */
  async prepare(): Promise<void> {
    try {
      await requirePlace(this.place, WORDS, isPage);
      this.#file = new ReplacedFile(this.place.path);
    } catch (error) {
      throw this.#stop(error, pageNotWritable);
    }
  }

  heading(heading: RunHeading): void {
    this.#heading = heading;
  }

  columns(columns: RunColumns): void {
    this.#columns = columns;
    this.#rows = new PageRows(columns);
  }

  row(result: RowResult): void {
    const { outcome } = result;
    if (outcome.kind === "unchanged" || outcome.kind === "skipped") return;
    if (outcome.kind === "updated") this.#countChanges(outcome.changes);
    if (this.#shown[outcome.kind] === MOST_ROWS) return;
    this.#shown[outcome.kind]++;
    this.#spools[outcome.kind].write(this.#htmlOf(result));
  }

  gone(one: GoneObject): void {
    if (this.#rows === null) throw new Error("a page is told the columns before what is gone");
    if (one.outcome.kind === "updated") this.#countChanges(one.outcome.changes);
    if (this.#shown.gone === MOST_ROWS) return;
    this.#shown.gone++;
    this.#spools.gone.write(this.#rows.gone(one));
  }

  /** @throws RunStop 74 */
  async done(counts: RowCounts, end: RunEnd): Promise<void> {
    const [heading, columns, file] = [this.#heading, this.#columns, this.#file];
    if (heading === null || columns === null || file === null) throw new Error("a page needs a run before its end");
    const stays = isKept(heading, end);
    const message = hasWritten(counts, stays) ? pageOfWrittenNotWritable : pageNotWritable;
    const sections = SECTIONS.filter((name) => this.#shown[name] > 0).map((name) => this.#section(name));
    const begin = pageBegin({ heading, columns, counts, end }, this.facts, sections, this.#changed);
    try {
      const sink = sinkTo(file);
      await sink.write(begin);
      for (const section of sections) {
        await sink.write(sectionBegin(section, counts, stays));
        await this.#spools[section.name].copyTo(sink);
        await sink.write(sectionEnd());
      }
      await sink.write(pageEnd());
      this.#publish(file);
    } catch (error) {
      throw this.#stop(error, message);
    }
  }

  /** Whoever looks at the page must not take that of an earlier run for that of this one. */
  async refused(run: RefusedRun): Promise<void> {
    if (this.#file === null && !await this.#isPrepared()) return;
    const file = this.#file;
    if (file === null) return;
    try {
      file.write(new TextEncoder().encode(refusedPage(run, this.#heading, this.facts)));
      this.#publish(file);
    } catch (error) {
      throw this.#stop(error, pageNotWritable);
    }
  }

  restart(): void {
    for (const name of SECTIONS) {
      this.#spools[name].close();
      this.#shown[name] = 0;
    }
    this.#changed.clear();
  }

  close(): void {
    for (const spool of Object.values(this.#spools)) spool.close();
    this.#file?.discard();
    this.#file = null;
  }

  /** What speaks against the place is no news: the run is refused already. */
  async #isPrepared(): Promise<boolean> {
    try {
      await this.prepare();
      return true;
    } catch (error) {
      if (error instanceof RunStop) return false;
      throw error;
    }
  }

  #publish(file: ReplacedFile): void {
    file.publish();
    this.#file = null;
  }

  #countChanges(changes: readonly ReportedChange[]): void {
    for (const { attribute } of changes) this.#changed.set(attribute, (this.#changed.get(attribute) ?? 0) + 1);
  }

  #htmlOf(result: RowResult): string {
    if (this.#rows === null) throw new Error("a page is told the columns before the rows");
    const { outcome } = result;
    switch (outcome.kind) {
      case "rejected":
        return this.#rows.rejected(result, outcome);
      case "created":
        return this.#rows.created(result, outcome);
      case "updated":
        return this.#rows.updated(result, outcome);
      case "unchanged":
      case "skipped":
        return "";
    }
  }

  #section(name: SectionName): Section {
    return { name, shown: this.#shown[name] };
  }

  #stop(error: unknown, message: typeof pageNotWritable): RunStop {
    if (error instanceof RunStop) return error;
    return new RunStop(EXIT.reportNotWritable, [message(this.place.name, systemReason(error))], { cause: error });
  }
}

function sinkTo(file: ReplacedFile): TextSink {
  const encoder = new TextEncoder();
  return {
    isTerminal: false,
    write: (text) => Promise.resolve(file.write(encoder.encode(text))),
    writeBytes: (bytes) => Promise.resolve(file.write(bytes)),
  };
}
