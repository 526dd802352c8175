/** `csvrecon history`: what runs did, and what became of an object; or old entries of the change log are removed. */
import { HistoryText } from "../changes/history_text.ts";
import { jsonLines, jsonPruned } from "../changes/history_json.ts";
import { historyParts } from "../changes/history_story.ts";
import { LogReader } from "../changes/log_reader.ts";
import { pruneLog, type PruneRequest } from "../changes/prune_log.ts";
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { historyNotAllowed, pruned, prunedNotTold } from "../messages/history.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { type HistorySettings, historySettings, type HistoryWish } from "../parameters/settings/history_settings.ts";
import { loggedParameters } from "../parameters/settings/logged_parameters.ts";
import { printedLines } from "../report/printed_lines.ts";
import { authenticate } from "../run/authenticate.ts";
import type { Store } from "../store/store.ts";
import type { Model } from "../model/model.ts";
import { requireSameUser } from "../users/same_user.ts";
import type { User } from "../users/user.ts";
import { print } from "./print.ts";
import { refusedAsJson } from "./refused_as_json.ts";
import { openDatabase } from "./told_database.ts";

/** @throws RunStop 64, 66, 73, 74, 75, 77 or 78; with `output=json` standard output has said why already */
export async function historyCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  await refusedAsJson(typed, io, async (merged) => await tell(merged, await historySettings(merged, io.now()), io));
  return EXIT.done;
}

async function tell(merged: MergedParameters, settings: HistorySettings, io: ProgramIo): Promise<void> {
  const store = await openDatabase(settings, merged, io);
  try {
    const model = await store.model();
    const user = await authenticate(settings, store, model, io);
    const { wish } = settings;
    if (wish.kind === "prune") {
      const parameters = Object.fromEntries(loggedParameters(merged));
      await prune(wish, { store, model, user, parameters, now: io.now() }, settings, io);
    } else await store.atOneMoment(async () => await tellParts(wish, await readerOf(store, model, user), settings, io));
  } finally {
    await store.close();
  }
}

/** With the rights that the user has at this moment. @throws RunStop 77 */
async function readerOf(store: Store, model: Model, loggedIn: User): Promise<LogReader> {
  const user = await requireSameUser(loggedIn, model, store.accounts(model));
  const log = await store.loggedRuns();
  const objects = store.objects(model, user.allowedOrganizations);
  const reader = new LogReader({ model, user, log, objects }, await log.lastPruned() ?? 0);
  // Without any class nothing is kept from anybody.
  if (!reader.mayLoadAny && model.classes.size > 0) throw new RunStop(EXIT.notAllowed, [historyNotAllowed()]);
  return reader;
}

async function tellParts(
  wish: Exclude<HistoryWish, { readonly kind: "prune" }>,
  reader: LogReader,
  { output }: HistorySettings,
  io: ProgramIo,
): Promise<void> {
  const text = new HistoryText();
  for await (const part of historyParts(reader, wish, io.interruption)) {
    const lines = output === "json" ? jsonLines(part) : text.lines(part);
    if (lines.length > 0) await print(printedLines(lines, io.stdout), io);
  }
}

type PruneWish = Extract<HistoryWish, { readonly kind: "prune" }>;

async function prune(wish: PruneWish, asked: PruneRequest, { output }: HistorySettings, io: ProgramIo): Promise<void> {
  const result = await pruneLog(wish, asked);
  const lines = output === "json" ? [jsonPruned(result)] : pruned(result);
  await print(printedLines(lines, io.stdout), io, (reason) => prunedNotTold(reason, result.id));
}
