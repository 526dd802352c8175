/** Writes that wait, as PostgreSQL does them: who asks for something waits for them. */
import { EXIT, RunStop } from "../../errors.ts";
import { transactionTakenBack } from "../../messages/database.ts";
import type { NeededObject } from "../../store/objects.ts";
import { TransactionLost } from "../../store/store.ts";
import type { WritesTogether } from "../../store/writes_together.ts";
import type { RefusedWrite, WriteRefusal } from "../../store/write_refusal.ts";
import { doneLater } from "../shared/steps.ts";
import type { GroupWrites, ManyDeletion } from "../writes/group_writes.ts";
import type { Write } from "../writes/held_groups.ts";
import { HeldWork, NOTHING_NEEDED } from "../writes/held_work.ts";
import type { Savepoints } from "../writes/savepoints.ts";
import type { ChangeLog } from "./postgres_change_log.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { refusalIn } from "./postgres_refusal.ts";
import type { RuleColumns } from "./rule_columns.ts";

export class HeldWrites {
  readonly #work: HeldWork;
  /** What is being written now; null: nothing is. */
  #writing: Promise<void> | null = null;

  /** @param log null: nothing is logged @param ruleColumns left out: no rule is known */
  constructor(
    private readonly database: PostgresDatabase,
    writes: GroupWrites,
    private readonly log: ChangeLog | null,
    ruleColumns?: RuleColumns,
  ) {
    this.#work = new HeldWork(savepointsOf(database, ruleColumns), writes, log);
  }

  /** @see ObjectStore.deletedObjects */
  get deletedObjects(): number {
    return this.#work.deletedObjects;
  }

  /** @param needed see `ObjectStore.create` */
  add(write: Write, needed: readonly NeededObject[] = NOTHING_NEEDED): void {
    if (this.#work.add(write, needed)) this.#begin();
  }

  /** @see ObjectStore.writeTogether */
  addTogether(writes: WritesTogether): void {
    if (this.#work.addTogether(writes)) this.#begin();
  }

  /** Too much waits. Who asks next waits for it, and hears of its errors. */
  #begin(): void {
    if (this.#writing !== null) return;
    const writing = this.#writing = this.#write();
    writing.then(() => this.#end(writing), () => {});
  }

  /** Writes everything that waits. What is refused is kept to be told. Who asks meanwhile waits as long. */
  readonly flush = async (): Promise<void> => {
    while (this.#writing !== null) await this.#told(this.#writing);
    if (!this.#work.isEmpty) await this.#told(this.#writing = this.#write());
  };

  async #told(writing: Promise<void>): Promise<void> {
    try {
      await writing;
    } finally {
      this.#end(writing);
    }
  }

  #end(writing: Promise<void>): void {
    if (this.#writing === writing) this.#writing = null;
  }

  #write(): Promise<void> {
    return this.database.track((async () => {
      await doneLater(this.#work.flush());
      await this.log?.drain();
    })());
  }

  /** What was refused since it was last asked. */
  takeRefused(): readonly RefusedWrite[] {
    return this.#work.takeRefused();
  }

  /** @see ObjectStore.together */
  async together(work: () => Promise<void>): Promise<WriteRefusal | null> {
    await this.flush();
    // What is due of the log from before would be taken back with it.
    await this.log?.drain();
    return await doneLater(this.#work.together(async () => {
      try {
        await work();
        // What was begun meanwhile belongs to it.
        await this.flush();
      } catch (error) {
        await this.database.idle();
        this.#writing = null;
        throw error;
      }
    }));
  }

  /** @see ObjectStore.deleteMany @param work deletes them all */
  async deleteMany(work: ManyDeletion): Promise<WriteRefusal | null> {
    await this.flush();
    return await doneLater(this.#work.deleteMany(work));
  }
}

/** What can only fail where another statement has failed before, which tells why, is not waited for. */
function savepointsOf(database: PostgresDatabase, ruleColumns?: RuleColumns): Savepoints {
  return {
    begin: () => database.send("SAVEPOINT writes"),
    release: () => database.send("RELEASE writes"),
    takeBack: () => database.execute("ROLLBACK TO writes; RELEASE writes"),
    refusalIn: (error) => database.isOfEarlier(error) ? null : refusalIn(error, database.hasTriggers, ruleColumns),
    lost(refusal, error) {
      const message = transactionTakenBack(database.name, refusal.text);
      const stop = new RunStop(EXIT.databaseNotWritable, [message], { cause: error });
      return new TransactionLost("the transaction is over, and all of its work with it", { cause: stop });
    },
  };
}
