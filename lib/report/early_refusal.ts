/** The report of a run that was stopped before it knew what to report. */
import type { TextSink } from "../io.ts";
import type { TypedReportStyle } from "../parameters/settings/typed_report_style.ts";
import { jsonRefused } from "./json_lines.ts";
import { printedLines } from "./printed_lines.ts";
import { refusalLines } from "./refusal_lines.ts";
import type { RefusedRun } from "./run_facts.ts";
import { safeText } from "./safe_csv.ts";

/** How it is to look. */
interface EarlyStyle extends TypedReportStyle {
  /** What to do stands beside what is wrong, for who sees no standard error; left out: it does not. */
  readonly hasHints?: boolean;
}

/**
 * @param usage lines to follow the messages; null: none
 * @param sink where it will be printed
 */
export function earlyRefusal(
  run: RefusedRun,
  { output, safeCsv, hasHints = false }: EarlyStyle,
  usage: string | null,
  sink: Pick<TextSink, "isTerminal">,
): string {
  if (output === "json") return jsonRefused(run);
  const messages = refusalLines(run, hasHints).map((text) => safeCsv ? safeText(text) : text);
  return printedLines(messages, sink) + (usage === null ? "" : `${usage}\n`);
}
