/**
 * The story of a feed's file, top to bottom: before its first row the values of `gone_set` are read; when all rows are worked, the feed
 * remembers what was met, and what of its objects the file lacks is gone: counted first, then told, updated or deleted (SPEC 17).
 */
import type { FeedSettings } from "../parameters/settings/feed_settings.ts";
import type { GoneCounts, GoneObject, GoneOutcome } from "../reconcile/gone_object.ts";
import type { HeardRows } from "../reconcile/heard_rows.ts";
import type { ReachedObjects } from "../reconcile/reached_objects.ts";
import type { RunContext } from "../reconcile/run_context.ts";
import type { Feed } from "../store/feeds.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectNumbers } from "../store/objects.ts";
import type { User } from "../users/user.ts";
import { type Due, DueObjects } from "./due_objects.ts";
import type { GoneDeletions } from "./gone_deletions.ts";
import type { GoneValues } from "./gone_values.ts";
import { GoneTeller, type PresentObject } from "./gone_teller.ts";

/** So many objects are told together. */
const TOGETHER = 512;

/** What the feed's file depends on. */
export interface FeedFacts {
  readonly settings: FeedSettings;
  readonly feed: Feed;
  /** That of the file's rows. */
  readonly context: RunContext;
  readonly user: User;
  /** Hears of the rows in error. */
  readonly heard: HeardRows;
}

/** What came of it. */
export interface FeedEnd extends GoneCounts {
  /** How many the feed had before. */
  readonly had: number;
  /** How many of them became gone in this run: what a limit looks at. */
  readonly newlyGone: number;
}

const NONE: GoneCounts = { gone: 0, refused: 0, updated: 0, deleted: 0 };
const NOTHING: FeedEnd = { ...NONE, had: 0, newlyGone: 0 };

export class FeedRun {
  private constructor(
    private readonly facts: FeedFacts,
    private readonly teller: GoneTeller,
    private readonly due: DueObjects,
    private readonly had: number,
    private readonly values: GoneValues | null,
    private readonly checkAdministrators: () => Promise<void>,
  ) {}

  /** To be called before the first row. @throws RunStop 64 or 77 when `gone_set` cannot be written */
  static async open(facts: FeedFacts): Promise<FeedRun> {
    const { settings, context, user } = facts;
    const teller = new GoneTeller(context);
    const due = new DueObjects(facts, teller);
    const had = settings.gone === "keep" ? 0 : await due.countHad();
    const values = settings.gone === "update"
      ? await (await import("./gone_values.ts")).GoneValues.of(context, user, settings.goneSet)
      : null;
    const mayDelete = settings.gone === "delete" || values?.hasLinkSets === true;
    const check = mayDelete
      ? await (await import("../users/administrators.ts")).administratorGuard(context.model, context.store)
      : () => Promise.resolve();
    return new FeedRun(facts, teller, due, had, values, check);
  }

  /**
   * To be called when all rows are worked and written.
   * @param reached by rows, once for each time that the file was gone through
   * @param isTooMany whether so many of those that it had may not be gone
   * @param tell is told of each object that is gone
   * @throws RunStop 77 when no administrator is left
   */
  async finish(
    reached: readonly ReachedObjects[],
    isTooMany: (newlyGone: number, had: number) => boolean,
    tell: (one: GoneObject) => void,
  ): Promise<FeedEnd> {
    const { feed, settings: { gone }, context, heard } = this.facts;
    const met = [...reached.map(({ own }) => own), heard.met];
    for (const one of met) await feed.noteMet(one);
    await feed.noteSeen(heard.seen);
    if (heard.untied !== null) {
      const { count, first } = heard.untied;
      if (gone !== "keep") context.warnings.note({ kind: "nothing_gone", count, line: first.line });
      return { ...NOTHING, had: this.had };
    }
    const newlyGone = await this.due.noteMissed([...met, heard.seen]);
    const isHeldBack = isTooMany(newlyGone, this.had);
    const way = isHeldBack ? keepAll : this.#way(reached);
    const counts = gone === "keep" ? NONE : await this.#workAll(met, way, isHeldBack, tell);
    await this.checkAdministrators();
    return { ...counts, had: this.had, newlyGone };
  }

