/** Which objects of a feed are gone: how long files have lacked them, and what was done about them so far. */
import type { Gone } from "../parameters/settings/feed_settings.ts";
import type { GoneMark, MissedObject } from "../store/feeds.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectNumbers } from "../store/objects.ts";
import type { FeedFacts } from "./feed_run.ts";
import type { GoneTeller } from "./gone_teller.ts";

/** An object about which something is to be done. */
export interface Due {
  readonly id: ObjectId;
  readonly since: string;
  readonly mark: GoneMark | null;
}

const STRENGTH: Readonly<Record<Gone, number>> = { keep: 0, report: 1, update: 2, delete: 3 };
const DAY = 24 * 60 * 60 * 1000;

export class DueObjects {
  constructor(private readonly facts: FeedFacts, private readonly teller: GoneTeller) {}

  /** How many objects the feed has about which something may be done, as far as the user sees them. */
  async countHad(): Promise<number> {
    const { feed, settings: { gone }, context } = this.facts;
    const withUpdated = gone === "delete";
    if (!context.someObjectsAreHidden) return await feed.count(withUpdated);
    let count = 0;
    for await (const page of feed.objects(withUpdated)) count += (await this.teller.among(page)).size;
    return count;
  }

  /**
   * Notes what the file lacks.
   * @param present what is in it
   * @returns of how many objects nothing was told or done so far, and something is to be
   */
  async noteMissed(present: readonly ObjectNumbers[]): Promise<number> {
    const { feed, settings: { gone }, context } = this.facts;
    const today = dayOf(context.now);
    let count = 0;
    for await (const page of feed.missed(present)) {
      const found = await this.teller.among(page.map(({ id }) => id));
      // A limited user's feed leaves alone what they may not see.
      if (!context.someObjectsAreHidden) {
        await feed.forget(page.filter(({ id }) => !found.has(id)).map(({ id }) => id));
      }
      const there = page.filter(({ id }) => found.has(id));
      await feed.noteMissed(there.filter(({ since }) => since === null).map(({ id }) => id), today);
      const due = await this.among(there);
      count += due.filter(({ mark }) => gone !== "report" || mark === null).length;
      if (context.breath.isDue) await context.breath.take();
    }
    return count;
  }

  /** Those about which something is to be done: no other feed has them. */
  async among(missed: readonly MissedObject[]): Promise<readonly Due[]> {
    const { feed, context } = this.facts;
    const today = dayOf(context.now);
    const due = missed.map(({ id, since, mark }) => ({ id, since: since ?? today, mark }))
      .filter((one) => this.#isDue(one, today));
    if (due.length === 0) return due;
    const others = await feed.hadByOthers(context.plan.class.code, due.map(({ id }) => id));
    return due.filter(({ id }) => !others.has(id));
  }

  /** What was done once is done; only a report tells the same again. */
  #isDue({ since, mark }: Due, today: string): boolean {
    const { gone, goneAfter } = this.facts.settings;
    const done = mark === null ? 0 : STRENGTH[mark];
    const isOpen = gone === "report" ? done <= STRENGTH.report : done < STRENGTH[gone];
    return isOpen && (Date.parse(today) - Date.parse(since)) / DAY >= goneAfter;
  }
}

/** In UTC: `2024-02-29`. */
function dayOf(date: Date): string {
  return date.toISOString().slice(0, "2024-02-29".length);
}
