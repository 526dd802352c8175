/**
 * Deleting objects that are gone. What goes or is emptied along with one (`on_delete`) counts as written; what refers to it, the rules of
 * accounts or the database may speak against it: then it stays, and is told.
 */
import { attributeOf, classOf } from "../model/look_up.ts";
import { consequenceProblems, type IsReached } from "../reconcile/consequence_check.ts";
import { reportedObject } from "../reconcile/reported_object.ts";
import type { GoneOutcome } from "../reconcile/gone_object.ts";
import type { ConsequenceProblem, WriteProblem } from "../reconcile/problems.ts";
import type { CheckedObject, RunContext } from "../reconcile/run_context.ts";
import type { Feed } from "../store/feeds.ts";
import type { Consequence, FoundObject, Referrer } from "../store/objects.ts";
import { accountDeletionCheck, type DeletionCheck } from "../users/account_checks.ts";
import type { User } from "../users/user.ts";

/** So many are looked at, and go, together. */
const TOGETHER = 64;
/** From so many on, indexes of the keys that refer to them are worth their making. */
const MANY = 16;

/** What the deletions depend on. */
export interface DeletionFacts {
  readonly context: RunContext;
  readonly user: User;
  readonly feed: Pick<Feed, "hadByOthers">;
  /** Whether a row of the file has reached an object. */
  readonly isReached: IsReached;
}

export class GoneDeletions {
  readonly #accounts: DeletionCheck | null;

  constructor(private readonly facts: DeletionFacts) {
    const { context: { model, plan, store }, user } = facts;
    this.#accounts = accountDeletionCheck(user, model, plan.class, store);
  }

  /**
   * @param isLast those that others refer to stay; they wait for others to go, otherwise
   * @returns what became of each, in their order; null: it waits
   */
  async delete(objects: readonly FoundObject[], isLast: boolean): Promise<readonly (GoneOutcome | null)[]> {
    const { store, plan, breath } = this.facts.context;
    if (objects.length >= MANY) await store.expectDeletions([plan.class.code]);
    const outcomes: (GoneOutcome | null)[] = [];
    for (let start = 0; start < objects.length; start += TOGETHER) {
      outcomes.push(...await this.#deleteSome(objects.slice(start, start + TOGETHER), isLast));
      if (breath.isDue) await breath.take();
    }
    return outcomes;
  }

  /** Nearly always nothing speaks against any of them. */
  async #deleteSome(objects: readonly FoundObject[], isLast: boolean): Promise<readonly (GoneOutcome | null)[]> {
    const { store, plan } = this.facts.context;
    const ids = objects.map(({ id }) => id);
    const isPlain = this.#accounts === null && (await store.consequencesOf(plan.class.code, ids)).length === 0 &&
      this.#forbidding(await store.referrersTo(plan.class.code, ids)).length === 0;
    if (isPlain && await this.#remove(ids) === null) return objects.map(() => DELETED);
    const outcomes: (GoneOutcome | null)[] = [];
    for (const object of objects) outcomes.push(await this.#deleteOne(object, isLast));
    return outcomes;
  }

  async #deleteOne(object: FoundObject, isLast: boolean): Promise<GoneOutcome | null> {
    const { store, plan } = this.facts.context;
    const [referrer] = this.#forbidding(await store.referrersTo(plan.class.code, [object.id]));
    if (referrer !== undefined) return isLast ? this.#refused(object, [await this.#referredTo(referrer)]) : null;
    const problems = await this.#problems(object);
    const refusal = problems.length === 0 ? await this.#remove([object.id]) : null;
    const all = refusal === null ? problems : [refusal];
    return all.length === 0 ? DELETED : this.#refused(object, all);
  }

  async #remove(ids: readonly FoundObject["id"][]) {
    const { store, plan } = this.facts.context;
    return await store.together(() => {
      store.delete(plan.class.code, ids);
      return Promise.resolve();
    });
  }

  async #problems({ class: code, id }: FoundObject): Promise<readonly WriteProblem[]> {
    const { context, feed, isReached } = this.facts;
    const consequences = await context.store.consequencesOf(context.plan.class.code, [id]);
    const found = await consequenceProblems(context, deletionOf(code, id), consequences, isReached);
    return [
      ...[...found, ...await ofOtherFeeds(feed, context, consequences)].map((one) => ({
        ...one,
        by: "deletion" as const,
      })),
      ...await this.#accounts?.([{ class: code, id, emptied: null }, ...consequences]) ?? [],
    ];
  }

  /** Those whose key forbids that its target goes. */
  #forbidding(referrers: readonly Referrer[]): readonly Referrer[] {
    const { model } = this.facts.context;
    return referrers.filter(({ class: code, attribute }) => {
      const key = attributeOf(classOf(model, code), attribute);
      return key.kind === "external_key" && key.onDelete === "restrict";
    });
  }

  async #referredTo({ class: code, id, attribute }: Referrer): Promise<WriteProblem> {
    const { store, hiddenTargets } = this.facts.context;
    const isHidden = (await hiddenTargets.among(code, [id])).has(id);
    return { kind: "referred_to", class: code, id: isHidden ? null : store.shownId(code, id), attribute };
  }

  #refused({ class: code, id }: FoundObject, problems: readonly WriteProblem[]): GoneOutcome {
    const object = reportedObject(this.facts.context.store, code, id);
    return { kind: "rejected", reason: { kind: "refused", problems }, object, cells: [] };
  }
}

const DELETED: GoneOutcome = { kind: "deleted" };
const NO_CHANGES: CheckedObject["write"]["changes"] = new Map();

function deletionOf(code: FoundObject["class"], id: FoundObject["id"]): CheckedObject {
  return {
    class: code,
    write: { id, changes: NO_CHANGES, links: [] },
    initialValue: () => null,
    knownValue: () => undefined,
  };
}

/** What goes along with an object, though another feed still has it: one for each class. */
async function ofOtherFeeds(
  feed: DeletionFacts["feed"],
  { store, hiddenTargets }: RunContext,
  consequences: readonly Consequence[],
): Promise<readonly ConsequenceProblem[]> {
  const problems: ConsequenceProblem[] = [];
  const going = consequences.filter(({ emptied }) => emptied === null);
  for (const [code, group] of Map.groupBy(going, (one) => one.class)) {
    const had = await feed.hadByOthers(code, group.map(({ id }) => id));
    const first = group.find(({ id }) => had.has(id));
    if (first === undefined) continue;
    const isHidden = (await hiddenTargets.among(code, [first.id])).has(first.id);
    const id = isHidden ? null : store.shownId(code, first.id);
    problems.push({ kind: "consequence", reason: "other_feed", class: code, id, emptied: null });
  }
  return problems;
}
