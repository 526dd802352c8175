/** The story of imports, top to bottom: one, or several that share a transaction. The story of each is `one_import.ts`, that of its rows `load_rows.ts`. */
import { isInterrupted } from "../interruption.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import { type Store, type StoreTransaction, TransactionLost } from "../store/store.ts";
import { conflictIn, isTimeToRepeat } from "../store/transaction_conflict.ts";
import { failuresOf } from "./authenticate.ts";
import type { ImportOutcome } from "./import_outcome.ts";
import type { ImportOrder } from "./import_order.ts";
import { LaterAttempts } from "./later_attempts.ts";
import { OneImport } from "./one_import.ts";

/** What the failure of one import means to the others of its transaction. */
export type AfterFailure =
  /** All or nothing: those before it are taken back, those behind it do not run. */
  | "take_all_back"
  /** Those before it count; those behind it do not run. */
  | "stop"
  /** The others count. */
  | "continue";

export interface TogetherOptions {
  /** Do all the work, report it, and take everything back. */
  readonly rollback: boolean;
  readonly afterFailure: AfterFailure;
  /**
   * Makes the order of an import once more, by its index: imports that in truth have a transaction each, and share one only because they
   * are simulated, are worked again when one of them has taken back all others' work. Left out: that work is lost.
   */
  readonly again?: (index: number) => Promise<ImportOrder>;
}

/**
 * Runs imports into one database, in one transaction, so that each sees the rows of those before it. Reports are printed when the
 * transaction has ended, and only of what it has kept, or would have.
 * @param orders at least one, all with the same store
 * @returns what became of each
 */
export async function runTogether(
  orders: readonly ImportOrder[],
  options: TogetherOptions,
): Promise<readonly ImportOutcome[]> {
  const [first] = orders;
  if (first === undefined) return [];
  const runs = await Promise.all(orders.map((order) => OneImport.of(order)));
  try {
    await openAll(runs, options);
    if (!hasEnded(runs, options)) {
      const attempts = new LaterAttempts(failuresOf(first.store, first));
      await workToTheEnd(runs, first.store, attempts, options);
      await attempts.writeNow();
    }
    for (const run of runs) await run.print();
    return runs.map((run) => run.outcome);
  } finally {
    for (const run of runs) await run.close();
  }
}

/**
 * Opens them as far as what they find then is what they would find at their turn: behind an import that may change users and rights they
 * log in at their turn, as they would if each had a transaction of its own.
 */
async function openAll(runs: readonly OneImport[], { afterFailure }: TogetherOptions): Promise<void> {
  for (const run of runs) {
    await run.open();
    if (run.stop !== null && (afterFailure !== "continue" || isInterrupted(run.stop))) return;
    if (run.mayWriteAccounts) return;
  }
}

/** Whether there is nothing left to do but to report. */
function hasEnded(runs: readonly OneImport[], { afterFailure }: TogetherOptions): boolean {
  return afterFailure === "take_all_back" ? runs.some((run) => run.stop !== null) : !runs.some((run) => run.isOpen);
}

/** In more than one transaction, where one is lost that was not to be lost to all. @param attempts of all of them: none is forgotten */
async function workToTheEnd(
  runs: OneImport[],
  store: Store,
  attempts: LaterAttempts,
  options: TogetherOptions,
): Promise<void> {
  while (await workInTransaction(runs, store, attempts, options) && options.again !== undefined) {
    const { renewLost } = await import("./work_again.ts");
    if (!await renewLost(runs, options)) return;
  }
}

/** @returns whether an import has taken back what all have done */
async function workInTransaction(
  runs: readonly OneImport[],
  store: Store,
  attempts: LaterAttempts,
  options: TogetherOptions,
): Promise<boolean> {
  const work = async (transaction: StoreTransaction) => {
    const copies = options.rollback ? [] : await backUp(runs, transaction);
    let isAnyDone = false;
    try {
      await workAll(runs, transaction, attempts, options);
      isAnyDone = runs.some((run) => run.isWorked && run.stop === null);
    } finally {
      for (const copy of copies) isAnyDone || copy.remove === null ? copy.made() : copy.remove();
    }
  };
  try {
    await workRepeatedly(runs, store, attempts, () => store.transaction(work, { rollback: options.rollback }));
    return false;
  } catch (error) {
    const reason = error instanceof TransactionLost ? error.cause : error;
    // If no import is the reason, the transaction could not begin or not end: the import that waited for it tells so.
    if (!runs.some((run) => run.stop === reason)) waitingFor(runs)?.fail(reason);
    for (const run of runs) run.takeBack();
    return error instanceof TransactionLost;
  }
}

/** Others may be in the way of a transaction: then all of it begins anew, as if it had not been. @throws what the last one threw */
async function workRepeatedly(
  runs: readonly OneImport[],
  store: Store,
  attempts: LaterAttempts,
  transaction: () => Promise<void>,
): Promise<void> {
  for (let attempt = 1;; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!await isTimeToRepeat(store, error, attempt)) throw error;
      attempts.forget();
      for (const run of runs) run.beginAgain();
    }
  }
}

/** A copy of the database as it was before the transaction. */
interface MadeCopy {
  /** To be called when it stays. */
  made(): void;
  /** For when nothing was written; null: it stays. */
  readonly remove: (() => void) | null;
}

/** Each copy once, before anything is written. @throws RunStop 73 when one cannot be made: then nothing is written at all */
async function backUp(runs: readonly OneImport[], transaction: StoreTransaction): Promise<readonly MadeCopy[]> {
  const copies = new Map<string, MadeCopy>();
  for (const { backup } of runs) {
    if (backup === null || copies.has(backup.place)) continue;
    const remove = await transaction.backUp(backup.path);
    copies.set(backup.place, { made: () => backup.made(), remove });
  }
  return [...copies.values()];
}

function waitingFor(runs: readonly OneImport[]): OneImport | undefined {
  return runs.findLast((run) => run.isWorked) ?? runs.find((run) => run.isOpen);
}

/** @throws when everything must be taken back */
async function workAll(
  runs: readonly OneImport[],
  transaction: StoreTransaction,
  attempts: LoginFailures,
  options: TogetherOptions,
): Promise<void> {
  for (const run of runs) {
    if (options.afterFailure === "take_all_back") await run.work(transaction, attempts);
    else if (run.stop === null) await workAlone(run, transaction, attempts);
    if (run.stop !== null && (options.afterFailure === "stop" || isInterrupted(run.stop))) return;
  }
}

/** Thrown through a part of a transaction, to take back what was only simulated. */
class Simulated extends Error {}

/** Takes back what a failed import has written, or one that is simulated, and nothing else. @throws when that cannot be done */
async function workAlone(run: OneImport, transaction: StoreTransaction, attempts: LoginFailures): Promise<void> {
  try {
    await transaction.part(async () => {
      await run.work(transaction, attempts);
      if (run.isSimulatedAlone) throw new Simulated();
    });
  } catch (error) {
    if (error instanceof Simulated) return;
    if (error instanceof TransactionLost || conflictIn(error) !== null || run.stop === null) throw error;
  }
}
