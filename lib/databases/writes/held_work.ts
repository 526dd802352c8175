/** Writes that were handed over and wait, so that many are done with few statements; and what becomes of those that a database refuses. */
import type { NeededObject, ObjectUpdate } from "../../store/objects.ts";
import type { WritesTogether } from "../../store/writes_together.ts";
import type { RefusedWrite, WriteRefusal } from "../../store/write_refusal.ts";
import { answered, type Steps } from "../shared/steps.ts";
import { type ChangeEntries, PendingEntries, type TakenBackLog } from "./change_entries.ts";
import type { GroupWrites, ManyDeletion, ManyEntries } from "./group_writes.ts";
import {
  alikeIn,
  areNewObjects,
  type Held,
  isObjectWrite,
  type ObjectWrite,
  runsOf,
  textIn,
  type Write,
} from "./held_groups.ts";
import { areTogether, DeletionEntries, doneTogether, tell, tellInOrder, writesOf } from "./held_together.ts";
import { inSavepoint, Refused, type Savepoints } from "./savepoints.ts";

/** So much text may wait: old values come from the database, where they may be longer than the input is. In UTF-16 code units. */
const MOST_TEXT_HELD = 1024 * 1024;

/** So many writes may wait: to write them all at once must not take long, as no signal is heard meanwhile. */
const MOST_HELD = 4096;

export const NOTHING_NEEDED: readonly NeededObject[] = [];

const NO_LOG: ChangeEntries = { add: () => {}, addObjects: () => {} };

export class HeldWork {
  /** @see ObjectStore.deletedObjects */
  deletedObjects = 0;
  #held: Held[] = [];
  /** New objects that writes among them need. */
  #needs = new Map<Held, readonly NeededObject[]>();
  /** Those that are there. */
  readonly #made = new WeakSet<object>();
  #textHeld = 0;
  #countHeld = 0;
  #refused: RefusedWrite[] = [];
  /** Of writes that stand and fall together; null: each stands for itself. */
  #together: PendingEntries | null = null;

  /** @param log null: nothing is logged */
  constructor(
    private readonly savepoints: Savepoints,
    private readonly writes: GroupWrites,
    private readonly log: TakenBackLog | null,
  ) {}

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  /** @param needed see `ObjectStore.create` @returns whether so much waits that it must be written now */
  add(write: Write, needed: readonly NeededObject[]): boolean {
    if (needed.length > 0) this.#need(write, needed);
    this.#held.push(write);
    return this.#count(write);
  }

  /** @see ObjectStore.writeTogether @returns as `add` */
  addTogether(writes: WritesTogether): boolean {
    if (this.#together !== null) throw new Error("writes that stand together are not begun twice");
    this.#held.push(writes);
    for (const write of writesOf(writes)) this.#count(write);
    return this.#isMuch;
  }

  #count(write: Write): boolean {
    this.#countHeld++;
    if ("changes" in write) this.#textHeld += textIn(write.changes);
    else if ("logged" in write) this.#textHeld += textIn([write.logged]);
    return this.#isMuch;
  }

