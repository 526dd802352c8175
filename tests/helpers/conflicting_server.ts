/** A server that takes transactions back: what stands before a real one, and has it refuse statements of transactions that a test chooses. */
import { join } from "@std/path";
import type { PostgresServer } from "./postgres_server.ts";

export interface ConflictingServer {
  /** Of its Unix socket. */
  readonly folder: string;
  readonly port: number;
  /** How many statements of transactions have come, BEGIN and ROLLBACK aside. */
  readonly statements: number;
  /** How many of them were refused. */
  readonly refused: number;
}

/** What comes in a transaction. */
export interface ComingStatement {
  /** From 0, over all transactions. */
  readonly number: number;
  readonly isCommit: boolean;
}

/** Whether the server is to refuse it; a text is the SQLSTATE, `40001` when it is only true. */
export type Refuses = (statement: ComingStatement) => boolean | string;

/** Frontend messages (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
const SYNC = "S".charCodeAt(0);
const QUERY = "Q".charCodeAt(0);

export async function withConflicts<T>(
  server: PostgresServer,
  refuses: Refuses,
  use: (conflicting: ConflictingServer) => Promise<T>,
): Promise<T> {
  const folder = Deno.makeTempDirSync({ prefix: "csvrecon-conflicts-" });
  const socket = `.s.PGSQL.${server.port}`;
  const listener = Deno.listen({ transport: "unix", path: join(folder, socket) });
  const counts = { statements: 0, refused: 0 };
  const connections = new Set<Deno.Conn>();
  const joinEnds = async (client: Deno.Conn) => {
    const behind = await Deno.connect({ transport: "unix", path: join(server.folder, socket) });
    for (const end of [client, behind]) connections.add(end);
    await Promise.allSettled([carry(behind, client), watch(client, behind, refuses, counts)]);
    for (const end of [client, behind]) if (connections.delete(end)) end.close();
  };
  const accept = async () => {
    for await (const client of listener) joinEnds(client).catch(() => {});
  };
  // The listener is closed while it waits.
  accept().catch(() => {});
  try {
    return await use({
      folder,
      port: server.port,
      get statements() {
        return counts.statements;
      },
      get refused() {
        return counts.refused;
      },
    });
  } finally {
    listener.close();
    for (const end of connections) end.close();
    connections.clear();
    Deno.removeSync(folder, { recursive: true });
  }
}

async function carry(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(64 * 1024);
  for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
    await writeAll(to, buffer.subarray(0, count));
  }
  await to.closeWrite().catch(() => {});
}

async function writeAll(to: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await to.write(rest));
}

/** Everything that belongs together goes on at once, or a refusal in its place. */
async function watch(
  from: Deno.Conn,
  to: Deno.Conn,
  refuses: Refuses,
  counts: { statements: number; refused: number },
): Promise<void> {
  let isIn = false;
  let unit: Uint8Array[] = [];
  for await (const message of messagesOf(from)) {
    unit.push(message);
    const isQuery = message[0] === QUERY;
    if (isQuery || message[0] === SYNC) {
      const text = isQuery ? new TextDecoder().decode(message.subarray(5, -1)) : "";
      const ends = /^ROLLBACK$/.test(text);
      if (isIn && !ends) {
        const refusal = refuses({ number: counts.statements++, isCommit: text === "COMMIT" });
        if (refusal !== false) {
          counts.refused++;
          unit = [raising(refusal === true ? "40001" : refusal)];
        }
      }
      if (/^BEGIN/.test(text)) isIn = true;
      if (ends) isIn = false;
    } else if (message[0] !== "p".charCodeAt(0) && message[0] !== 0 && message[0] !== "X".charCodeAt(0)) continue;
    for (const one of unit) await writeAll(to, one);
    unit = [];
  }
  await to.closeWrite().catch(() => {});
}

/** The first one has no letter before its length. */
async function* messagesOf(from: Deno.Conn): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(64 * 1024);
  let waiting = new Uint8Array(0);
  let head = 0;
  for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
    const all = new Uint8Array(waiting.length + count);
    all.set(waiting);
    all.set(buffer.subarray(0, count), waiting.length);
    let start = 0;
    for (;;) {
      const length = all.length - start < head + 4 ? Infinity : new DataView(all.buffer).getUint32(start + head);
      if (start + head + length > all.length) break;
      yield all.slice(start, start + head + length);
      start += head + length;
      head = 1;
    }
    waiting = all.slice(start);
  }
}

function raising(sqlstate: string): Uint8Array {
  const text = new TextEncoder().encode(
    `DO $$ BEGIN RAISE EXCEPTION 'restart transaction' USING ERRCODE = '${sqlstate}'; END $$`,
  );
  const message = new Uint8Array(text.length + 6);
  message[0] = QUERY;
  new DataView(message.buffer).setUint32(1, text.length + 5);
  message.set(text, 5);
  return message;
}
