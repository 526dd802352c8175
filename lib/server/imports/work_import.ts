/** One import of a server, in the import thread. */
import { EXIT, LimitStop, RunStop } from "../../errors.ts";
import type { TextSink } from "../../io.ts";
import type { Model } from "../../model/model.ts";
import { exitCodeFor } from "../../report/totals.ts";
import { type EndOfOne, runAlone } from "../../run/run_alone.ts";
import type { KeptStore } from "../../databases/kept_store.ts";
import { namesServer } from "../../server_address/postgres_address.ts";
import type { Store } from "../../store/store.ts";
import { enabledUser } from "../../users/known_user.ts";
import { loginRefusal } from "../../users/login.ts";
import type { User } from "../../users/user.ts";
import type { FinishedImport } from "./queued_import.ts";
import type { MainLink } from "./main_link.ts";
import type { ImportTask } from "./thread_messages.ts";

/**
 * Opens the database, which must be the server's still, and runs the import.
 * @param stores where the database may be open from the import before, and stays open for the next one
 */
export async function workImport(task: ImportTask, link: MainLink, stores: KeptStore): Promise<FinishedImport> {
  const store = await open(task, link, stores);
  // No report tells it: it is the server's own trouble.
  if (store instanceof RunStop) {
    const failed = finished({ kind: "failed", stop: store, counts: null, warnings: [], seconds: 0 }, link);
    return { ...failed, isReportWhole: false };
  }
  let isSound = false;
  try {
    const outcome = await runAlone(orderFor(task, store, link));
    isSound = outcome.kind === "done" && !link.isAborted;
    return finished(outcome, link);
  } finally {
    stores.leave(isSound);
  }
}

async function open(
  { settings, identity, workingFolder }: ImportTask,
  { signal: interruption }: MainLink,
  stores: KeptStore,
): Promise<Store | RunStop> {
  const { database: path, busyTimeout: busyTimeoutSeconds } = settings;
  const options = { busyTimeoutSeconds, interruption, workingFolder, identity };
  try {
    return namesServer(path) ? await stores.openAtServer(path, options) : stores.open(path, options);
  } catch (error) {
    if (error instanceof RunStop) return error;
    throw error;
  }
}

const NO_PROGRESS: TextSink = {
  isTerminal: false,
  write: () => Promise.resolve(),
  writeBytes: () => Promise.resolve(),
};

function orderFor(task: ImportTask, store: Store, link: MainLink): Parameters<typeof runAlone>[0] {
  return {
    ...task,
    store,
    logIn: (model) => readUser(task, store, model),
    openSource: () => Promise.resolve(link.source(task.inputName, task.inputBytes, task.whole ?? null)),
    sink: link.sink(),
    progressSink: NO_PROGRESS,
    isPosted: true,
    now: () => new Date(),
    isReported: () => !link.isAborted,
  };
}

/** @throws RunStop 77 when the user was removed or disabled since they logged in, or has another login or password */
async function readUser({ userId, stamp, login }: ImportTask, store: Store, model: Model): Promise<User> {
  const user = await enabledUser(userId, model, store.accounts(model));
  if (user === null || user.stamp !== stamp) throw loginRefusal({ ok: false, reason: "refused" }, login);
  return user;
}

function finished(outcome: EndOfOne, { isAborted }: MainLink): FinishedImport {
  const { counts, seconds } = outcome;
  if (counts !== null && isAborted) {
    // It had ended before it could be given up: all but its report is done.
    const exitCode = EXIT.reportNotWritable;
    return { exitCode, counts, seconds, messages: [], stack: null, isAborted, isReportWhole: false };
  }
  if (outcome.kind === "done") {
    const exitCode = exitCodeFor(outcome.counts);
    return { exitCode, counts, seconds, messages: [], stack: null, isAborted, isReportWhole: !isAborted };
  }
  const { messages } = outcome.stop;
  const isReportLost = outcome.stop.exitCode === EXIT.limitExceeded && !(outcome.stop instanceof LimitStop);
  const exitCode = isReportLost ? EXIT.reportNotWritable : outcome.stop.exitCode;
  const isReportWhole = counts === null && !isAborted && !isReportLost;
  return { exitCode, counts, seconds, messages, stack: stackOf(outcome.stop), isAborted, isReportWhole };
}

function stackOf({ exitCode, cause }: RunStop): string | null {
  if (exitCode !== EXIT.bug || !(cause instanceof Error)) return null;
  return cause.stack ?? cause.message;
}
