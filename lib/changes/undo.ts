/** The story of an undo, top to bottom: who asks, what run, and one transaction in which everything is taken back that can be. */
import { Breath } from "../breath.ts";
import { EXIT, RunStop } from "../errors.ts";
import { unknownRun } from "../messages/history.ts";
import {
  alreadyTakenBack,
  feedChangedSince,
  noRunStands,
  nothingLeft,
  nothingToTakeBack,
  prunedRun,
} from "../messages/undo.ts";
import type { Model } from "../model/model.ts";
import type { UndoFormat } from "../parameters/settings/undo_settings.ts";
import { HiddenTargets } from "../reconcile/hidden_targets.ts";
import type { LoggedRun, LoggedRuns, LogSpan } from "../store/logged_runs.ts";
import { type RunFacts, type Store, type StoreTransaction, TransactionLost } from "../store/store.ts";
import { repeatedTransaction } from "../store/transaction_conflict.ts";
import { requireSameUser } from "../users/same_user.ts";
import type { User } from "../users/user.ts";
import { EditsSince } from "./edits_since.ts";
import { LogReader } from "./log_reader.ts";
import { StoredObjects } from "./stored_objects.ts";
import { type LeftAccounts, TouchedAccounts } from "./touched_accounts.ts";
import type { UndoContext } from "./undo_context.ts";
import type { LaterRun } from "./undo_outcome.ts";
import { UndoRecord } from "./undo_record.ts";
import { requireUndoRight } from "./undo_right.ts";
import { UndoWork } from "./undo_work.ts";

export interface UndoOrder {
  /** The run's number in the log; null: the last one that stands. */
  readonly change: number | null;
  readonly simulate: boolean;
  readonly comment: string;
  readonly format: UndoFormat;
  /** The parameters that the change log keeps. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Who asked, for the change log: `csvrecon undo`. */
  readonly origin: string;
  readonly store: Store;
  /** @throws RunStop 77 */
  logIn(model: Model): Promise<User>;
  now(): Date;
}

/** What came of it. Close the record. */
export interface UndoEnd {
  readonly run: LoggedRun;
  /** False: only its number and its date are told, as by the history. */
  readonly isToldWhole: boolean;
  readonly record: UndoRecord;
  /** The undo's number in the log; null: nothing was written. */
  readonly undo: number | null;
  readonly simulate: boolean;
}

/** An undo that must be done once more, as what it has found out changes it from the start. */
interface Attempt {
  readonly left: LeftAccounts;
  readonly logsLinkSets: boolean;
}

/** Thrown through a part of the transaction: nothing of it is to stay. */
class TakenBack extends Error {
  /** @param next null: that was the last attempt, as nothing could be taken back */
  constructor(readonly next: Attempt | null) {
    super("an attempt is taken back");
  }
}

/** @throws RunStop 64, 73, 75, 77 or 78; the reason of an interruption: then nothing was written */
export async function undo(order: UndoOrder): Promise<UndoEnd> {
  const model = await order.store.model();
  const user = await order.logIn(model);
  const log = await order.store.loggedRuns();
  let done: UndoEnd | null = null;
  const work = async (transaction: StoreTransaction) => {
    // Of an attempt that was taken back.
    done?.record.close();
    const now = await requireSameUser(user, model, order.store.accounts(model));
    const objects = order.store.objects(model, now.allowedOrganizations);
    const reader = new LogReader({ model, user: now, log, objects }, await log.lastPruned() ?? 0);
    const run = await undoableRun(reader, order.change ?? await lastStanding(log));
    const span = await log.spanOf(run.id) ?? (run.feed === null ? null : NO_ENTRIES);
    if (span === null) throw new RunStop(EXIT.usage, [nothingToTakeBack(run.id)]);
    const isToldWhole = !reader.isLimited || reader.isOwn(run);
    const classes = new Set([...await log.classes(run.id), ...run.feed === null ? [] : [run.feed.class]]);
    requireUndoRight(now, { id: run.id, classes: [...classes], isToldWhole }, model);
    return done = await attempts({ order, model, user: now, log, reader, run, isToldWhole, span }, transaction);
  };
  try {
    return await repeatedTransaction(order.store, work, { rollback: order.simulate });
  } catch (error) {
    throw error instanceof TransactionLost && error.cause instanceof RunStop ? error.cause : error;
  }
}

const RUNS_AT_ONCE = 100;

/** Of a run that changed nothing but what its feed remembers. */
const NO_ENTRIES: LogSpan = { after: 0, upto: 0 };

/** Undos are passed over, and what they took back. @throws RunStop 64 */
async function lastStanding(log: LoggedRuns): Promise<number> {
  for (let before: number | null = null;;) {
    const runs: readonly LoggedRun[] = await log.runs(before, RUNS_AT_ONCE);
    if (runs.length === 0) throw new RunStop(EXIT.usage, [noRunStands()]);
    for (const { id, undoes, undoneBy, isPruned } of runs) {
      if (undoes !== null || undoneBy !== null || isPruned) continue;
      if (await log.spanOf(id) !== null) return id;
    }
    before = runs.at(-1)?.id ?? null;
  }
}

