/**
 * A pooler between us and the server may give our session to others whenever no transaction is open in it. What a session is told at its
 * beginning would then be told to others, and not to us.
 */
import { inTime, type WitnessConnection } from "./session_witness.ts";

/** What the server calls the session of whoever asks. */
export const OWN_PROCESS = "SELECT pg_catalog.pg_backend_pid()";

/** In a pooler that is busy somebody else may have had the session when we asked. */
const ROUNDS = 3;

/** Milliseconds: a pooler that keeps the session for us may have no other one. */
const LONGEST = 1000;

/**
 * @param processId of the session as it was when it was ours
 * @param again asks the session for its number once more
 * @param open lets somebody else in
 */
export async function isShared(
  processId: number,
  again: () => Promise<unknown>,
  open: (within: number) => Promise<WitnessConnection>,
): Promise<boolean> {
  const other = await opened(open);
  if (other === null) return false;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      // A pooler may let in whom it then has no session for.
      const its = await inTime(other.firstValue(OWN_PROCESS), LONGEST).catch(() => null);
      if (its === null) return false;
      if (its.value === processId || await again() !== processId) return true;
    }
    return false;
  } finally {
    other.close();
  }
}

/** Null: the pooler has no room for anybody else. */
async function opened(open: (within: number) => Promise<WitnessConnection>): Promise<WitnessConnection | null> {
  try {
    return await open(LONGEST);
  } catch {
    return null;
  }
}
