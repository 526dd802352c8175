/** Removing what old runs did from the change log. */
import { EXIT, RunStop } from "../errors.ts";
import { pruneNotAllowed } from "../messages/history.ts";
import type { Model } from "../model/model.ts";
import type { HistoryWish } from "../parameters/settings/history_settings.ts";
import type { LoggedRun, LoggedRuns, PrunedLog } from "../store/logged_runs.ts";
import type { Store } from "../store/store.ts";
import { repeatedTransaction } from "../store/transaction_conflict.ts";
import { requireSameUser } from "../users/same_user.ts";
import type { User } from "../users/user.ts";
import { LogReader } from "./log_reader.ts";

const RUNS_AT_ONCE = 100;

/** Who removes, and where. */
export interface PruneRequest {
  readonly store: Store;
  readonly model: Model;
  readonly user: User;
  /** As they were given, secrets left out. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly now: Date;
}

export interface PrunedHistory extends PrunedLog {
  readonly before: Date;
  /** This run and those before it can no longer be undone; null: there is none. */
  readonly last: number | null;
  /** No run is left that can be undone. */
  readonly leavesNone: boolean;
  readonly isSimulated: boolean;
}

/**
 * In one transaction, which is taken back in the end when it is simulated.
 * @throws RunStop 77 when the user may not; 75 when another writer holds the database too long; 73 and 78
 */
export async function pruneLog(
  { before, simulate, comment }: Extract<HistoryWish, { readonly kind: "prune" }>,
  { store, model, user, parameters, now }: PruneRequest,
): Promise<PrunedHistory> {
  return await repeatedTransaction(store, async (transaction) => {
    await requireRight(store, model, user);
    const log = await store.loggedRuns();
    const facts = { date: now, userId: user.id, user: user.name, comment, origin: "csvrecon history", inputName: null };
    const pruned = await transaction.prune(before, { ...facts, parameters });
    const last = await log.lastPruned();
    return {
      ...pruned,
      id: simulate ? null : pruned.id,
      before,
      last,
      leavesNone: last !== null && !await isAnyLeft(log, last),
      isSimulated: simulate,
    };
  }, { rollback: simulate });
}

/** Whether a run behind this one has entries. Those of removals have none. */
async function isAnyLeft(log: LoggedRuns, last: number): Promise<boolean> {
  for (let before: number | null = null;;) {
    const runs: readonly LoggedRun[] = (await log.runs(before, RUNS_AT_ONCE)).filter(({ id }) => id > last);
    for (const { id } of runs) {
      if ((await log.entries(id, { beyond: null, order: "forwards", most: 1 })).length > 0) return true;
    }
    if (runs.length < RUNS_AT_ONCE) return false;
    before = runs.at(-1)?.id ?? null;
  }
}

/** As it is now: the transaction may have waited for another writer. @throws RunStop 77 */
async function requireRight(store: Store, model: Model, user: User): Promise<void> {
  const now = await requireSameUser(user, model, store.accounts(model));
  const reader = new LogReader({ model, user: now, log: await store.loggedRuns(), objects: store.objects(model) }, 0);
  if (!reader.seesEverything) throw new RunStop(EXIT.notAllowed, [pruneNotAllowed()]);
}
