/** What clients get to see of answers. */
import { assert, assertEquals, assertFalse, assertStringIncludes, assertThrows } from "@std/assert";
import { answerHead } from "../../lib/http/answer_head.ts";
import type { HttpAnswer, RequestFault } from "../../lib/http/exchange.ts";
import { bytesBody } from "../../lib/http/fault_answer.ts";
import { curl } from "./openssl_and_curl.ts";
import { bodyOf, bodyText, echo, pause, statusOf, talk, textAnswer, withServer } from "./test_server.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const POST = "POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";

Deno.test("answers: a head has a length, a date and what becomes of the connection", () => {
  const head = answerHead(textAnswer(200, "abc", { "X-A": "b" }), false, new Date(0));
  assertEquals(
    new TextDecoder().decode(head),
    "HTTP/1.1 200 OK\r\nX-A: b\r\nContent-Length: 3\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nConnection: keep-alive\r\n\r\n",
  );
});

Deno.test("answers: nothing that ends a line, no control character and no name of the server's own gets out", () => {
  const bad: Record<string, string>[] = [
    ...["a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\0b", "a\x1bb", "a\x7fb", "a\x85b", "a\u2028b", "é"].map((value) => ({
      X: value,
    })),
    ...["", "a b", "a:", "a\r\n", "é", "Content-Length", "connection", "DATE", "transfer-encoding"].map((name) => ({
      [name]: "1",
    })),
  ];
  for (const headers of bad) {
    assertThrows(() => answerHead(textAnswer(200, "", headers), true, new Date()), RangeError);
  }
  for (const status of [100, 199, 600, 200.5, NaN]) {
    assertThrows(() => answerHead(textAnswer(status, ""), true, new Date()), RangeError);
  }
});

Deno.test("answers: what a handler throws, and a head that may not be sent, is a bug that is told and answered with 500", async () => {
  const bug = new Error("secret");
  const handler = (request: { path: string }): Promise<HttpAnswer> => {
    return request.path === "/" ? Promise.reject(bug) : Promise.resolve(textAnswer(200, "", { X: "a\r\nb" }));
  };
  await withServer({ handler }, async ({ port, ends }) => {
    const answer = await talk(port, GET);
    assertEquals(statusOf(answer), 500);
    assertFalse(answer.includes("secret"));
    assertEquals(statusOf(await talk(port, GET.replace("/", "/head"))), 500);
    assertEquals(ends.map(({ status }) => status), [500, 500]);
    assertEquals(ends[0]?.error, bug);
    assert(ends[1]?.error instanceof RangeError);
  });
});

Deno.test("answers: a handler that throws at once, before it gives a promise, is no more than a bug", async () => {
  await withServer({
    handler: () => {
      throw new Error("at once");
    },
  }, async ({ port }) => {
    assertEquals(statusOf(await talk(port, GET)), 500);
  });
});

Deno.test("answers: a body with other bytes than it says ends the connection, and never sends more", async () => {
  let closes = 0;
  const handler = ({ path }: { path: string }): Promise<HttpAnswer> => {
    const text = path === "/long" ? "abcdef" : "abc";
    const body = { bytes: 5, pieces: () => [new TextEncoder().encode(text)], close: () => void closes++ };
    return Promise.resolve({ status: 200, headers: {}, body });
  };
  await withServer({ handler }, async ({ port, ends }) => {
    for (const path of ["/short", "/long"]) {
      const answer = await talk(port, GET.replace("/", path));
      assertFalse(answer.includes("def"), answer);
    }
    assertEquals(closes, 2);
    assertEquals(ends.map(({ error }) => (error as Error).name), ["BrokenAnswer", "BrokenAnswer"]);
  });
});

Deno.test("answers: HEAD has the length of the body that it lacks, and the connection goes on", async () => {
  await withServer({ handler: () => Promise.resolve(textAnswer(200, "abcde")) }, async ({ port }) => {
    const answer = await talk(port, `HEAD / HTTP/1.1\r\nHost: a\r\n\r\n${GET}`);
    assertEquals(answer.match(/Content-Length: 5/g)?.length, 2);
    assertEquals(answer.match(/abcde/g)?.length, 1);
  });
});

