/** Writes that were handed over and wait, so that many are done with few statements; and what becomes of those that SQLite refuses. */
import { EXIT, RunStop } from "../../errors.ts";
import { transactionTakenBack } from "../../messages/database.ts";
import type { NeededObject, ObjectUpdate } from "../../store/objects.ts";
import { TransactionLost } from "../../store/store.ts";
import type { RefusedWrite, WriteRefusal } from "../../store/write_refusal.ts";
import type { Database } from "./connection.ts";
import type { GroupWrites, ManyDeletion } from "./group_writes.ts";
import {
  alikeIn,
  areNewObjects,
  groupsOf,
  isObjectWrite,
  type ObjectWrite,
  runsOf,
  textIn,
  type Write,
} from "./held_groups.ts";
import { type ChangeEntries, type ChangeLog, PendingEntries } from "./sqlite_change_log.ts";
import { refusalIn } from "./sqlite_refusal.ts";

/** So much text may wait: old values come from the database, where they may be longer than the input is. In UTF-16 code units. */
const MOST_TEXT_HELD = 1024 * 1024;

/** So many writes may wait: to write them all at once must not take long, as no signal is heard meanwhile. */
const MOST_HELD = 4096;

/** Thrown within `together`, through whoever asked for the search that wrote. */
class Refused extends Error {
  constructor(readonly refusal: WriteRefusal) {
    super(refusal.text);
  }
}

const NOTHING_NEEDED: readonly NeededObject[] = [];

const NO_LOG: ChangeEntries = { add: () => {}, addObjects: () => {} };

export class HeldWrites {
  /** @see ObjectStore.deletedObjects */
  deletedObjects = 0;
  #held: Write[] = [];
  /** New objects that writes among them need. */
  #needs = new Map<Write, readonly NeededObject[]>();
  /** Those that are there. */
  readonly #made = new WeakSet<object>();
  #textHeld = 0;
  #refused: RefusedWrite[] = [];
  /** Of writes that stand and fall together; null: each stands for itself. */
  #together: PendingEntries | null = null;

  /** @param log null: nothing is logged */
  constructor(
    private readonly database: Database,
    private readonly writes: GroupWrites,
    private readonly log: ChangeLog | null,
  ) {}

