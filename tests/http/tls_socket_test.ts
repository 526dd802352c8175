/** How encrypted bytes leave, with clients that take them as slowly as they please. */
import { assertEquals, assertRejects } from "@std/assert";
import { TlsSocket } from "../../lib/http/tls_socket.ts";
import { makeCertificate } from "./openssl_and_curl.ts";
import { pause, readAll } from "./test_server.ts";

/** What a client takes of what is written to it. */
type Taker = (bytes: Uint8Array, write: (bytes: Uint8Array) => Promise<number>) => Promise<number>;

const TAKES_ALL: Taker = (bytes, write) => write(bytes);

interface Pair {
  readonly socket: TlsSocket;
  readonly client: Deno.TlsConn;
  /** Bytes that come to the client from now on are taken so. */
  take(taker: Taker): void;
}

/** Both ends of a connection whose handshake is over. */
async function withPair(leavingTime: number, test: (pair: Pair) => Promise<void>): Promise<void> {
  const certificate = await makeCertificate("one");
  let taker = TAKES_ALL;
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  const connecting = Deno.connectTls({ hostname: "127.0.0.1", port, caCerts: [certificate.certificate] });
  const socket = new TlsSocket(takenBy(await listener.accept(), () => taker), certificate, leavingTime);
  await socket.open();
  const client = await connecting;
  // What TLS 1.3 says behind its handshake has passed, too.
  await client.write(new Uint8Array(1));
  await socket.read(new Uint8Array(1));
  await pause(20);
  try {
    await test({ socket, client, take: (next) => taker = next });
  } finally {
    socket.close();
    client.close();
    listener.close();
    await socket.released;
  }
}

function takenBy(connection: Deno.Conn, taker: () => Taker): Deno.Conn {
  return new Proxy(connection, {
    get(_, key) {
      if (key === "write") return (bytes: Uint8Array) => taker()(bytes, (part) => connection.write(part));
      const value = Reflect.get(connection, key);
      return typeof value === "function" ? value.bind(connection) : value;
    },
  });
}

Deno.test("tls: a write has ended when the client's connection has the bytes, and not when this machine has", async () => {
  await withPair(1000, async ({ socket, client, take }) => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => open = resolve);
    take(async (bytes, write) => (await gate, await write(bytes)));
    let isOver = false;
    const writing = socket.write(new Uint8Array(10_000)).finally(() => isOver = true);
    await pause(50);
    assertEquals(isOver, false);
    open();
    assertEquals(await writing, 10_000);
    socket.close();
    assertEquals((await readAll(client)).length, 10_000);
  });
});

Deno.test("tls: what is left at the close may leave for as long as the client takes something", async () => {
  await withPair(300, async ({ socket, client, take }) => {
    take(async (bytes, write) => (await pause(60), await write(bytes.subarray(0, 1000))));
    const writing = socket.write(new Uint8Array(10_000));
    await pause(20);
    socket.close();
    assertEquals((await readAll(client)).length, 10_000);
    await writing;
  });
});

Deno.test("tls: a client that takes nothing of what is left is cut", async () => {
  await withPair(50, async ({ socket, client, take }) => {
    let fail = () => {};
    take(() => new Promise((_, reject) => fail = () => reject(new Error("closed"))));
    const writing = assertRejects(() => socket.write(new Uint8Array(10_000)), Deno.errors.BrokenPipe);
    await pause(20);
    socket.close();
    await readAll(client);
    // As a write does whose connection is closed.
    fail();
    await writing;
    await socket.released;
  });
});
