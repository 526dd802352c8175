/** How the end of a run is told on standard error. */
import { EXIT, type RunStop, type StopMessage } from "../errors.ts";

export interface StopTelling {
  /** Standard output has told it already, and a person sees both: only what to do is left to say. */
  readonly isTold: boolean;
  /** What it is about, before each message; empty: the whole run. */
  readonly about: string;
}

/** Lines without their ends: why a run stopped and what to do; for a bug, where in the program it is. */
export function stopLines(stop: RunStop, telling: StopTelling): string[] {
  const lines = stop.messages.flatMap((message) => linesOf(message, telling));
  if (stop.exitCode === EXIT.bug && stop.cause instanceof Error) {
    lines.push(...(stop.cause.stack ?? stop.cause.message).split("\n"));
  }
  return lines;
}

function linesOf(message: StopMessage, { isTold, about }: StopTelling): string[] {
  const text = isTold ? [] : [`csvrecon: ${about}${message.text.replace(/^#/, "")}`];
  return message.hint === undefined ? text : [...text, `  ${message.hint}`];
}
