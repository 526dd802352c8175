/** Each limit, with small values. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { RequestStop } from "../../lib/http/exchange.ts";
import { echo, pause, readAll, statusOf, talk, textAnswer, until, withServer } from "./test_server.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const POST = "POST / HTTP/1.1\r\nHost: a\r\n";

/** Sends a text, then byte after byte for as long as the server listens. @returns the answer, and the seconds until it was over */
async function drip(
  port: number,
  text: string,
  every: number,
  what = "a",
): Promise<{ answer: string; seconds: number }> {
  const start = performance.now();
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  let isOver = false;
  const answer = readAll(connection).finally(() => isOver = true);
  try {
    await connection.write(new TextEncoder().encode(text));
    while (!isOver) {
      await pause(every);
      if (!isOver) await connection.write(new TextEncoder().encode(what));
    }
  } catch {
    // Closed meanwhile.
  }
  const result = { answer: await answer, seconds: (performance.now() - start) / 1000 };
  connection.close();
  return result;
}

Deno.test("limits: headers must come in time, from their first byte", async () => {
  await withServer({ limits: { headerSeconds: 0.3 } }, async ({ port, ends }) => {
    const { answer, seconds } = await drip(port, "GET / HT", 50, "");
    assertEquals(statusOf(answer), 408);
    assert(seconds >= 0.3 && seconds < 3, `${seconds}`);
    assertEquals((await drip(port, "GET / HTTP/1.1\r\nA: ", 20)).answer.slice(0, 12), "HTTP/1.1 408");
    assertEquals((await drip(port, "", 20, "\r\n")).answer.slice(0, 12), "HTTP/1.1 408");
    assertEquals(ends.map(({ fault }) => fault?.kind), Array(3).fill("headers_too_slow"));
  });
});

Deno.test("limits: a connection that never says anything is closed without a word, and told of", async () => {
  await withServer({ limits: { headerSeconds: 0.1 } }, async ({ port, ends }) => {
    assertEquals(await talk(port), "");
    assertEquals(ends.map(({ request, status, fault }) => [request, status, fault?.kind]), [[
      null,
      null,
      "headers_too_slow",
    ]]);
  });
});

