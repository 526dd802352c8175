/** `csvrecon model derive`: what is known of a database that csvrecon did not make, and an overlay to begin with. */
import { openForeignAnswers } from "../databases/foreign_answers.ts";
import type { ProgramIo } from "../io.ts";
import { draftLines } from "../model/overlay/draft.ts";
import { proposalsFor } from "../model/overlay/proposals.ts";

/** Seconds. */
const BUSY_TIMEOUT = 10;

/** @throws RunStop 64, 73, 75 or 78 */
export async function derivedLines(
  database: string,
  { workingFolder, interruption }: ProgramIo,
): Promise<readonly string[]> {
  const options = { busyTimeoutSeconds: BUSY_TIMEOUT, workingFolder, interruption };
  const answers = await openForeignAnswers(database, options);
  try {
    const { derived } = answers;
    return draftLines(database, derived, proposalsFor(derived, answers));
  } finally {
    answers.close();
  }
}
