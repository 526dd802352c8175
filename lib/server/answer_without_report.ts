/** What is answered when the report of an import is not the answer. */
import { EXIT, RunStop } from "../errors.ts";
import { RequestStop } from "../http/exchange.ts";
import { faultStatus } from "../http/fault_answer.ts";
import { faultText } from "../messages/http_faults.ts";
import { reportLost } from "../messages/served_imports.ts";
import type { RunSettings } from "../run/import_order.ts";
import type { FinishedImport } from "./imports/queued_import.ts";
import { Refusal, refusalOf, statusFor } from "./refusal.ts";

/**
 * @param signal that of its request
 * @returns null: its report is the answer
 * @throws the signal's reason when the import was given up before it had written anything
 */
export function refusalWithoutReport(
  finished: FinishedImport,
  settings: RunSettings,
  signal: AbortSignal,
): Refusal | null {
  const { exitCode, counts, messages, isAborted, isReportWhole } = finished;
  if (exitCode === EXIT.done || exitCode === EXIT.rowsInError) return null;
  if (isAborted && counts === null) throw signal.reason;
  if (isAborted) return lostBy(signal.reason, finished, settings);
  const isOwnTrouble = statusFor(exitCode) >= 500;
  if (isReportWhole && (!isOwnTrouble || exitCode === EXIT.bug)) return null;
  const stop = new RunStop(exitCode, messages);
  if (exitCode === EXIT.reportNotWritable) return new Refusal(500, lost(finished, settings), {}, stop);
  return refusalOf(stop);
}

/** The client went away, or sent more than it should: then it is told what became of its rows. */
function lostBy(reason: unknown, finished: FinishedImport, settings: RunSettings): Refusal {
  const stop = lost(finished, settings);
  if (!(reason instanceof RequestStop)) return new Refusal(500, stop);
  const messages = [{ text: `#${faultText(reason.fault)}` }, ...stop.messages];
  return new Refusal(faultStatus(reason.fault), new RunStop(stop.exitCode, messages));
}

function lost({ counts }: FinishedImport, { simulate }: RunSettings): RunStop {
  const hasWritten = !simulate && counts !== null && counts.created + counts.updated > 0;
  return new RunStop(EXIT.reportNotWritable, [reportLost(hasWritten)]);
}
