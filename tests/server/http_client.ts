/** A client that sends whatever bytes it is given, and reads one answer. */

export interface Answer {
  /** NaN: there was none. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Uint8Array;
  /** The body, which must be UTF-8. */
  readonly text: string;
  /** The head as it came, a character a byte. */
  readonly head: string;
}

export type Address = Deno.ConnectOptions | Deno.UnixConnectOptions;

/** Sends a request that asks for the connection to be closed, and reads all that comes. */
export async function send(to: number | Address, ...parts: readonly Uint8Array[]): Promise<Answer> {
  const connection = await connect(to);
  try {
    const answer = readToEnd(connection);
    await write(connection, parts);
    return answerOf(await answer);
  } finally {
    connection.close();
  }
}

/** @param to a port of this machine, or any address */
export async function connect(to: number | Address): Promise<Deno.Conn> {
  if (typeof to !== "number") return await Deno.connect(to as Deno.ConnectOptions);
  return await Deno.connect({ hostname: "127.0.0.1", port: to });
}

async function write(connection: Deno.Conn, parts: readonly Uint8Array[]): Promise<void> {
  try {
    for (const part of parts) {
      for (let rest = part; rest.length > 0;) rest = rest.subarray(await connection.write(rest));
    }
  } catch {
    // The server has closed: what it answered tells why.
  }
}

/** All bytes until the other end closes, or resets. */
export async function readToEnd(connection: Deno.Conn): Promise<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  const buffer = new Uint8Array(65536);
  try {
    for (let count; (count = await connection.read(buffer)) !== null;) pieces.push(buffer.slice(0, count));
  } catch {
    // A reset ends what is read.
  }
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

/** The first answer; interim ones (1xx) may stand before it, and those to other requests behind it. */
export function answerOf(bytes: Uint8Array): Answer {
  let start = 0;
  for (;;) {
    const end = endOfHead(bytes, start);
    const head = new TextDecoder("latin1").decode(bytes.subarray(start, end));
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
    start = end;
    if (status >= 100 && status < 200) continue;
    const headers = fieldsOf(head);
    const body = bytes.subarray(start, start + Number(headers.get("content-length") ?? Infinity));
    return { status, headers, body, text: new TextDecoder().decode(body), head };
  }
}

function endOfHead(bytes: Uint8Array, start: number): number {
  for (let at = start; at + 3 < bytes.length; at++) {
    if (bytes[at] === 13 && bytes[at + 1] === 10 && bytes[at + 2] === 13 && bytes[at + 3] === 10) return at + 4;
  }
  return bytes.length;
}

function fieldsOf(head: string): ReadonlyMap<string, string> {
  const lines = head.split("\r\n").slice(1).filter((line) => line !== "");
  return new Map(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  }));
}
