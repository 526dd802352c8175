/** Takes the connections of a listener, one after the other, for as long as it is open. */

/** Milliseconds until the next try after one that failed: the system may have no file handles left for a while. */
const PAUSE = 100;

/** @param isClosed whether the listener was closed, which ends a wait with an error */
export async function acceptAll(
  listener: Deno.Listener,
  isClosed: () => boolean,
  take: (connection: Deno.Conn) => void,
): Promise<void> {
  while (!isClosed()) {
    let connection: Deno.Conn;
    try {
      connection = await listener.accept();
    } catch {
      // A connection that ended before it was taken, or no handles for one: the next may do better.
      if (!isClosed()) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      continue;
    }
    take(connection);
  }
}
