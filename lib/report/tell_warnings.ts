/** Tells on standard error what a run that came to its end warns of: a report may be a number, or nobody may read it (SPEC 11). */
import type { TextSink } from "../io.ts";
import { warningAside } from "../messages/warnings.ts";
import { printedLines } from "./printed_lines.ts";
import { tryToWrite } from "./tell_stop.ts";

/** Never fails. @param about what they are about, with what ends it; empty: the only run */
export async function tellWarnings(warnings: readonly string[], about: string, stderr: TextSink): Promise<void> {
  await tryToWrite(printedLines(warnings.map((warning) => warningAside(about, warning)), stderr), stderr);
}
