/** Transactions that a database takes back because of others that it works on at the same time. */
import { RunStop } from "../errors.ts";
import { pause } from "../interruption.ts";
import { type Store, type StoreTransaction, TransactionLost, type TransactionOptions } from "./store.ts";

/** Nothing of the transaction is left, for no fault of its own: the same work may be done again, from its beginning. */
export class TransactionConflict extends RunStop {}

/** So often a transaction is tried in all. */
export const MOST_ATTEMPTS = 5;

/** Milliseconds before the second attempt; each next one waits three times as long. */
const FIRST_WAIT = 50;

/** The conflict because of which a transaction has failed; null: it failed because of something else. */
export function conflictIn(error: unknown): TransactionConflict | null {
  const reason = error instanceof TransactionLost ? error.cause : error;
  return reason instanceof TransactionConflict ? reason : null;
}

/** @param attempt the one that has failed, from 1 @returns whether there is to be another one, for which it is time */
export async function isTimeToRepeat(
  { mayConflict, interruption }: Pick<Store, "mayConflict" | "interruption">,
  error: unknown,
  attempt: number,
): Promise<boolean> {
  if (!mayConflict || attempt >= MOST_ATTEMPTS || conflictIn(error) === null) return false;
  // Two that are in each other's way must not come back at the same time.
  await pause(FIRST_WAIT * 3 ** (attempt - 1) * (0.5 + Math.random()), interruption);
  return true;
}

/** `Store.transaction` of work that may be done again as it is. @throws RunStop 75 when others are in the way each time */
export async function repeatedTransaction<T>(
  store: Store,
  work: (transaction: StoreTransaction) => Promise<T>,
  options: TransactionOptions,
): Promise<T> {
  for (let attempt = 1;; attempt++) {
    try {
      return await store.transaction(work, options);
    } catch (error) {
      if (!await isTimeToRepeat(store, error, attempt)) throw conflictIn(error) ?? error;
    }
  }
}
