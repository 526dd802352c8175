/**
 * Ends a connection so that the client sees its answer: a system that closes one with unread bytes resets it, and the client then loses
 * what it has not read (RFC 9112, section 9.6).
 */
import type { ConnectionInput } from "./connection_input.ts";
import { endWithin } from "./time_limit.ts";

/** Milliseconds: how long a client may go on sending, be silent, and do either once the server is stopping. */
const MOST_TIME = 30_000;
const MOST_SILENCE = 5_000;
const MOST_TIME_AT_STOP = 500;

/** Bytes that are read and thrown away. */
const MOST_BYTES = 64 * 2 ** 20;

/** Says that nothing more will come, and takes what still comes until the client has closed; a wake is taken for the server's stop. */
export async function linger(
  connection: { closeWrite(): Promise<void> },
  input: ConnectionInput,
  isStopping: () => boolean,
): Promise<void> {
  if (input.isEnded) return;
  if (await endWithin(connection.closeWrite(), MOST_TIME_AT_STOP) === null) return;
  const start = performance.now();
  for (let bytes = 0; bytes < MOST_BYTES;) {
    bytes += input.bytes.length;
    input.use(input.bytes.length);
    const most = isStopping() ? MOST_TIME_AT_STOP : MOST_TIME;
    const arrival = await input.wait(Math.min(MOST_SILENCE, start + most - performance.now()));
    if (arrival === "end" || arrival === "late") return;
  }
}
