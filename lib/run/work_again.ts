/** What the real imports would do whose work a simulated one has taken back along with its own: a trigger may take back a whole transaction. */
import { isInterrupted } from "../interruption.ts";
import { OneImport } from "./one_import.ts";
import type { TogetherOptions } from "./run_together.ts";

/**
 * Puts imports that were not worked yet in the places of those whose work is lost: in transactions of their own they would not have lost it.
 * What has failed stays as it is.
 * @returns whether there is work to do again; false: it is lost, or an input can be read only once
 */
export async function renewLost(runs: OneImport[], { again, afterFailure }: TogetherOptions): Promise<boolean> {
  if (again === undefined || runs.some(({ stop }) => stop !== null && isInterrupted(stop))) return false;
  const lost = [...runs.entries()].filter(([, run]) => run.isTakenBack);
  if (lost.some(([, run]) => !run.isReadableAgain)) return false;
  for (const [index, run] of lost) {
    await run.close();
    runs[index] = await OneImport.of(await again(index));
  }
  return lost.length > 0 || (afterFailure === "continue" && runs.some(({ stop }) => stop === null));
}
