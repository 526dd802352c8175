/** Writes that stand and fall together and wait beside others, and how they are done along with these. */
import type { ClassCode } from "../../model/model.ts";
import type { ObjectUpdate } from "../../store/objects.ts";
import type { WritesTogether } from "../../store/writes_together.ts";
import { answered, type Steps } from "../shared/steps.ts";
import { type ChangeEntries, PendingEntries } from "./change_entries.ts";
import type { GroupWrites } from "./group_writes.ts";
import {
  alikeIn,
  areNewObjects,
  groupsOf,
  type Held,
  isObjectWrite,
  type ObjectWrite,
  runsOf,
  type Write,
} from "./held_groups.ts";
import { SharedDeletion } from "./shared_deletion.ts";

export function areTogether(held: Held): held is WritesTogether {
  return "others" in held;
}

/** In the order in which they are done alone. */
export function writesOf({ object, deleted, others, logged }: WritesTogether): readonly Write[] {
  const own = "changes" in object && object.changes.length === 0 ? [] : [object];
  return [...deleted, ...own, ...others, ...logged.map((one) => ({ logged: one }))];
}

/** What is held, in the order in which it is done when nobody can tell: deletions first, then objects, then what refers to them. */
export interface HeldTogether {
  readonly together: readonly WritesTogether[];
  readonly groups: readonly (readonly ObjectWrite[])[];
}

/** Null: somebody can tell, or some of it is to be done alone. */
export function doneTogether(held: readonly Held[], writes: GroupWrites): HeldTogether | null {
  const together: WritesTogether[] = [];
  const objects: ObjectWrite[] = [];
  const others: ObjectWrite[] = [];
  for (const one of held) {
    if (areTogether(one)) {
      together.push(one);
      if (!isNothing(one.object)) objects.push(one.object);
      for (const other of one.others) others.push(other);
    } else if (isObjectWrite(one)) objects.push(one);
    else return null;
  }
  const isOrderSeen = writes.isOrderSeen([...objects, ...others, ...together.flatMap(({ deleted }) => deleted)]);
  if (isOrderSeen && together.length > 0) return null;
  const updates = others.filter((one) => "changes" in one);
  const created = others.filter((one) => "values" in one);
  const own = isOrderSeen ? runsOf(objects) : groupsOf(objects);
  return { together, groups: [...own, ...runsOf(updates), ...alikeIn(created)] };
}

function isNothing(write: ObjectWrite): boolean {
  return "changes" in write && write.changes.length === 0;
}

/** Entries of deletions, until it is known that these stay. */
export class DeletionEntries {
  readonly #entries = new Map<WritesTogether, readonly PendingEntries[]>();
  /** How many objects went, or had a key emptied. */
  count = 0;

  /** Deletes what goes with some writes: that of all of them at once, where nothing is taken along. */
  *delete(writes: GroupWrites, together: readonly WritesTogether[]): Steps<void> {
    const shared = new Map<ClassCode, SharedDeletion>();
    for (const one of together) {
      if (one.deleted.length === 0) continue;
      const all: PendingEntries[] = [];
      for (const { class: code, deleted } of one.deleted) {
        const entries = new PendingEntries();
        all.push(entries);
        if (writes.takesAlong(code)) this.count += yield* answered(writes.delete(code, deleted, entries));
        else sharedOf(shared, code).want(deleted, entries);
      }
      this.#entries.set(one, all);
    }
    for (const [code, deletion] of shared) {
      this.count += yield* answered(writes.delete(code, deletion.ids, deletion));
    }
  }

  /** Tells the log of those that belong to a write. */
  keep(one: WritesTogether, log: ChangeEntries): void {
    for (const entries of this.#entries.get(one) ?? []) entries.keep(log);
  }
}

function sharedOf(all: Map<ClassCode, SharedDeletion>, code: ClassCode): SharedDeletion {
  const known = all.get(code) ?? new SharedDeletion();
  all.set(code, known);
  return known;
}

/** Tells the log of writes that stay. */
export function* tell(writes: GroupWrites, run: readonly ObjectWrite[], log: ChangeEntries): Steps<void> {
  if (areNewObjects(run)) yield* answered(writes.created(run, log));
  else for (const write of run) yield* answered(writes.updated(write as ObjectUpdate, log));
}

/** Tells the log of all that was held, in its order. @param deletions that were among it */
export function* tellInOrder(
  writes: GroupWrites,
  held: readonly Held[],
  deletions: DeletionEntries,
  log: ChangeEntries,
): Steps<void> {
  let alone: ObjectWrite[] = [];
  for (const one of held) {
    if (isObjectWrite(one)) alone.push(one);
    if (!areTogether(one)) continue;
    for (const run of runsOf(alone)) yield* tell(writes, run, log);
    alone = [];
    deletions.keep(one, log);
    for (const run of runsOf(writesOf({ ...one, deleted: [], logged: [] }) as readonly ObjectWrite[])) {
      yield* tell(writes, run, log);
    }
    for (const entry of one.logged) writes.log(entry, log);
  }
  for (const run of runsOf(alone)) yield* tell(writes, run, log);
}
