/** Clients that send a byte a second: they keep nobody from an answer, take no memory, and are dropped. */
import { assert, assertEquals } from "@std/assert";
import { withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { answerOf, connect, readToEnd } from "../server/http_client.ts";
import { countOf, ONE_ROW, ORGANIZATIONS } from "../server/own_requests.ts";
import { formPost } from "../server/post.ts";
import { peakOf, residentOf } from "./process_memory.ts";
import { pause, type ServedProcess, withServedProcess } from "./served_process.ts";

const CLIENTS = 200;
const HEADER_SECONDS = 4;
const REQUEST_SECONDS = 6;
const LIMITS = [`--header_timeout=${HEADER_SECONDS}`, `--request_timeout=${REQUEST_SECONDS}`];

/** What is sent at once; the rest comes a byte a second. */
const BEGINNINGS = [
  "POST /",
  "POST /import HTTP/1.1\r\nHost: a\r\nX: ",
  "POST /import HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 100000\r\n\r\nname",
  "POST /import?auth_user=admin&auth_pwd=admin&class=Organization HTTP/1.1\r\nHost: a\r\n" +
  "Content-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\nname",
];

interface SlowEnd {
  readonly status: number;
  readonly seconds: number;
}

async function beSlow(port: number, beginning: string): Promise<SlowEnd> {
  const begin = performance.now();
  const connection = await connect(port);
  let isOver = false;
  const answer = readToEnd(connection).then((bytes) => {
    isOver = true;
    return { status: answerOf(bytes).status, seconds: (performance.now() - begin) / 1000 };
  });
  try {
    await connection.write(new TextEncoder().encode(beginning));
    while (!isOver) {
      await pause(1000);
      await connection.write(new TextEncoder().encode("x"));
    }
  } catch {
    // Dropped: the answer tells.
  }
  const end = await answer;
  connection.close();
  return end;
}

Deno.test({
  name: `${CLIENTS} clients that send a byte a second keep nobody from an answer within 2 s, and are dropped with 408`,
  // Only Linux tells the memory of another process without a tool that must be installed: /proc.
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withScratch(async (scratch) => {
      const database = await copyWorld(scratch);
      await withServedProcess(scratch, LIMITS, async (served) => {
        const alone = await postUntil(pause(1500), served);
        const before = residentOf(served.pid);
        const slow = Array.from({ length: CLIENTS }, (_, index) => beSlow(served.port, BEGINNINGS[index % 4] ?? ""));
        const slowest = await postUntil(Promise.all(slow), served);
        // The clients, and whatever else the machine does, take their part of its processors too.
        assert(slowest < 2000 + 2 * alone, `a good client waited ${slowest} ms, and alone ${alone} ms`);
        assertDropped(await Promise.all(slow));
        const grown = Math.max(peakOf(served.pid), residentOf(served.pid)) - before;
        assert(grown < 60, `${grown} MiB for ${CLIENTS} slow clients`);
        assertEquals(countOf(database, "Organization"), 2);
      });
    }),
});

/** Posts again and again. @returns the longest wait for an answer, in milliseconds */
async function postUntil(end: Promise<unknown>, { post }: ServedProcess): Promise<number> {
  let isOver = false;
  end.then(() => isOver = true);
  let slowest = 0;
  while (!isOver) {
    const begin = performance.now();
    const { status, text } = await post(formPost(ORGANIZATIONS, ONE_ROW));
    assertEquals(status, 200, text);
    slowest = Math.max(slowest, performance.now() - begin);
    await pause(100);
  }
  return slowest;
}

function assertDropped(ends: readonly SlowEnd[]): void {
  for (const [index, { status, seconds }] of ends.entries()) {
    assertEquals(status, 408, `client ${index}`);
    const limit = index % 4 < 2 ? HEADER_SECONDS : REQUEST_SECONDS;
    assert(seconds > limit - 1 && seconds < limit + 5, `client ${index} was dropped after ${seconds} s`);
  }
}
