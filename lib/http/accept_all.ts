/** Takes the connections of a listener, one after the other, for as long as it is open. */

/** Milliseconds until the next try when the system has no room: it may have no file handles left for a while. */
const PAUSE = 100;

/** What became of the one connection, and says nothing of the next (`man 2 accept`). */
const OF_ONE_CONNECTION: ReadonlySet<unknown> = new Set([
  "ECONNABORTED",
  "ECONNRESET",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "EINTR",
  "ENETDOWN",
  "ENETUNREACH",
  "ENONET",
  "ENOTCONN",
  "EPERM",
  "EPROTO",
]);

/** @param isClosed whether the listener was closed, which ends a wait with an error */
export async function acceptAll(
  listener: Pick<Deno.Listener, "accept">,
  isClosed: () => boolean,
  take: (connection: Deno.Conn) => void,
): Promise<void> {
  while (!isClosed()) {
    let connection: Deno.Conn;
    try {
      connection = await listener.accept();
    } catch (error) {
      // Nobody is to wait for connections that ended before they were taken: a stranger may make thousands of them.
      if (!isClosed() && !isOfOneConnection(error)) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      continue;
    }
    take(connection);
  }
}

function isOfOneConnection(error: unknown): boolean {
  return error instanceof Error && "code" in error && OF_ONE_CONNECTION.has(error.code);
}
