/** Requests that nobody would send. */
import { assert, assertEquals } from "@std/assert";
import { bytesOf, pause, statusOf, until, withServer } from "./test_server.ts";

const SEED = 20_240_917;
const REQUESTS = 2000;

/** Mulberry32: the same numbers from 0 to 1 on every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const TARGETS = ["/", "/a?b", "*", "http://a/", "//", "/%00", "a", "/\xff", "/" + "a".repeat(3000), ""];
const FIELDS = [
  ...[
    "Host: a",
    "Host: b/c",
    "Content-Length: 3",
    "Content-Length: 0",
    "Content-Length: 99999999999",
    "Content-Length: x",
  ],
  ...[
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: gzip",
    "Expect: 100-continue",
    "Expect: x",
    "Connection: close",
  ],
  ...["Upgrade: h2c", "Connection: upgrade", "A: b\r\n c", ": x", "A\0: b", `A: ${"b".repeat(2000)}`, "A: \xff", "A:"],
];
const BODIES = ["", "abc", "abcdef", "3\r\nabc\r\n0\r\n\r\n", "3\r\nabcd\r\n", "ffffffff\r\nabc", "3;x\nabc", "\0\0\0"];

/** Mostly sound, so that faults are found deep inside too. */
function fuzzedRequest(random: () => number): string {
  const oneOf = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  const method = random() < 0.8 ? oneOf(["GET", "POST", "HEAD", "PUT"]) : oneOf(["OPTIONS", "CONNECT", "PRI", "x", ""]);
  const version = random() < 0.9 ? "HTTP/1.1" : oneOf(["HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "RTSP/1.0", ""]);
  const target = random() < 0.7 ? "/" : oneOf(TARGETS);
  const fields = Array.from({ length: Math.floor(random() * 4) }, () => oneOf(FIELDS));
  const head = [`${method} ${target} ${version}`, ...random() < 0.9 ? ["Host: a"] : [], ...fields];
  const text = `${head.join("\r\n")}\r\n\r\n${oneOf(BODIES)}`;
  return random() < 0.4 ? mutated(text, random) : text;
}

function mutated(text: string, random: () => number): string {
  const at = Math.floor(random() * text.length);
  const byte = String.fromCharCode(Math.floor(random() * 256));
  const kind = random();
  if (kind < 0.4) return text.slice(0, at) + byte + text.slice(at + 1);
  if (kind < 0.6) return text.slice(0, at) + byte + text.slice(at);
  if (kind < 0.8) return text.slice(0, at) + text.slice(at + 1);
  return text.slice(0, at);
}

Deno.test(`fuzz: ${REQUESTS} requests with seed ${SEED} never hang, never fail, and each is answered or cut`, async () => {
  const random = randomNumbers(SEED);
  const requests = Array.from({ length: REQUESTS }, () => fuzzedRequest(random));
  const statuses = new Map<number, number>();
  await withServer({ limits: { bodyBytes: 1000, connections: 5000 } }, async ({ port, ends, server }) => {
    const worker = async () => {
      for (let text = requests.pop(); text !== undefined; text = requests.pop()) {
        const status = await talkAndClose(port, text);
        assert(
          Number.isNaN(status) || (status >= 100 && status < 500) || [501, 505].includes(status),
          JSON.stringify([status, text]),
        );
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    };
    await Promise.all(Array.from({ length: 50 }, worker));
    await until(() => server.connectionCount === 0);
    assertEquals(ends.filter(({ error }) => error !== null), []);
  });
  // The fuzz is worth something only while it gets far.
  for (const status of [200, 400, 413, 417, 501, 505]) {
    assert((statuses.get(status) ?? 0) > 10, JSON.stringify([...statuses]));
  }
});

/** Half-closes behind the request, so that nothing is waited for. @returns the status of the answer; NaN: none */
async function talkAndClose(port: number, text: string): Promise<number> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  try {
    await connection.write(bytesOf(text));
    await pause(1);
    await connection.closeWrite();
    const buffer = new Uint8Array(4096);
    const count = await connection.read(buffer);
    return statusOf(String.fromCharCode(...buffer.subarray(0, count ?? 0)));
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionReset || error instanceof Deno.errors.BrokenPipe) return NaN;
    if (error instanceof Deno.errors.NotConnected) return NaN;
    throw error;
  } finally {
    connection.close();
  }
}