Deno.test("answers: 100 Continue is said when the body is asked for, and not for an answer without", async () => {
  const handler: typeof echo = (request) => request.path === "/" ? echo(request) : Promise.resolve(textAnswer(403, ""));
  await withServer({ handler }, async ({ port }) => {
    const head = `${POST}Expect: 100-Continue\r\nContent-Length: 3\r\n\r\n`;
    const answer = await talk(port, head, "", "abc");
    assert(answer.startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK"), answer);
    assertFalse((await talk(port, `${head}abc`)).includes("100 Continue"));
    assertEquals(statusOf(await talk(port, head.replace("/", "/no"))), 403);
  });
});

Deno.test("answers: a client that sends a large body sees the answer that was given without it, and no reset", async () => {
  const limits = { bodyBytes: 30_000_000 };
  await withServer({ limits, handler: () => Promise.resolve(textAnswer(401, "no")) }, async ({ port }) => {
    const size = 20_000_000;
    const answer = await talk(port, `${POST}Content-Length: ${size}\r\n\r\n`, new Uint8Array(size));
    assertEquals([statusOf(answer), bodyOf(answer)], [401, "no"]);
    const args = ["-H", "Expect:", "--data-binary", "@-", "-w", "%{http_code}", `http://127.0.0.1:${port}/`];
    assertEquals(await curl(args, new Uint8Array(size)), { code: 0, stdout: "no401", stderr: "" });
  });
});

Deno.test("answers: curl is told of a body that is too large, and its uploads arrive", async () => {
  await withServer({ limits: { bodyBytes: 5_000_000 } }, async ({ port }) => {
    const url = `http://127.0.0.1:${port}/`;
    const large = new Uint8Array(5_000_001);
    const status = ["-o", "/dev/null", "-w", "%{http_code}", url];
    assertEquals((await curl(["--data-binary", "@-", ...status], large)).stdout, "413");
    assertEquals((await curl(["-T", "-", "-X", "POST", ...status], large)).stdout, "413");
    const { stdout } = await curl(["-T", "-", "-X", "POST", url], new TextEncoder().encode("a;b\n".repeat(100_000)));
    assertEquals(JSON.parse(stdout).body.length, 400_000);
  });
});

Deno.test("answers: a large one arrives whole at a client that takes its time", async () => {
  const text = "0123456789".repeat(1_000_000);
  await withServer({
    handler: () => Promise.resolve({ ...textAnswer(200, ""), body: bytesBody(new TextEncoder().encode(text)) }),
  }, async ({ port, ends }) => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode(GET));
    let bytes = 0;
    const buffer = new Uint8Array(200_000);
    for (let count; (count = await connection.read(buffer)) !== null; await pause(1)) bytes += count;
    connection.close();
    assert(bytes > text.length);
    assertEquals(ends[0]?.bytesOut, text.length);
    assertStringIncludes(String(ends[0]?.fault), "null");
  });
});

Deno.test("answers: one that cannot be made is answered with 500 behind others too, and told so", async () => {
  const asked: string[] = [];
  const handler: typeof echo = async (request) => {
    await bodyText(request);
    return textAnswer(200, "good", request.path === "/bad" ? { X: "é" } : {});
  };
  const faultAnswer = (fault: RequestFault): HttpAnswer => (asked.push(fault.kind), textAnswer(500, "own words"));
  await withServer({ handler, faultAnswer }, async ({ port, ends }) => {
    const second = await talk(port, "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /bad HTTP/1.1\r\nHost: a\r\n\r\n");
    assertEquals([...second.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status), ["200", "500"]);
    assert(second.endsWith("own words"), second);
    const head = "POST /bad HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n";
    const behindContinue = await talk(port, head, "", "x");
    assertStringIncludes(behindContinue, "HTTP/1.1 500 ");
    assertEquals(ends.map(({ status, bytesOut }) => [status, bytesOut]), [[200, 4], [500, 9], [500, 9]]);
    assertEquals(asked, ["bug", "bug"]);
  });
});

Deno.test("answers: of one that is cut, its status and the bytes that were sent are told", async () => {
  const pieces = function* () {
    yield new Uint8Array(40_000);
    throw new Error("broken");
  };
  const body = { bytes: 50_000, pieces, close: () => {} };
  await withServer({ handler: () => Promise.resolve({ status: 200, headers: {}, body }) }, async ({ port, ends }) => {
    const answer = await talk(port, GET);
    assertEquals(ends.map(({ status, bytesOut }) => [status, bytesOut]), [[200, bodyOf(answer).length]]);
    assert(bodyOf(answer).length > 0);
  });
});
