/** The file of a Unix socket: who may use it, and what becomes of one that is there already. */
import { dirname, join } from "node:path";
import { ListenFailed } from "./listen_failed.ts";

/** The owner and its group may connect. */
const MODE = 0o660;

/** Bytes. The system keeps one more, for the end: of 108 (`man 7 unix`), or of 104 where it descends from BSD. */
const LONGEST_PATH = ["darwin", "freebsd", "netbsd"].includes(Deno.build.os) ? 103 : 107;

/** Of the name that the socket has at first. */
const OWN_NAME_BYTES = 9;

export interface UnixListener {
  readonly listener: Deno.Listener;
  /** Removes the file, unless it is another server's by now. */
  remove(): Promise<void>;
}

/**
 * Listens under a name of its own and then takes the path at once: so nobody finds a file that everybody may use, or none where a
 * stale one was replaced.
 * @throws ListenFailed
 */
export async function listenUnix(path: string): Promise<UnixListener> {
  const own = join(dirname(path), `.${crypto.randomUUID().slice(0, OWN_NAME_BYTES - 1)}`);
  refuseTooLong([path, own]);
  await refuseTaken(path);
  let listener: Deno.Listener | null = null;
  try {
    listener = Deno.listen({ transport: "unix", path: own });
    await Deno.chmod(own, MODE);
    const { ino } = await Deno.lstat(own);
    await Deno.rename(own, path);
    return { listener, remove: () => remove(path, ino) };
  } catch (error) {
    listener?.close();
    await Deno.remove(own).catch(() => {});
    throw ListenFailed.from(error);
  }
}

/** A longer path can be given to a socket by renaming it, and nobody can connect to it. */
function refuseTooLong(paths: readonly string[]): void {
  const bytes = Math.max(...paths.map((path) => new TextEncoder().encode(path).length));
  if (bytes <= LONGEST_PATH) return;
  throw new ListenFailed({ kind: "path_too_long", bytes, most: LONGEST_PATH, shortestName: OWN_NAME_BYTES });
}

async function refuseTaken(path: string): Promise<void> {
  const found = await Deno.lstat(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return null;
    throw ListenFailed.from(error);
  });
  if (found === null) return;
  if (!found.isSocket) throw new ListenFailed({ kind: "not_a_socket" });
  try {
    (await Deno.connect({ transport: "unix", path })).close();
  } catch (error) {
    // Nobody answers: it was left behind by a server that was killed.
    if (error instanceof Deno.errors.ConnectionRefused || error instanceof Deno.errors.NotFound) return;
    throw ListenFailed.from(error);
  }
  throw new ListenFailed({ kind: "in_use" });
}

async function remove(path: string, ino: number | null): Promise<void> {
  const found = await Deno.lstat(path).catch(() => null);
  if (found?.isSocket && found.ino === ino) await Deno.remove(path).catch(() => {});
}