Deno.test("limits: a connection waits for another request no longer than it may", async () => {
  await withServer({ limits: { idleSeconds: 0.2 } }, async ({ port, ends }) => {
    const answer = await talk(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assertStringIncludes(answer, "Connection: keep-alive");
    assertEquals(ends.length, 1);
  });
});

Deno.test("limits: a body that says that it is too large is refused unread", async () => {
  let calls = 0;
  await withServer(
    { limits: { bodyBytes: 10 }, handler: (request) => (calls++, echo(request)) },
    async ({ port, ends }) => {
      assertEquals(statusOf(await talk(port, `${POST}Content-Length: 11\r\nExpect: 100-continue\r\n\r\n`)), 413);
      assertEquals(statusOf(await talk(port, `${POST}Content-Length: 11\r\n\r\n12345678901`)), 413);
      assertEquals(calls, 0);
      assertEquals(ends[0]?.request?.path, "/");
      assertEquals(statusOf(await talk(port, `${POST}Connection: close\r\nContent-Length: 10\r\n\r\n1234567890`)), 200);
    },
  );
});

Deno.test("limits: the bytes of chunks are counted", async () => {
  await withServer({ limits: { bodyBytes: 10 } }, async ({ port, ends }) => {
    const chunked = `${POST}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n`;
    assertEquals(statusOf(await talk(port, `${chunked}5\r\n12345\r\n5\r\n12345\r\n0\r\n\r\n`)), 200);
    assertEquals(statusOf(await talk(port, `${chunked}5\r\n12345\r\n6\r\n12345`, "6\r\n0\r\n\r\n")), 413);
    assertEquals(statusOf(await talk(port, `${chunked}ffffffffffffffff\r\n12345678901`)), 413);
    assertEquals(ends.map(({ fault }) => fault?.kind ?? null), [null, "body_too_large", "body_too_large"]);
  });
});

Deno.test("limits: a body must come as fast as the least, and one that does may take its time", async () => {
  const limits = { bytesPerSecond: 50, rateSeconds: 0.4 };
  await withServer({ limits }, async ({ port, ends }) => {
    const slow = await drip(port, `${POST}Content-Length: 1000\r\n\r\n`, 100);
    assertEquals(statusOf(slow.answer), 408);
    assert(slow.seconds >= 0.4 && slow.seconds < 3, `${slow.seconds}`);
    assertEquals(ends[0]?.fault, { kind: "body_too_slow", bytesPerSecond: 50 });
    const parts = Array.from({ length: 10 }, () => "a".repeat(20));
    const good = drip(port, `${POST}Connection: close\r\nContent-Length: 200\r\n\r\n`, 100, parts[0]);
    assertEquals(statusOf((await good).answer), 200);
  });
});

Deno.test("limits: a whole request must come in time, but the time before its body is asked for does not count", async () => {
  const handler: typeof echo = async (request) => {
    await pause(600);
    return echo(request);
  };
  await withServer({ limits: { requestSeconds: 0.5, rateSeconds: 0.5 }, handler }, async ({ port, ends }) => {
    assertEquals(statusOf((await drip(port, `${POST}Content-Length: 1000\r\n\r\n`, 10)).answer), 408);
    assertEquals(ends[0]?.fault?.kind, "request_too_slow");
    const answer = await talk(port, `${POST}Connection: close\r\nContent-Length: 5\r\n\r\n`, "abcde");
    assertEquals(statusOf(answer), 200);
  });
});

Deno.test("limits: bodies that still come when the server stops, slowly or fast, do not put off its end", async () => {
  await withServer({ limits: { stopSeconds: 0.3 } }, async ({ port, ends, server }) => {
    const slow = drip(port, `${POST}Content-Length: 1000\r\n\r\n`, 10);
    const fast = drip(port, `${POST}Content-Length: 1000000\r\n\r\n`, 0.5);
    const silent = await Deno.connect({ hostname: "127.0.0.1", port });
    await silent.write(new TextEncoder().encode(`${POST}Content-Length: 1000\r\n\r\n`));
    await until(() => server.requestCount === 3);
    const start = performance.now();
    await server.stop();
    const took = performance.now() - start;
    assert(took > 250 && took < 2500, `${took}`);
    assertEquals(ends.map(({ fault, status }) => [fault?.kind, status]), Array(3).fill(["stopping", 503]));
    for (const { answer } of [await slow, await fast]) assertEquals(statusOf(answer), 503);
    silent.close();
  });
});

Deno.test("limits: a client that does not take its answer is dropped, and what it was sent is counted", async () => {
  const piece = new Uint8Array(100_000);
  let closes = 0;
  const body = { bytes: 100_000_000, pieces: () => Array<Uint8Array>(1000).fill(piece), close: () => void closes++ };
  const handler = () => Promise.resolve({ status: 200, headers: {}, body });
  await withServer({ limits: { rateSeconds: 0.3 }, handler }, async ({ port, ends, server }) => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode(GET));
    await until(() => ends.length === 1);
    assertEquals(ends[0]?.fault?.kind, "answer_too_slow");
    const bytes = ends[0]?.bytesOut ?? 0;
    assert(bytes > 0 && bytes < 100_000_000, `${bytes}`);
    assertEquals(closes, 1);
    connection.close();
    await until(() => server.connectionCount === 0);
  });
});

Deno.test("limits: one connection too many is told so at once, and places become free again", async () => {
  await withServer({ limits: { connections: 2 } }, async ({ port, ends, server }) => {
    const idle = [
      await Deno.connect({ hostname: "127.0.0.1", port }),
      await Deno.connect({ hostname: "127.0.0.1", port }),
    ];
    await until(() => server.connectionCount === 2);
    const answer = await talk(port, GET);
    assertEquals(statusOf(answer), 503);
    assertStringIncludes(answer, "Retry-After");
    assertEquals(ends[0]?.fault?.kind, "too_many_connections");
    for (const connection of idle) connection.close();
    await until(() => server.connectionCount === 0);
    assertEquals(statusOf(await talk(port, GET)), 200);
  });
});

Deno.test("limits: a client that goes away is noticed while its answer is made, and in its body", async () => {
  const reasons: unknown[] = [];
  const handler: typeof echo = async (request) => {
    const wait = new Promise<void>((resolve) => request.signal.addEventListener("abort", () => resolve()));
    if (request.path === "/wait") await wait;
    else await echo(request).catch(() => wait);
    reasons.push((request.signal.reason as RequestStop).fault.kind);
    return textAnswer(400, "");
  };
  const cases: readonly (readonly [string, string])[] = [
    ["GET /wait HTTP/1.1\r\nHost: a\r\n\r\n", "client_gone"],
    ["POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", "client_gone"],
    ["POST /wait HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabc", "body_too_short"],
    ["POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabc", "body_too_short"],
    ["POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc", "body_too_short"],
  ];
  await withServer({ handler }, async ({ port, ends }) => {
    for (const [bytes, reason] of cases) {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port });
      await connection.write(new TextEncoder().encode(bytes));
      await pause(20);
      connection.close();
      await until(() => reasons.length > 0);
      assertEquals(reasons.splice(0), [reason], bytes);
    }
    await until(() => ends.length === cases.length);
    assertEquals(ends.map<string | undefined>(({ fault }) => fault?.kind), cases.map(([, reason]) => reason));
  });
});
