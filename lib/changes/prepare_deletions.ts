/** Objects that the run created: they are deleted, unless somebody refers to them. */
import type { ObjectId } from "../store/object_id.ts";
import type { Referrer } from "../store/objects.ts";
import { objectsAsMade } from "./objects_as_made.ts";
import { changeOf, deletedByRun, type PreparedStep, shown, touchedByRun, type UndoContext } from "./undo_context.ts";
import type { ImpossibleReason } from "./undo_outcome.ts";
import type { DeletionStep } from "./undo_step.ts";

/**
 * @param steps of objects of one class
 * @param waiting gets those to which others refer that the run has created, too: they may go when these are gone. Null: none waits any more
 */
export async function prepareDeletions(
  context: UndoContext,
  steps: readonly DeletionStep[],
  waiting: DeletionStep[] | null,
): Promise<readonly PreparedStep[]> {
  let left = await objectsAsMade(context, await thoseThere(context, steps));
  // Whoever has to stay keeps those to whom it refers.
  for (;;) {
    const referrers = await referrersOf(context, left);
    if (referrers.size === 0) break;
    const own = waiting === null ? NONE : await createdByRun(context, [...referrers.values()]);
    for (const step of left) {
      const referrer = referrers.get(step.id);
      if (referrer === undefined) continue;
      if (waiting !== null && own.has(referrer)) {
        waiting.push(step);
        continue;
      }
      const reason = await referredTo(context, referrer);
      context.telling.impossible({ object: shown(context, step), change: changeOf(step), reason });
    }
    left = left.filter(({ id }) => !referrers.has(id));
  }
  return left.map((step) => ({
    step,
    write: null,
    reversed: { object: shown(context, step), reversal: { kind: "deleted" } },
  }));
}

const NONE: ReadonlySet<Referrer> = new Set();

/** A second reading of the file fills keys of objects with what stands below them: so the log has it behind them. */
async function createdByRun(context: UndoContext, referrers: readonly Referrer[]): Promise<ReadonlySet<Referrer>> {
  const own = new Set<Referrer>();
  for (const [code, some] of Map.groupBy(referrers, (referrer) => referrer.class)) {
    const created = await touchedByRun(context, code, some.map(({ id }) => id), "create");
    for (const referrer of some) if (created.has(referrer.id)) own.add(referrer);
  }
  return own;
}

/** Those that are there and to be seen. */
async function thoseThere(context: UndoContext, steps: readonly DeletionStep[]): Promise<readonly DeletionStep[]> {
  const [first] = steps;
  if (first === undefined) return [];
  const ids = steps.map(({ id }) => id);
  const visible = await context.stored.visible(first.class, ids);
  const others = ids.filter((id) => !visible.has(id));
  if (others.length === 0) return steps;
  const existing = await context.stored.read(first.class, others, []);
  const gone = await deletedByRun(context, first.class, others);
  for (const step of steps) {
    if (visible.has(step.id) || gone.has(step.id)) continue;
    // Of what is gone nobody can say any more whether this user could see it.
    if (existing.has(step.id) || context.someAreHidden) context.telling.hidden();
    else {
      const reason = { kind: "deleted_elsewhere" } as const;
      context.telling.kept({ object: shown(context, step), change: changeOf(step), reason });
    }
  }
  return steps.filter(({ id }) => visible.has(id));
}

async function referrersOf(
  { objects }: UndoContext,
  steps: readonly DeletionStep[],
): Promise<ReadonlyMap<ObjectId, Referrer>> {
  const [first] = steps;
  if (first === undefined) return new Map();
  const referrers = await objects.referrersTo(first.class, steps.map(({ id }) => id));
  return new Map(referrers.map((referrer) => [referrer.target, referrer]));
}

async function referredTo(context: UndoContext, { class: code, id, attribute }: Referrer): Promise<ImpossibleReason> {
  const visible = await context.stored.visible(code, [id]);
  if (!visible.has(id)) return { kind: "referred_to", by: null, attribute: null };
  return { kind: "referred_to", by: shown(context, { class: code, id }), attribute };
}
