/** Why a run was stopped, as lines of its report. */
import { EXIT, type ExitCode } from "../errors.ts";
import { limitExceeded } from "../messages/limits.ts";
import { reportLine } from "../messages/report.ts";
import type { RefusedRun, RunEnd, RunHeading } from "./run_facts.ts";

/** What to do is told of requests and imports only: other hints speak of paths and of the command line of whoever runs the program. */
const WITH_HINTS: ReadonlySet<ExitCode> = new Set([
  EXIT.limitExceeded,
  EXIT.usage,
  EXIT.badInput,
  EXIT.notAllowed,
  EXIT.databaseLocked,
]);

/**
 * @param hasHints whoever reads it sees no standard error, where hints stand otherwise
 * @returns lines without their ends
 */
export function refusalLines({ messages, exitCode }: RefusedRun, hasHints: boolean): string[] {
  const isHelped = hasHints && WITH_HINTS.has(exitCode);
  return messages.flatMap(({ text, hint }) => isHelped && hint !== undefined ? [text, reportLine.hint(hint)] : [text]);
}

/** Why a run with limits was taken back, if it was. @param hasHints as of `refusalLines` @returns lines without their ends */
export function exceededLines(heading: RunHeading, { exceeded }: RunEnd, hasHints: boolean): string[] {
  const messages = exceeded.map((one) => limitExceeded(one, heading.class));
  return refusalLines({ messages, exitCode: EXIT.limitExceeded }, hasHints);
}