  /** @param needed see `ObjectStore.create` */
  add(write: Write, needed: readonly NeededObject[] = NOTHING_NEEDED): void {
    if (needed.length > 0) this.#need(write, needed);
    this.#held.push(write);
    if ("changes" in write) this.#textHeld += textIn(write.changes);
    if (this.#textHeld > MOST_TEXT_HELD || this.#held.length >= MOST_HELD) this.flush();
  }

  /** Writes everything that waits. What is refused is kept to be told. */
  readonly flush = (): void => {
    if (this.#held.length === 0) return;
    const [held, needs] = [this.#held, this.#needs];
    this.#held = [];
    this.#textHeld = 0;
    if (needs.size > 0) this.#needs = new Map();
    if (this.#together !== null) this.#writeTogether(held, this.#together);
    else if (held.length === 1 || !this.#writeAtOnce(held, needs)) {
      for (const write of held) this.#writeAlone(write, needs.get(write));
    }
  };

  /** What was refused since it was last asked. */
  takeRefused(): readonly RefusedWrite[] {
    const refused = this.#refused;
    this.#refused = [];
    return refused;
  }

  /** @see ObjectStore.together */
  async together(work: () => Promise<void>): Promise<WriteRefusal | null> {
    if (this.#together !== null) throw new Error("writes that stand together are not begun twice");
    this.flush();
    const entries = new PendingEntries();
    const deletedBefore = this.deletedObjects;
    this.#together = entries;
    try {
      const refusal = await this.#inSavepointLater(async () => {
        await work();
        this.flush();
      });
      if (refusal === null) entries.keep(this.log);
      else this.deletedObjects = deletedBefore;
      return refusal;
    } finally {
      this.#together = null;
      this.#held = [];
      this.#textHeld = 0;
    }
  }

  /** @see ObjectStore.deleteMany @param work deletes them all */
  deleteMany(work: ManyDeletion): WriteRefusal | null {
    if (this.#together !== null) throw new Error("many objects are deleted by themselves");
    this.flush();
    const { log } = this;
    const takeBack = log?.mark();
    const selected = log === null ? null : log.addSelected;
    let gone = 0;
    // There may be very many entries: they do not wait for what becomes of the deletions.
    const refusal = this.#inSavepoint(() => {
      gone = work({ selected, others: log ?? NO_LOG });
    });
    if (refusal === null) this.deletedObjects += gone;
    else takeBack?.();
    return refusal;
  }

  #writeTogether(held: readonly Write[], log: ChangeEntries): void {
    try {
      for (const run of runsOf(held)) this.#write(run, log);
    } catch (error) {
      const refusal = refusalIn(error, this.database);
      throw refusal === null ? error : new Refused(refusal);
    }
  }

  /** Nearly always nothing is refused. @returns whether all was written; nothing, otherwise */
  #writeAtOnce(held: readonly Write[], needs: ReadonlyMap<Write, readonly NeededObject[]>): boolean {
    if (!held.every(isObjectWrite)) return false;
    const missing = needs.size === 0 ? NOTHING_NEEDED : this.#missing([...needs.values()].flat());
    const needed = alikeIn(missing.map(({ write }) => write));
    const groups = [...needed, ...this.writes.isOrderSeen(held) ? runsOf(held) : groupsOf(held)];
    const refusal = this.#inSavepoint(() => {
      for (const group of groups) this.#writeObjects(group);
    });
    if (refusal !== null) return false;
    const told = this.writes.areToldInOrder ? [...needed, ...runsOf(held)] : groups;
    for (const group of told) this.#tell(group, this.log ?? NO_LOG);
    for (const { one } of missing) this.#made.add(one);
    return true;
  }

  #writeAlone(write: Write, needed: readonly NeededObject[] = NOTHING_NEEDED): void {
    const entries = new PendingEntries();
    const missing = this.#missing(needed);
    const refusal = this.#inSavepoint(() => {
      for (const run of runsOf([...missing.map((one) => one.write), write])) this.#write(run, entries);
    });
    if (refusal === null) {
      entries.keep(this.log);
      for (const { one } of missing) this.#made.add(one);
    } else if (isObjectWrite(write)) this.#refused.push({ write, refusal });
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

  #write(run: readonly Write[], log: ChangeEntries): void {
    const [first] = run;
    if (first === undefined) return;
    if ("deleted" in first) this.deletedObjects += this.writes.delete(first.class, first.deleted, log);
    else if ("logged" in first) this.writes.log(first.logged, log);
    else {
      const objects = run as readonly ObjectWrite[];
      this.#writeObjects(objects);
      this.#tell(objects, log);
    }
  }

  /** @param run new objects with the same attributes, or updates */
  #writeObjects(run: readonly ObjectWrite[]): void {
    if (areNewObjects(run)) this.writes.create(run);
    else this.writes.updateAll(run as readonly ObjectUpdate[]);
  }

  /** What was written stays. */
  #tell(run: readonly ObjectWrite[], log: ChangeEntries): void {
    if (areNewObjects(run)) this.writes.created(run, log);
    else for (const write of run) this.writes.updated(write as ObjectUpdate, log);
  }

  #inSavepoint(work: () => void): WriteRefusal | null {
    this.database.prepare("SAVEPOINT writes").run();
    try {
      work();
      this.database.prepare("RELEASE writes").run();
      return null;
    } catch (error) {
      return this.#takenBack(error);
    }
  }

  async #inSavepointLater(work: () => Promise<void>): Promise<WriteRefusal | null> {
    this.database.prepare("SAVEPOINT writes").run();
    try {
      await work();
      this.database.prepare("RELEASE writes").run();
      return null;
    } catch (error) {
      return this.#takenBack(error);
    }
  }

  /** @throws the error, when it is no refusal; TransactionLost, when it is one */
  #takenBack(error: unknown): WriteRefusal {
    const refusal = error instanceof Refused ? error.refusal : refusalIn(error, this.database);
    try {
      this.database.exec("ROLLBACK TO writes; RELEASE writes");
    } catch {
      // A trigger may take everything back.
      if (refusal !== null) throw lost(this.database, refusal, error);
    }
    if (refusal === null) throw error;
    return refusal;
  }
}

function lost(database: Database, { text }: WriteRefusal, error: unknown): TransactionLost {
  const stop = new RunStop(EXIT.databaseNotWritable, [transactionTakenBack(database.path, text)], { cause: error });
  return new TransactionLost("the transaction is over, and all of its work with it", { cause: stop });
}