  #way(reached: readonly ReachedObjects[]): Way {
    const { settings: { gone }, context, user, feed } = this.facts;
    const { values } = this;
    if (gone === "update" && values !== null) return (objects) => values.write(objects.map(({ id }) => id));
    if (gone !== "delete") return keepAll;
    const isReached = (code: string, id: ObjectId) => reached.some((one) => one.rowOf(code, id) !== null);
    let deletions: GoneDeletions | null = null;
    return async (objects, isLast) => {
      deletions ??= new (await import("./gone_deletions.ts")).GoneDeletions({ context, user, feed, isReached });
      return await deletions.delete(objects, isLast);
    };
  }

  /** @param isHeldBack nothing becomes of them: the run is taken back */
  async #workAll(
    met: readonly ObjectNumbers[],
    way: Way,
    isHeldBack: boolean,
    tell: (one: GoneObject) => void,
  ): Promise<GoneCounts> {
    const { feed, heard } = this.facts;
    const counts = { ...NONE };
    const work = (due: readonly Due[], isLast: boolean) =>
      this.#work(due, { way: (objects) => way(objects, isLast), isHeldBack, counts, tell });
    let waiting: Due[] = [];
    for await (const page of feed.missed([...met, heard.seen])) {
      waiting.push(...await work(await this.due.among(page), false));
    }
    // What waited for others may follow them now: the last first, as most objects were there before those that refer to them.
    while (waiting.length > 0) {
      const left = await work(waiting.reverse(), false);
      if (left.length === waiting.length) {
        await work(left, true);
        break;
      }
      waiting = [...left];
    }
    return counts;
  }

  /** @returns those that wait for others */
  async #work(due: readonly Due[], { way, isHeldBack, counts, tell }: Work): Promise<readonly Due[]> {
    const waiting: Due[] = [];
    for (let start = 0; start < due.length; start += TOGETHER) {
      const some = new Map(due.slice(start, start + TOGETHER).map((one) => [one.id, one]));
      const objects = [...(await this.teller.present([...some.keys()])).values()];
      const outcomes = await way(objects);
      const done: ObjectId[] = [];
      for (const [index, object] of objects.entries()) {
        const [one, outcome] = [some.get(object.id), outcomes[index] ?? null];
        if (one === undefined) continue;
        if (outcome === null) {
          waiting.push(one);
          continue;
        }
        counts.gone++;
        if (outcome.kind === "rejected") counts.refused++;
        else done.push(object.id);
        if (outcome.kind === "updated") counts.updated++;
        if (outcome.kind === "deleted") counts.deleted++;
        tell(this.teller.told(object, one.since, outcome));
      }
      if (!isHeldBack) await this.#note(done);
      await this.#breathe();
    }
    return waiting;
  }

  async #note(done: readonly ObjectId[]): Promise<void> {
    const { feed, settings: { gone } } = this.facts;
    if (gone === "delete") await feed.forget(done);
    else if (gone !== "keep") await feed.noteMark(done, gone);
  }

  async #breathe(): Promise<void> {
    const { breath } = this.facts.context;
    if (breath.isDue) await breath.take();
  }
}

/** What is to be done about objects that are gone. */
interface Work {
  readonly way: (objects: readonly PresentObject[]) => Promise<readonly (GoneOutcome | null)[]>;
  readonly isHeldBack: boolean;
  readonly counts: { -readonly [Name in keyof GoneCounts]: number };
  readonly tell: (one: GoneObject) => void;
}

/**
 * Does something about objects that are gone.
 * @param isLast nothing is to wait for others any more
 * @returns what became of each; null: it waits for others to go
 */
type Way = (objects: readonly PresentObject[], isLast: boolean) => Promise<readonly (GoneOutcome | null)[]>;

const KEPT: GoneOutcome = { kind: "kept" };
const keepAll: Way = (objects) => Promise.resolve(objects.map(() => KEPT));