/** @throws RunStop 64 */
async function undoableRun({ seesEverything, lastPruned, world: { log } }: LogReader, id: number): Promise<LoggedRun> {
  const run = await log.run(id);
  if (run === null) throw new RunStop(EXIT.usage, [unknownRun(id, seesEverything)]);
  if (lastPruned >= id) throw new RunStop(EXIT.usage, [prunedRun(id, lastPruned)]);
  // An undo that had to leave something may be done again: it takes back what it can now.
  if (run.undoneBy !== null && run.undoneBy.left === 0) {
    throw new RunStop(EXIT.usage, [alreadyTakenBack(id, run.undoneBy.id)]);
  }
  return run;
}

interface Undoing {
  readonly order: UndoOrder;
  readonly model: Model;
  readonly user: User;
  readonly log: LoggedRuns;
  /** What the user may be told of runs. */
  readonly reader: LogReader;
  readonly run: LoggedRun;
  readonly isToldWhole: boolean;
  readonly span: LogSpan;
}

async function attempts(undoing: Undoing, transaction: StoreTransaction): Promise<UndoEnd> {
  const { order, run, isToldWhole } = undoing;
  const { simulate, store } = order;
  const end = await undoing.log.end();
  let attempt: Attempt = { left: new Map(), logsLinkSets: true };
  for (;;) {
    const record = new UndoRecord(order.format, store.folder);
    try {
      const id = await transaction.part(() => once(undoing, transaction, attempt, record, end));
      return { run, isToldWhole, record, undo: id, simulate };
    } catch (error) {
      if (error instanceof TakenBack && error.next === null) return { run, isToldWhole, record, undo: null, simulate };
      record.close();
      if (!(error instanceof TakenBack) || error.next === null) throw error;
      attempt = error.next;
    }
  }
}

/** @param end of the log before @returns the undo's number in the log @throws TakenBack */
async function once(
  undoing: Undoing,
  transaction: StoreTransaction,
  attempt: Attempt,
  record: UndoRecord,
  end: number,
): Promise<number | null> {
  const { order, model, user, log, run, span } = undoing;
  const written = await transaction.run(model, runFacts(undoing));
  const { objects } = written;
  await objects.limitTo(user.allowedOrganizations);
  const someAreHidden = user.allowedOrganizations !== null;
  const stored = new StoredObjects(objects, someAreHidden);
  let areLinkSetsLogged = false;
  const context: UndoContext = {
    model,
    objects,
    stored,
    hidden: new HiddenTargets(objects, someAreHidden),
    someAreHidden,
    log,
    run: run.id,
    span,
    telling: record,
    laterRun: laterRuns(undoing.reader),
    logLinkSets: (changes) => {
      if (!attempt.logsLinkSets) return;
      areLinkSetsLogged = true;
      objects.log(changes);
    },
  };
  const accounts = new TouchedAccounts(model, objects, stored, attempt.left);
  const edits = await EditsSince.of(log, run.id, span, end);
  await new UndoWork(context, edits, accounts, new Breath(order.store.interruption)).takeBack();
  if (undoing.isToldWhole) record.remembered(await written.takeBackFeeds(run.id));
  // What a feed remembers may be of objects out of sight.
  else if (run.feed !== null) record.hidden();
  const { counts } = record;
  const left = await accounts.problems(user);
  if (left.size > 0) throw new TakenBack({ ...attempt, left: new Map([...attempt.left, ...left]) });
  const leftCount = counts.kept + counts.impossible + (counts.isPartHidden ? 1 : 0);
  // Texts of link sets are true only when all their links were taken back.
  if (leftCount > 0 && areLinkSetsLogged) throw new TakenBack({ ...attempt, logsLinkSets: false });
  if (counts.deleted + counts.setBack + counts.createdAgain + counts.remembered === 0) {
    if (leftCount === 0) {
      throw new RunStop(EXIT.usage, [undoing.span === NO_ENTRIES ? feedChangedSince(run.id) : nothingLeft(run.id)]);
    }
    // Nothing of it is to be seen: to this user it is none.
    if (!undoing.isToldWhole && counts.kept + counts.impossible === 0) {
      throw new RunStop(EXIT.usage, [unknownRun(run.id, false)]);
    }
    throw new TakenBack(null);
  }
  if ((await objects.settled()).length > 0) throw new Error("what was refused was told as done");
  return await written.finish(
    { created: counts.createdAgain, updated: counts.setBack, unchanged: 0, inError: leftCount },
    null,
  );
}

function runFacts({ order, user, run }: Undoing): RunFacts {
  return {
    date: order.now(),
    userId: user.id,
    user: user.name,
    comment: order.comment,
    origin: order.origin,
    inputName: null,
    parameters: Object.fromEntries(order.parameters),
    undoes: run.id,
    simulate: order.simulate,
  };
}

/** Each is read once, but no more of them than are likely to be told one after the other. */
function laterRuns(reader: LogReader): (id: number) => Promise<LaterRun> {
  let last: LaterRun | null = null;
  return async (id) => {
    if (last?.id === id) return last;
    const run = await reader.world.log.run(id);
    if (run === null) throw new Error(`the log has entries of the run ${id}, and not the run`);
    const isTold = !reader.isLimited || reader.isOwn(run);
    return last = { id, user: isTold ? run.user : null, date: run.date };
  };
}
