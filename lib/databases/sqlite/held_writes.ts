/** Writes that wait, as SQLite does them: at once, when their time has come. */
import { EXIT, RunStop } from "../../errors.ts";
import { transactionTakenBack } from "../../messages/database.ts";
import type { NeededObject } from "../../store/objects.ts";
import { TransactionLost } from "../../store/store.ts";
import type { WritesTogether } from "../../store/writes_together.ts";
import type { RefusedWrite, WriteRefusal } from "../../store/write_refusal.ts";
import { doneLater, doneNow } from "../shared/steps.ts";
import type { GroupWrites, ManyDeletion } from "../writes/group_writes.ts";
import type { Write } from "../writes/held_groups.ts";
import { HeldWork, NOTHING_NEEDED } from "../writes/held_work.ts";
import type { Savepoints } from "../writes/savepoints.ts";
import type { Database } from "./connection.ts";
import type { ChangeLog } from "./sqlite_change_log.ts";
import { refusalIn } from "./sqlite_refusal.ts";

export class HeldWrites {
  readonly #work: HeldWork;

  /** @param log null: nothing is logged */
  constructor(database: Database, writes: GroupWrites, log: ChangeLog | null) {
    this.#work = new HeldWork(savepointsOf(database), writes, log);
  }

  /** @see ObjectStore.deletedObjects */
  get deletedObjects(): number {
    return this.#work.deletedObjects;
  }

  /** @param needed see `ObjectStore.create` */
  add(write: Write, needed: readonly NeededObject[] = NOTHING_NEEDED): void {
    if (this.#work.add(write, needed)) this.flush();
  }

  /** @see ObjectStore.writeTogether */
  addTogether(writes: WritesTogether): void {
    if (this.#work.addTogether(writes)) this.flush();
  }

  /** Writes everything that waits. What is refused is kept to be told. */
  readonly flush = (): void => {
    if (!this.#work.isEmpty) doneNow(this.#work.flush());
  };

  /** What was refused since it was last asked. */
  takeRefused(): readonly RefusedWrite[] {
    return this.#work.takeRefused();
  }

  /** @see ObjectStore.together */
  together(work: () => Promise<void>): Promise<WriteRefusal | null> {
    return doneLater(this.#work.together(work));
  }

  /** @see ObjectStore.deleteMany @param work deletes them all */
  deleteMany(work: ManyDeletion): WriteRefusal | null {
    return doneNow(this.#work.deleteMany(work));
  }
}

function savepointsOf(database: Database): Savepoints {
  return {
    begin() {
      database.prepare("SAVEPOINT writes").run();
    },
    release() {
      database.prepare("RELEASE writes").run();
    },
    takeBack: () => database.exec("ROLLBACK TO writes; RELEASE writes"),
    refusalIn: (error) => refusalIn(error, database),
    lost(refusal, error) {
      const message = transactionTakenBack(database.path, refusal.text);
      const stop = new RunStop(EXIT.databaseNotWritable, [message], { cause: error });
      return new TransactionLost("the transaction is over, and all of its work with it", { cause: stop });
    },
  };
}