  get #isMuch(): boolean {
    return this.#textHeld > MOST_TEXT_HELD || this.#countHeld >= MOST_HELD;
  }

  /** Writes everything that waits. What is refused is kept to be told. */
  *flush(): Steps<void> {
    if (this.#held.length === 0) return;
    const [held, needs] = [this.#held, this.#needs];
    this.#held = [];
    this.#textHeld = this.#countHeld = 0;
    if (needs.size > 0) this.#needs = new Map();
    if (this.#together !== null) yield* this.#writeTogether(held as readonly Write[], this.#together);
    else if (held.length === 1 || !(yield* this.#writeAtOnce(held, needs))) {
      for (const write of held) yield* this.#writeAlone(write, needs.get(write));
    }
  }

  /** What was refused since it was last asked. */
  takeRefused(): readonly RefusedWrite[] {
    const refused = this.#refused;
    this.#refused = [];
    return refused;
  }

  /** @see ObjectStore.together */
  *together(work: () => Promise<void>): Steps<WriteRefusal | null> {
    if (this.#together !== null) throw new Error("writes that stand together are not begun twice");
    yield* this.flush();
    const entries = new PendingEntries();
    const deletedBefore = this.deletedObjects;
    this.#together = entries;
    try {
      const refusal = yield* inSavepoint(this.savepoints, this.#workAndFlush(work));
      if (refusal === null) entries.keep(this.log);
      else this.deletedObjects = deletedBefore;
      return refusal;
    } finally {
      this.#together = null;
      this.#held = [];
      this.#textHeld = this.#countHeld = 0;
    }
  }

  /** @see ObjectStore.deleteMany @param work deletes them all */
  *deleteMany(work: ManyDeletion): Steps<WriteRefusal | null> {
    if (this.#together !== null) throw new Error("many objects are deleted by themselves");
    yield* this.flush();
    const { log } = this;
    const takeBack = log === null ? null : yield* answered(log.mark());
    const selected = log === null ? null : log.addSelected;
    // There may be very many entries: they do not wait for what becomes of the deletions.
    const deletedBefore = this.deletedObjects;
    const many = this.#deleteAndCount(work, { selected, others: log ?? NO_LOG });
    const refusal = yield* inSavepoint(this.savepoints, many);
    if (refusal !== null) {
      this.deletedObjects = deletedBefore;
      takeBack?.();
    }
    return refusal;
  }

  *#writeTogether(held: readonly Write[], log: ChangeEntries): Steps<void> {
    try {
      for (const run of runsOf(held)) yield* this.#write(run, log);
    } catch (error) {
      const refusal = this.savepoints.refusalIn(error);
      throw refusal === null ? error : new Refused(refusal);
    }
  }

  /** Nearly always nothing is refused. @returns whether all was written; nothing, otherwise */
  *#writeAtOnce(held: readonly Held[], needs: ReadonlyMap<Held, readonly NeededObject[]>): Steps<boolean> {
    const done = doneTogether(held, this.writes);
    if (done === null) return false;
    const { together, groups } = done;
    const missing = needs.size === 0 ? NOTHING_NEEDED : this.#missing([...needs.values()].flat());
    const needed = alikeIn(missing.map(({ write }) => write));
    const deletions = new DeletionEntries();
    const work = this.#writeGroups(deletions, together, [...needed, ...groups]);
    if ((yield* inSavepoint(this.savepoints, work)) !== null) return false;
    this.deletedObjects += deletions.count;
    const log = this.log ?? NO_LOG;
    for (const group of needed) yield* tell(this.writes, group, log);
    if (together.length > 0) yield* tellInOrder(this.writes, held, deletions, log);
    else for (const group of inOrderOf(held, groups, this.writes)) yield* tell(this.writes, group, log);
    for (const { one } of missing) this.#made.add(one);
    return true;
  }

  *#writeAlone(write: Held, needed: readonly NeededObject[] = NOTHING_NEEDED): Steps<void> {
    const entries = new PendingEntries();
    const missing = this.#missing(needed);
    const own = areTogether(write) ? writesOf(write) : [write];
    const deletedBefore = this.deletedObjects;
    const runs = runsOf([...missing.map((one) => one.write), ...own]);
    const refusal = yield* inSavepoint(this.savepoints, this.#writeRuns(runs, entries));
    if (refusal === null) {
      entries.keep(this.log);
      for (const { one } of missing) this.#made.add(one);
      return;
    }
    this.deletedObjects = deletedBefore;
    if (areTogether(write)) this.#refused.push({ write: write.object, refusal });
    else if (isObjectWrite(write)) this.#refused.push({ write, refusal });
    else throw new Error(`a deletion that stands alone was refused: ${refusal.text}`);
  }

  #need(write: Write, needed: readonly NeededObject[]): void {
    if (this.#together !== null) throw new Error("writes that stand together create what they need by themselves");
    this.#needs.set(write, needed);
  }

  /** Those that no write has created yet, each once. */
  #missing(needed: readonly NeededObject[]): readonly NeededObject[] {
    if (needed.length === 0) return needed;
    const missing = new Map<object, NeededObject>();
    for (const object of needed) {
      if (!this.#made.has(object.one) && !missing.has(object.one)) missing.set(object.one, object);
    }
    return [...missing.values()];
  }

  *#workAndFlush(work: () => Promise<void>): Steps<void> {
    yield* answered(work());
    yield* this.flush();
  }

  *#deleteAndCount(work: ManyDeletion, log: ManyEntries): Steps<void> {
    this.deletedObjects += yield* answered(work(log));
  }

  *#writeGroups(
    deletions: DeletionEntries,
    together: readonly WritesTogether[],
    groups: readonly (readonly ObjectWrite[])[],
  ): Steps<void> {
    yield* deletions.delete(this.writes, together);
    for (const group of groups) yield* this.#writeObjects(group);
  }

  *#writeRuns(runs: readonly (readonly Write[])[], log: ChangeEntries): Steps<void> {
    for (const run of runs) yield* this.#write(run, log);
  }

  *#write(run: readonly Write[], log: ChangeEntries): Steps<void> {
    const [first] = run;
    if (first === undefined) return;
    if ("deleted" in first) {
      this.deletedObjects += yield* answered(this.writes.delete(first.class, first.deleted, log));
    } else if ("logged" in first) this.writes.log(first.logged, log);
    else {
      const objects = run as readonly ObjectWrite[];
      yield* this.#writeObjects(objects);
      yield* tell(this.writes, objects, log);
    }
  }

  /** @param run new objects with the same attributes, or updates */
  *#writeObjects(run: readonly ObjectWrite[]): Steps<void> {
    if (areNewObjects(run)) yield* answered(this.writes.create(run));
    else yield* answered(this.writes.updateAll(run as readonly ObjectUpdate[]));
  }
}

/** As the log tells them. */
function inOrderOf(
  held: readonly Held[],
  groups: readonly (readonly ObjectWrite[])[],
  { areToldInOrder }: GroupWrites,
): readonly (readonly ObjectWrite[])[] {
  return areToldInOrder ? runsOf(held.filter(isObjectWrite)) : groups;
}
