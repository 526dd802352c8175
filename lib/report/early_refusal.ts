/** The report of a run that was stopped before it knew what to report. */
import { jsonRefused } from "./json_lines.ts";
import type { RefusedRun } from "./run_facts.ts";

/**
 * @param output as typed, whatever it is
 * @param usage lines to follow the messages; null: none
 */
export function earlyRefusal(run: RefusedRun, output: string | undefined, usage: string | null): string {
  if (output === "json") return jsonRefused(run);
  const lines = [...run.messages.map((message) => message.text), ...(usage === null ? [] : [usage])];
  return lines.map((line) => line + "\n").join("");
}
