/** The feed to which the file of a run belongs. Few files belong to one: what knows of feeds is loaded for them only. */
import type { FeedEnd, FeedRun } from "../feeds/feed_run.ts";
import type { HeardRows } from "../reconcile/heard_rows.ts";
import type { ReachedObjects } from "../reconcile/reached_objects.ts";
import type { RunContext } from "../reconcile/run_context.ts";
import { inError, type RowTotals } from "../report/totals.ts";
import type { Feed, LoadedFile } from "../store/feeds.ts";
import type { StoreRun } from "../store/store.ts";
import { exceededByGone, type LimitSettings } from "./limits.ts";
import type { RunSettings } from "./import_order.ts";
import type { OpenImport } from "./load_rows.ts";

/** What a run has to do with its feed. */
export interface FeedOfRun {
  /** When the same file was loaded before: it is not loaded again. Null: it is. */
  readonly notLoadedSince: Date | null;
  /** Hears of the rows in error. */
  readonly heard: HeardRows;
  /**
   * To be called when all rows are worked.
   * @param reached once for each time that the file was gone through
   * @param totals of the rows; gets the objects that are gone, if somebody asked for them
   * @throws RunStop 77 when no administrator is left
   */
  finish(reached: readonly ReachedObjects[], totals: RowTotals): Promise<FeedEnd>;
}

/**
 * To be called before the first row; null: the file belongs to no feed.
 * @throws RunStop 64 or 77 when `gone_set` cannot be written
 */
export async function feedOfRun(run: OpenImport, written: StoreRun, context: RunContext): Promise<FeedOfRun | null> {
  const { settings, explained } = run.order;
  if (settings.feed === null || explained !== undefined) return null;
  const feed = await written.feed({ source: settings.feed.source, class: settings.class });
  const { FeedRun } = await import("../feeds/feed_run.ts");
  const { HeardRows } = await import("../reconcile/heard_rows.ts");
  const heard = new HeardRows(context.store);
  const opened = await FeedRun.open({ settings: settings.feed, feed, context, user: run.user, heard });
  return new OpenFeed(run, feed, opened, heard);
}

class OpenFeed implements FeedOfRun {
  constructor(
    private readonly run: OpenImport,
    private readonly feed: Feed,
    private readonly opened: FeedRun,
    readonly heard: HeardRows,
  ) {}

  get notLoadedSince(): Date | null {
    const { last } = this.feed;
    const { fingerprint } = this.run;
    const isSame = fingerprint !== null && last !== null && last.sha256 === fingerprint &&
      last.settings === settingsText(this.run);
    return isSame ? last.date : null;
  }

  async finish(reached: readonly ReachedObjects[], totals: RowTotals): Promise<FeedEnd> {
    const { order: { settings }, report, meter } = this.run;
    const limits: LimitSettings = settings;
    const end = await this.opened.finish(
      reached,
      (newlyGone, had) => exceededByGone(limits, { newlyGone, had }) !== null,
      (one) => report.gone?.(one),
    );
    if (limits.feed?.gone !== "keep") totals.gone = end;
    const isWhole = inError(totals) === 0;
    const file: Omit<LoadedFile, "date"> = { sha256: meter.sha256(), settings: settingsText(this.run) };
    await this.feed.noteFile(isWhole ? file : null);
    return end;
  }
}

/**
 * Whether a setting has to do with what becomes of a file. All of them are named: the settings of a command hold more
 * than their type says, its password among them, and none of that may be kept.
 */
const COUNTS: Readonly<Record<keyof RunSettings, boolean>> = {
  class: true,
  charset: true,
  emptyCells: true,
  dialect: true,
  separatorIsGiven: true,
  frame: true,
  shortRows: true,
  ignoredColumns: true,
  reconciliationKeys: true,
  secondPass: true,
  dateFormat: true,
  numberSigns: true,
  nullWords: true,
  twins: true,
  onMissing: true,
  onFound: true,
  links: true,
  createdTargets: true,
  feed: true,
  codesNotLabels: true,
  // A map may hold passwords: what it says is known by its fingerprint.
  map: false,
  output: false,
  rejects: false,
  report: false,
  safeCsv: false,
  noColor: false,
  simulate: false,
  maxErrors: false,
  maxChanges: false,
  comment: false,
  database: false,
  busyTimeout: false,
  // Of an overlay its text counts, below.
  foreign: false,
};

/** Nothing for a database of ours. */
function overlayOf({ foreign }: RunSettings): readonly (string | null)[] {
  return foreign === null ? [] : [foreign.overlay?.text ?? null];
}

/** What counts of the settings, and who loads: in the same order for all runs of a version of the program. */
function settingsText({ order: { settings }, user }: OpenImport): string {
  const known = { ...settings, feed: { ...settings.feed, goneLimit: undefined, once: undefined } };
  const counting = Object.entries(COUNTS).filter(([, counts]) => counts)
    .map(([name]) => [name, known[name as keyof RunSettings]]);
  return JSON.stringify(
    [user.login, settings.map?.sha256 ?? null, counting, ...overlayOf(settings)],
    (_, value) => value instanceof Map ? [...value] : value,
  );
}
