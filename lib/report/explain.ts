/** Tells on standard error why something ended. */
import type { RunStop } from "../errors.ts";
import type { TextSink } from "../io.ts";
import { stopLines, type StopTelling } from "../messages/stop_lines.ts";

/** Never fails: when nobody listens, the exit code still tells. */
export async function explain(stop: RunStop, telling: StopTelling, stderr: TextSink): Promise<void> {
  await whisper(stopLines(stop, telling), stderr);
}

/** Writes to standard error what nobody must hear. */
export async function whisper(text: string, stderr: TextSink): Promise<void> {
  try {
    await stderr.write(text);
  } catch {
    // Nobody listens.
  }
}
