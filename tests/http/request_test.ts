/** What is read as a request, and what is refused, on real connections. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { bodyOf, bodyText, bytesOf, pause, statusOf, talk, textAnswer, withServer } from "./test_server.ts";

const HOST = "Host: a\r\n";
const POST = `POST /import HTTP/1.1\r\n${HOST}Connection: close\r\n`;
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`;

interface Read {
  readonly name: string;
  readonly bytes: string;
  readonly path: string;
  readonly query?: string;
  readonly body?: string;
}

const GOOD: readonly Read[] = [
  { name: "GET", bytes: `GET /healthz HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, path: "/healthz" },
  {
    name: "a query",
    bytes: `GET /a?b=%00&c?d HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`,
    path: "/a",
    query: "b=%00&c?d",
  },
  {
    name: "a path with percent signs",
    bytes: `GET /%2e%2E/%00 HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`,
    path: "/%2e%2E/%00",
  },
  { name: "empty lines before it", bytes: `\r\n\r\nGET / HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, path: "/" },
  { name: "HTTP/1.0 without Host", bytes: "GET / HTTP/1.0\r\n\r\n", path: "/" },
  { name: "HTTP/1.0 that would be kept", bytes: "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", path: "/" },
  {
    name: "an expectation of HTTP/1.0",
    bytes: "POST / HTTP/1.0\r\nExpect: x\r\nContent-Length: 1\r\n\r\na",
    path: "/",
    body: "a",
  },
  {
    name: "an address with the host",
    bytes: `GET http://a.example:80/x?y HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`,
    path: "/x",
    query: "y",
  },
  {
    name: "an address that is a host",
    bytes: `GET HTTP://a?y HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`,
    path: "/",
    query: "y",
  },
  { name: "OPTIONS *", bytes: `OPTIONS * HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, path: "*" },
  {
    name: "100 header fields",
    bytes: `GET / HTTP/1.1\r\n${HOST}Connection: close\r\n${"A: b\r\n".repeat(98)}\r\n`,
    path: "/",
  },
  { name: "an empty Host", bytes: "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", path: "/" },
  { name: "an IPv6 Host", bytes: "GET / HTTP/1.1\r\nHost: [::1]:80\r\nConnection: close\r\n\r\n", path: "/" },
  { name: "a body", bytes: `${POST}Content-Length: 5\r\n\r\nabcde`, path: "/import", body: "abcde" },
  { name: "an empty body", bytes: `${POST}Content-Length: 0\r\n\r\n`, path: "/import" },
  { name: "no body", bytes: `${POST}\r\n`, path: "/import" },
  { name: "chunks", bytes: `${CHUNKED}2\r\nab\r\n003\r\ncde\r\n0\r\n\r\n`, path: "/import", body: "abcde" },
  { name: "no chunks", bytes: `${CHUNKED}0\r\n\r\n`, path: "/import" },
  { name: "a chunk extension", bytes: `${CHUNKED}2;a=b;c="d"\r\nab\r\n0;e\r\n\r\n`, path: "/import", body: "ab" },
  { name: "trailers", bytes: `${CHUNKED}2\r\nab\r\n0\r\nHost: b\r\nX: y\r\n\r\n`, path: "/import", body: "ab" },
];

Deno.test("http: good requests are read, sent whole and byte by byte", async (t) => {
  await withServer({}, async ({ port }) => {
    for (const { name, bytes, path, query = "", body = "" } of GOOD) {
      await t.step(name, async () => {
        for (const answer of [await talk(port, bytes), await talk(port, ...bytes)]) {
          const method = /[A-Z]+/.exec(bytes)?.[0];
          assertEquals(bodyOf(answer), JSON.stringify({ method, path, query, body }));
          assertStringIncludes(answer, "Connection: close");
        }
      });
    }
  });
});

/** Request, and the status that it gets. */
const BAD: readonly (readonly [name: string, status: number, bytes: string])[] = [
  ["CL.TE", 400, `${POST}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`],
  ["TE.CL", 400, `${POST}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n`],
  ["two lengths", 400, `${POST}Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde`],
  ["a list of lengths", 400, `${POST}Content-Length: 5, 5\r\n\r\nabcde`],
  ["+5", 400, `${POST}Content-Length: +5\r\n\r\nabcde`],
  ["-5", 400, `${POST}Content-Length: -5\r\n\r\nabcde`],
  ["0x5", 400, `${POST}Content-Length: 0x5\r\n\r\nabcde`],
  ["5 5", 400, `${POST}Content-Length: 5 5\r\n\r\nabcde`],
  ["no number", 400, `${POST}Content-Length:\r\n\r\nabcde`],
  ["a length beyond 64 bits", 400, `${POST}Content-Length: 99999999999999999999999\r\n\r\n`],
  ["a length of 2^63", 413, `${POST}Content-Length: 9223372036854775808\r\n\r\n`],
  ["a folded line", 400, `GET / HTTP/1.1\r\n${HOST}A: b\r\n c\r\n\r\n`],
  ["a first line that is folded", 400, `GET / HTTP/1.1\r\n A: b\r\n${HOST}\r\n`],
  ["line feeds alone", 400, "GET / HTTP/1.1\nHost: a\n\n"],
  ["a line feed alone behind a field", 400, "GET / HTTP/1.1\r\nHost: a\n\r\n"],
  ["a line feed alone at the end", 400, `GET / HTTP/1.1\r\n${HOST}\n`],
  ["a carriage return in a value", 400, `GET / HTTP/1.1\r\n${HOST}A: b\rc\r\n\r\n`],
  ["NUL in a value", 400, `GET / HTTP/1.1\r\n${HOST}A: b\0c\r\n\r\n`],
  ["NUL in a name", 400, `GET / HTTP/1.1\r\n${HOST}A\0: b\r\n\r\n`],
  ["NUL in a path", 400, `GET /\0 HTTP/1.1\r\n${HOST}\r\n`],
  ["a blank before the colon", 400, `GET / HTTP/1.1\r\n${HOST}A : b\r\n\r\n`],
  ["no name", 400, `GET / HTTP/1.1\r\n${HOST}: b\r\n\r\n`],
  ["no colon", 400, `GET / HTTP/1.1\r\n${HOST}A\r\n\r\n`],
  ["two blanks before the address", 400, `POST  /import HTTP/1.1\r\n${HOST}Content-Length: 0\r\n\r\n`],
  ["many blanks before the address", 400, `GET${" ".repeat(100)}/ HTTP/1.1\r\n${HOST}\r\n`],
  ["a tabulation before the address", 400, `GET \t/ HTTP/1.1\r\n${HOST}\r\n`],
  ["two blanks before the version", 505, `GET /  HTTP/1.1\r\n${HOST}\r\n`],
  ["bytes beyond ASCII in a path", 400, `GET /\xe9 HTTP/1.1\r\n${HOST}\r\n`],
  ["a fragment", 400, `GET /#a HTTP/1.1\r\n${HOST}\r\n`],
  ["an address with a user", 400, `GET http://u@a/ HTTP/1.1\r\n${HOST}\r\n`],
  ["another scheme", 400, `GET ftp://a/ HTTP/1.1\r\n${HOST}\r\n`],
  ["no path", 400, `GET a HTTP/1.1\r\n${HOST}\r\n`],
  ["GET *", 400, `GET * HTTP/1.1\r\n${HOST}\r\n`],
  ["no Host", 400, "GET / HTTP/1.1\r\n\r\n"],
  ["two Hosts", 400, `GET / HTTP/1.1\r\n${HOST}${HOST}\r\n`],
  ["a Host with a path", 400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"],
  ["a Host with a user", 400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"],
  ["two Authorizations", 400, `GET / HTTP/1.1\r\n${HOST}Authorization: a\r\nauthorization: b\r\n\r\n`],
  ["two Content-Types", 400, `GET / HTTP/1.1\r\n${HOST}Content-Type: a\r\nContent-Type: a\r\n\r\n`],
  ["another coding", 501, `${POST}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`],
  ["chunked within", 400, `${POST}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`],
  ["two codings", 400, `${POST}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["a coding that looks like it", 501, `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ["a coding with a tab", 400, `${POST}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`],
  ["chunks in HTTP/1.0", 400, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
  ["a chunk size with a sign", 400, `${CHUNKED}+5\r\nabcde\r\n0\r\n\r\n`],
  ["a chunk size with a prefix", 400, `${CHUNKED}0x5\r\nabcde\r\n0\r\n\r\n`],
  ["a chunk size with a blank", 400, `${CHUNKED}5 \r\nabcde\r\n0\r\n\r\n`],
  ["a chunk size beyond 64 bits", 400, `${CHUNKED}fffffffffffffffff\r\nabc`],
  ["no chunk size", 400, `${CHUNKED}\r\nabcde\r\n0\r\n\r\n`],
  ["a chunk size with a line feed alone", 400, `${CHUNKED}5\nabcde\r\n0\r\n\r\n`],
  ["a chunk that is longer than its size", 400, `${CHUNKED}2\r\nabc\r\n0\r\n\r\n`],
  ["a chunk extension with a line feed", 400, `${CHUNKED}2;a\nb\r\nab\r\n0\r\n\r\n`],
  ["a bad trailer", 400, `${CHUNKED}2\r\nab\r\n0\r\nA\0: b\r\n\r\n`],
  ["the start of HTTP/2", 505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ["HTTP/2.0", 505, `GET / HTTP/2.0\r\n${HOST}\r\n`],
  ["HTTP/0.9", 505, "GET / HTTP/0.9\r\n\r\n"],
  ["HTTP/1.2", 400, `GET / HTTP/1.2\r\n${HOST}\r\n`],
  ["RTSP", 505, `POST / RTSP/1.0\r\n${HOST}\r\n`],
  ["ICE", 505, `SOURCE / ICE/1.0\r\n${HOST}\r\n`],
  ["CONNECT", 501, "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"],
  ["an unknown method", 400, `FOO / HTTP/1.1\r\n${HOST}\r\n`],
  ["a method in small letters", 400, `get / HTTP/1.1\r\n${HOST}\r\n`],
  ["another expectation", 417, `${POST}Expect: 200-ok\r\nContent-Length: 1\r\n\r\na`],
  ["TLS", 400, "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03"],
  ["headers without end", 431, `GET / HTTP/1.1\r\n${HOST}${"A: b\r\n".repeat(1000)}\r\n`],
  ["a path without end", 431, `GET /${"a".repeat(5000)} HTTP/1.1\r\n${HOST}\r\n`],
  ["empty lines without end", 431, "\r\n".repeat(3000)],
  ["a chunk extension without end", 431, `${CHUNKED}2;${"a".repeat(5000)}\r\nab\r\n0\r\n\r\n`],
  ["trailers without end", 431, `${CHUNKED}2\r\nab\r\n0\r\n${"A: b\r\n".repeat(1000)}\r\n`],
  [
    "trailers without end of a body",
    431,
    `${CHUNKED}3e8\r\n${"a".repeat(1000)}\r\n0\r\nA:${" ".repeat(5000)}b\r\n\r\n`,
  ],
  ["101 header fields", 431, `GET / HTTP/1.1\r\n${HOST}${"A: b\r\n".repeat(100)}\r\n`],
];

Deno.test("http: what cannot be trusted is refused, sent whole and in parts, and the client sees why", async (t) => {
  await withServer({}, async ({ port, ends }) => {
    for (const [name, status, bytes] of BAD) {
      await t.step(name, async () => {
        const step = Math.ceil(bytes.length / 12);
        const parts = Array.from(
          { length: Math.ceil(bytes.length / step) },
          (_, at) => bytes.slice(at * step, (at + 1) * step),
        );
        for (const sent of [[bytes], parts]) {
          const answer = await talk(port, ...sent);
          assertEquals([statusOf(answer), ends.at(-1)?.status], [status, status], answer);
          assertStringIncludes(answer, "Connection: close");
          assertEquals(bodyOf(answer).split("\n").length, 2, answer);
        }
      });
    }
  });
});

Deno.test("http: requests that come one behind the other are answered in turn", async () => {
  await withServer({}, async ({ port }) => {
    const get = (path: string) => `GET ${path} HTTP/1.1\r\n${HOST}\r\n`;
    const answer = await talk(port, get("/1") + get("/2") + get("/3") + `GET /4 HTTP/1.0\r\n\r\n${get("/5")}`);
    assertEquals([...answer.matchAll(/"path":"([^"]*)"/g)].map(([, path]) => path), ["/1", "/2", "/3", "/4"]);
  });
});

Deno.test("http: who would like another protocol is answered in this one, whatever follows", async () => {
  const wish =
    `${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n`;
  const requests = [
    `GET /1 HTTP/1.1\r\n${wish}\r\n`,
    `GET /2 HTTP/1.1\r\n${wish}\r\n`,
    `POST /3 HTTP/1.1\r\n${wish}Content-Length: 5\r\n\r\nhello`,
    `POST /4 HTTP/1.1\r\n${wish}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`,
  ];
  await withServer({}, async ({ port }) => {
    const both = await talk(port, `${requests[0]}${requests[1]}GET /last HTTP/1.0\r\n\r\n`);
    assertEquals([...both.matchAll(/"path":"([^"]*)"/g)].map(([, path]) => path), ["/1", "/2", "/last"]);
    for (const request of requests.slice(2)) {
      const answer = await talk(port, request.replace("Upgrade,", "Upgrade, close,"));
      assertEquals([statusOf(answer), JSON.parse(bodyOf(answer)).body], [200, "hello"]);
    }
  });
});

Deno.test("http: an empty line behind a body is nothing, and the connection goes on as it was", async () => {
  const limits = { idleSeconds: 0.2, headerSeconds: 5 };
  const post = `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\n\r\na`;
  await withServer({ limits }, async ({ port, ends }) => {
    for (const parts of [[`${post}\r\n`], [post, "\r\n"], [`${post}\r`, "\n"]]) {
      const start = performance.now();
      assertStringIncludes(await talk(port, ...parts), "Connection: keep-alive");
      assert(performance.now() - start < 4000);
    }
    assertEquals(ends.map(({ status }) => status), [200, 200, 200]);
  });
});

Deno.test("http: values of a repeated field are joined, blanks around them dropped, and bytes kept", async () => {
  const seen: (string | null)[] = [];
  const handler: Parameters<typeof withServer>[0]["handler"] = (request) => {
    for (const name of ["x", "y", "z"]) seen.push(request.headers.get(name));
    return Promise.resolve({ status: 204, headers: {}, body: { bytes: 0, pieces: () => [], close: () => {} } });
  };
  await withServer({ handler }, async ({ port }) => {
    const request = `GET / HTTP/1.1\r\n${HOST}Connection: close\r\nX: \t a \t\r\nY:\r\nx: \xe9\x80\r\nX:\r\n\r\n`;
    const answer = await talk(port, request);
    assertEquals(answer.includes("Content-Length"), false);
    await talk(port, ...Array.from(bytesOf(request), (byte) => Uint8Array.of(byte)));
    assertEquals(seen, ["a, \xe9\x80, ", "", null, "a, \xe9\x80, ", "", null]);
  });
});

Deno.test("http: who says where the body ends may send nothing behind it before the answer", async () => {
  const seen: unknown[] = [];
  await withServer({
    handler: async (request) => {
      // Time for what comes late.
      const text = await bodyText(request).catch((error) => error.message);
      await pause(20);
      seen.push([text, request.signal.reason?.message ?? null]);
      return textAnswer(request.signal.aborted ? 400 : 200, "");
    },
  }, async ({ port, ends }) => {
    const sent: readonly (readonly string[])[] = [
      [`${POST}Content-Length: 5\r\n\r\nabcdef`],
      [`${POST}Content-Length: 5\r\n\r\nabcde`, "f"],
      [`${POST}Content-Length: 0\r\n\r\na`],
      [`${POST}Content-Length: 0\r\n\r\n`, "a"],
      [`${CHUNKED}1\r\na\r\n0\r\n\r\nGET / HTTP/1.1\r\n`],
      [`${CHUNKED}1\r\na\r\n0\r\n\r\n`, "\r\n\r\n"],
    ];
    for (const parts of sent) assertEquals(statusOf(await talk(port, ...parts)), 400);
    const late = ["abcde", "body_too_long"];
    const early = ["body_too_long", "body_too_long"];
    assertEquals(seen, [early, late, early, ["", "body_too_long"], early, ["a", "body_too_long"]]);
    assertEquals([...new Set(ends.map(({ fault }) => fault?.kind))], ["body_too_long"]);
  });
});
