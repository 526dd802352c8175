/** Work of which nothing stays when SQLite refuses it. */
import { EXIT, RunStop } from "../../errors.ts";
import { transactionTakenBack } from "../../messages/database.ts";
import { TransactionLost } from "../../store/store.ts";
import type { WriteRefusal } from "../../store/write_refusal.ts";
import type { Database } from "./connection.ts";
import { refusalIn } from "./sqlite_refusal.ts";

/** To be thrown by work of which part was refused, through whoever asked for the search that wrote. */
export class Refused extends Error {
  constructor(readonly refusal: WriteRefusal) {
    super(refusal.text);
  }
}

/** @returns why nothing of it is left; null: all of it is done */
export function inSavepoint(database: Database, work: () => void): WriteRefusal | null {
  database.prepare("SAVEPOINT writes").run();
  try {
    work();
    database.prepare("RELEASE writes").run();
    return null;
  } catch (error) {
    return takenBack(database, error);
  }
}

/** The same of work that takes its time. */
export async function inSavepointLater(database: Database, work: () => Promise<void>): Promise<WriteRefusal | null> {
  database.prepare("SAVEPOINT writes").run();
  try {
    await work();
    database.prepare("RELEASE writes").run();
    return null;
  } catch (error) {
    return takenBack(database, error);
  }
}

/** @throws the error, when it is no refusal; TransactionLost, when it is one */
function takenBack(database: Database, error: unknown): WriteRefusal {
  const refusal = error instanceof Refused ? error.refusal : refusalIn(error, database);
  try {
    database.exec("ROLLBACK TO writes; RELEASE writes");
  } catch {
    // A trigger may take everything back.
    if (refusal !== null) throw lost(database, refusal, error);
  }
  if (refusal === null) throw error;
  return refusal;
}

function lost(database: Database, { text }: WriteRefusal, error: unknown): TransactionLost {
  const stop = new RunStop(EXIT.databaseNotWritable, [transactionTakenBack(database.path, text)], { cause: error });
  return new TransactionLost("the transaction is over, and all of its work with it", { cause: stop });
}
