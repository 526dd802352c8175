/** The story of imports, top to bottom: one, or several that share a transaction. The story of each is `import_run.ts`, that of its rows `import_rows.ts`. */
import { isInterrupted } from "../interruption.ts";
import { atomic, type Database, TransactionLost, withSavepoint } from "../databases/sqlite/database.ts";
import { readUsedIds } from "../databases/sqlite/id_sequence.ts";
import type { ImportOutcome } from "./import_outcome.ts";
import type { ImportRequest } from "./import_request.ts";
import { ImportRun } from "./import_run.ts";

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
}

/**
 * Runs imports into one database, in one transaction, so that each sees the rows of those before it. Reports are printed when the
 * transaction has ended, and only of what it has kept, or would have.
 * @param requests at least one, all with the same database
 * @returns what became of each
 */
export async function runTogether(
  requests: readonly ImportRequest[],
  options: TogetherOptions,
): Promise<readonly ImportOutcome[]> {
  const [first] = requests;
  if (first === undefined) return [];
  const runs = requests.map((request) => new ImportRun(request));
  try {
    await prepareAll(runs, options);
    if (!hasEnded(runs, options)) await workInTransaction(runs, first.database, options);
    for (const run of runs) await run.print();
    return runs.map((run) => run.outcome);
  } finally {
    for (const run of runs) await run.close();
  }
}

async function prepareAll(runs: readonly ImportRun[], { afterFailure }: TogetherOptions): Promise<void> {
  for (const run of runs) {
    await run.prepare();
    if (run.stop !== null && (afterFailure !== "continue" || isInterrupted(run.stop))) return;
  }
}

/** Whether there is nothing left to do but to report. */
function hasEnded(runs: readonly ImportRun[], { afterFailure }: TogetherOptions): boolean {
  return afterFailure === "take_all_back" ? runs.some((run) => run.stop !== null) : !runs.some((run) => run.isPrepared);
}

async function workInTransaction(
  runs: readonly ImportRun[],
  database: Database,
  options: TogetherOptions,
): Promise<void> {
  try {
    await atomic(database, () => workAll(runs, database, options), { rollback: options.rollback });
  } catch (error) {
    const reason = error instanceof TransactionLost ? error.cause : error;
    // If no import is the reason, the transaction could not begin or not end: the import that waited for it tells so.
    if (!runs.some((run) => run.stop === reason)) waitingFor(runs)?.fail(reason);
    for (const run of runs) run.takeBack();
  }
}

function waitingFor(runs: readonly ImportRun[]): ImportRun | undefined {
  return runs.findLast((run) => run.isWorked) ?? runs.find((run) => run.isPrepared);
}

/** @throws when everything must be taken back */
async function workAll(runs: readonly ImportRun[], database: Database, options: TogetherOptions): Promise<void> {
  const usedIds = runs.length > 1 ? readUsedIds(database) : undefined;
  for (const run of runs) {
    if (options.afterFailure === "take_all_back") await run.work(usedIds);
    else if (run.isPrepared) await workAlone(run, database, () => run.work(usedIds));
    if (run.stop !== null && (options.afterFailure === "stop" || isInterrupted(run.stop))) return;
  }
}

/** Takes back what a failed import has written, and nothing else. @throws when that cannot be done */
async function workAlone(run: ImportRun, database: Database, work: () => Promise<void>): Promise<void> {
  try {
    await withSavepoint(database, work);
  } catch (error) {
    if (error instanceof TransactionLost || run.stop === null) throw error;
  }
}
