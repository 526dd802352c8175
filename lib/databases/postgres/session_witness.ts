/** Asks a server over a second connection what the first one is at. */
import type { Seen, Witness } from "./connection_watch.ts";

/** The second connection. It is opened when it is first needed, and kept. */
export interface WitnessConnection {
  /** The first value of the answer; undefined: there is no row. */
  firstValue(sql: string): Promise<unknown>;
  close(): void;
}

/** Why it could not be opened: the server is not there, or it is and lets nobody else in. */
export class NotLetIn extends Error {}

const RETRY = 300;

/** @param processId null: the server does not tell what a session is at @param open @throws NotLetIn by a server that is there; anything else when it is not */
export function sessionWitness(
  processId: number | null,
  open: (within: number) => Promise<WitnessConnection>,
): Witness {
  let kept: WitnessConnection | null = null;
  let isClosed = false;
  const drop = () => {
    kept?.close();
    kept = null;
  };
  const askKept = async (within: number): Promise<Seen | null> => {
    if (kept === null) return null;
    try {
      const seen = await inTime(kept.firstValue(question(processId)), within);
      if (seen !== null) return seenIn(seen.value);
    } catch {
      // Whatever has become of it, another one tells.
    }
    drop();
    return null;
  };
  const askNew = async (within: number): Promise<Seen> => {
    const end = performance.now() + within;
    for (let left = within; left > 0 && !isClosed; left = end - performance.now()) {
      try {
        kept = await open(left);
        if (isClosed) drop();
        // Who is let in and gets no answer may stand in the line of a pooler.
        return await askKept(end - performance.now()) ?? "works";
      } catch (error) {
        if (error instanceof NotLetIn) return "works";
        await new Promise((resolve) => setTimeout(resolve, Math.min(RETRY, left)));
      }
    }
    return "no_answer";
  };
  return {
    // A connection that is as dead as the other one must leave time for a new one.
    ask: async (within) => await askKept(within / 3) ?? await askNew(within * 2 / 3),
    close() {
      isClosed = true;
      drop();
    },
  };
}

/** Whoever may see nothing of the session is told null. */
function question(processId: number | null): string {
  if (processId === null) return "SELECT false";
  return `SELECT wait_event_type = 'Client' FROM pg_catalog.pg_stat_activity WHERE pid = ${processId}`;
}

function seenIn(value: unknown): Seen {
  if (value === undefined) return "gone";
  return value === true ? "waits" : "works";
}

/** Null: not in time. */
export async function inTime<T>(promise: Promise<T>, within: number): Promise<{ readonly value: T } | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => timer = setTimeout(() => resolve(null), Math.max(0, within)));
  try {
    return await Promise.race([promise.then((value) => ({ value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
