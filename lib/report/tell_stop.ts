/** Tells on standard error why something ended. */
import type { RunStop } from "../errors.ts";
import type { TextSink } from "../io.ts";
import { stopLines, type StopTelling } from "../messages/stop_lines.ts";
import { printedLines } from "./printed_lines.ts";

/** Never fails: when nobody listens, the exit code still tells. */
export async function tellStop(stop: RunStop, telling: StopTelling, stderr: TextSink): Promise<void> {
  await tryToWrite(printedLines(stopLines(stop, telling), stderr), stderr);
}

/** Writes to standard error what nobody must hear. */
export async function tryToWrite(text: string, stderr: TextSink): Promise<void> {
  if (text === "") return;
  try {
    await stderr.write(text);
  } catch {
    // Nobody listens.
  }
}
