/** Listeners, their ends, and many clients. */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "@std/path";
import { HttpServer, type ListenAddress } from "../../lib/http/http_server.ts";
import { ListenFailed } from "../../lib/http/listen_failed.ts";
import { plainFaultAnswer } from "../../lib/http/fault_answer.ts";
import { curl, makeCertificate } from "./openssl_and_curl.ts";
import {
  bodyText,
  echo,
  LIMITS,
  pause,
  readAll,
  statusOf,
  talk,
  textAnswer,
  until,
  withServer,
} from "./test_server.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

async function withFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function problemOf(error: Error): string {
  return error instanceof ListenFailed ? error.problem.kind : String(error);
}

Deno.test("server: a stop lets requests in flight end, closes what is idle, and takes no more", async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => open = resolve);
  const handler: typeof echo = async (request) => {
    await gate;
    return echo(request);
  };
  await withServer({ handler }, async ({ port, server }) => {
    const connect = () => Deno.connect({ hostname: "127.0.0.1", port });
    const [idle, half, busy, body] = [await connect(), await connect(), await connect(), await connect()];
    const all = Promise.all([idle, half, busy, body].map((connection) => readAll(connection)));
    await half.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHo"));
    await busy.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
    await body.write(new TextEncoder().encode("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"));
    await until(() => server.connectionCount === 4);
    await pause(30);
    assertEquals([server.connectionCount, server.requestCount], [4, 2]);
    let isStopped = false;
    const stopped = server.stop().then(() => isStopped = true);
    await pause(20);
    await assertRejects(connect, Deno.errors.ConnectionRefused);
    await pause(100);
    assert(!isStopped);
    open();
    await body.write(new TextEncoder().encode("cde"));
    await stopped;
    const answers = await all;
    assertEquals(answers.map(statusOf), [NaN, 503, 200, 200]);
    for (const answer of answers.slice(1)) assert(answer.includes("Connection: close"), answer);
    assert(answers[3]?.includes('"body":"abcde"'));
    for (const connection of [idle, half, busy, body]) connection.close();
  });
});

Deno.test("server: a port that is taken, a bad certificate and a folder that is none are told as such", async () => {
  const certificate = await makeCertificate("one");
  const other = await makeCertificate("other");
  await withServer(
    { at: { kind: "tls", hostname: "127.0.0.1", port: 0, ...certificate } },
    async ({ port, server }) => {
      const kinds: string[] = [];
      const tries: ListenAddress[] = [
        { kind: "tcp", hostname: "127.0.0.1", port },
        { kind: "tls", hostname: "127.0.0.1", port, ...certificate },
        { kind: "tls", hostname: "127.0.0.1", port: 0, certificate: "x", key: certificate.key },
        { kind: "tls", hostname: "127.0.0.1", port: 0, certificate: certificate.certificate, key: "" },
        { kind: "tls", hostname: "127.0.0.1", port: 0, certificate: certificate.certificate, key: other.key },
        { kind: "tcp", hostname: "192.0.2.1", port: 0 },
        { kind: "unix", path: "/nowhere/at/all" },
      ];
      for (const at of tries) kinds.push(problemOf(await assertRejects(() => server.listen(at), Error)));
      const bad = "bad_certificate";
      assertEquals(kinds, ["in_use", "in_use", bad, bad, bad, "no_address", "other"]);
    },
  );
});

Deno.test("server: TLS with a certificate that is replaced while connections are open", async () => {
  const [first, second] = [await makeCertificate("first"), await makeCertificate("second")];
  await withFolder(async (folder) => {
    const server = new HttpServer({ limits: LIMITS, handler: echo, faultAnswer: plainFaultAnswer, onEnd: () => {} });
    const listening = await server.listen({ kind: "tls", hostname: "127.0.0.1", port: 0, ...first });
    const port = listening.port ?? 0;
    const trust = async (certificate: string) => {
      const file = join(folder, "ca");
      await Deno.writeTextFile(file, certificate);
      return (await curl(["--cacert", file, `https://127.0.0.1:${port}/a`])).stdout;
    };
    try {
      assert((await trust(first.certificate)).includes('"path":"/a"'));
      const old = await Deno.connectTls({ hostname: "127.0.0.1", port, caCerts: [] }).catch(() => null);
      old?.close();
      assertThrows(() => listening.replaceCertificate({ ...second, certificate: "x" }), ListenFailed);
      assert((await trust(first.certificate)).includes('"path":"/a"'));
      const upload = curl(
        ["-k", "-T", "-", "-X", "POST", "--limit-rate", "200k", `https://127.0.0.1:${port}/`],
        new Uint8Array(100_000),
      );
      await until(() => server.connectionCount > 0);
      listening.replaceCertificate(second);
      await pause(20);
      assertEquals(await trust(first.certificate), "");
      assert((await trust(second.certificate)).includes('"path":"/a"'));
      assertEquals((await upload).code, 0);
    } finally {
      await server.stop();
    }
  });
});

Deno.test("server: who does not speak TLS on its port is told of, and one who says nothing keeps nobody waiting", async () => {
  const certificate = await makeCertificate("one");
  const at: ListenAddress = { kind: "tls", hostname: "127.0.0.1", port: 0, ...certificate };
  await withServer({ at, limits: { headerSeconds: 0.5 } }, async ({ port, ends }) => {
    const silent = talk(port);
    await talk(port, GET);
    assertEquals(ends.map(({ fault }) => fault?.kind), ["handshake_failed"]);
    assertEquals(
      (await curl(["-k", "-w", "%{http_code} %{http_version}", "-o", "/dev/null", `https://127.0.0.1:${port}/`]))
        .stdout,
      "200 1.1",
    );
    await silent;
    await until(() => ends.length === 3);
    assertEquals(ends.at(-1)?.fault?.kind, "headers_too_slow");
  });
});

Deno.test("server: 60 handshakes of TLS that stand still keep nobody waiting, end in their time, and hold up no stop", async () => {
  const certificate = await makeCertificate("one");
  const at: ListenAddress = { kind: "tls", hostname: "127.0.0.1", port: 0, ...certificate };
  await withServer({ at, limits: { headerSeconds: 3 } }, async ({ port, ends, server }) => {
    // The beginning of a greeting that says that 512 bytes follow; none; and a part of these.
    const greetings = ["\x16\x03\x01\x02\x00", "", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"];
    const stalled = Array.from({ length: 60 }, (_, number) => talk(port, greetings[number % 3] ?? ""));
    await until(() => server.connectionCount === 60);
    const begin = performance.now();
    const { stdout } = await curl(["-k", "-w", "%{http_code}", "-o", "/dev/null", `https://127.0.0.1:${port}/`]);
    assertEquals(stdout, "200");
    assert(performance.now() - begin < 2500, `${performance.now() - begin}`);
    await Promise.all(stalled);
    await until(() => ends.length === 61);
    const late = Array.from({ length: 20 }, () => talk(port, "\x16\x03\x01\x02\x00"));
    await until(() => server.connectionCount === 20);
    const stop = performance.now();
    await server.stop();
    await Promise.all(late);
    assert(performance.now() - stop < 2500, `${performance.now() - stop}`);
  });
});

Deno.test("server: a Unix socket is its owner's and group's, replaces a stale one only, and goes at the end", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "socket");
    const at: ListenAddress = { kind: "unix", path };
    await withServer({ at }, async ({ server, ends }) => {
      assertEquals((await Deno.lstat(path)).mode! & 0o777, 0o660);
      assertEquals(JSON.parse((await curl(["--unix-socket", path, "http://a/x"])).stdout).path, "/x");
      assertEquals(ends[0]?.peer, { transport: "unix" });
      assertEquals(problemOf(await assertRejects(() => server.listen(at), Error)), "in_use");
    });
    assertEquals([...Deno.readDirSync(folder)], []);
    const stale = Deno.listen({ transport: "unix", path: join(folder, "other") });
    await Deno.rename(join(folder, "other"), path);
    stale.close();
    await withServer({ at }, async () => {
      assertEquals(JSON.parse((await curl(["--unix-socket", path, "http://a/y"])).stdout).path, "/y");
    });
    await Deno.writeTextFile(path, "kept");
    await withServer({}, async ({ server }) => {
      assertEquals(problemOf(await assertRejects(() => server.listen(at), Error)), "not_a_socket");
    });
    assertEquals(await Deno.readTextFile(path), "kept");
  });
});

Deno.test({
  name: "server: the longest path of a Unix socket can be reached; one byte more is refused, before anything is made",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    withFolder(async (folder) => {
      const inner = join(folder, "é".repeat(20));
      await Deno.mkdir(inner);
      const path = `${inner}/${"x".repeat(107 - new TextEncoder().encode(inner).length - 1)}`;
      await withServer({ at: { kind: "unix", path } }, async ({ server }) => {
        const socket = await Deno.connect({ transport: "unix", path });
        socket.close();
        await until(() => server.connectionCount === 0);
      });
      for (const [tooLong, bytes] of [[`${path}x`, 108], [`${path.slice(0, -4)}/x`, 113]] as const) {
        await withServer({}, async ({ server }) => {
          const error = await assertRejects(() => server.listen({ kind: "unix", path: tooLong }), ListenFailed);
          assertEquals(error.problem, { kind: "path_too_long", bytes, most: 107, shortestName: 9 });
        });
      }
      assertEquals([...Deno.readDirSync(inner)], []);
    }),
});

Deno.test("server: 200 slow clients do not keep a good one waiting, and are dropped at the limit", async () => {
  const limits = { headerSeconds: 3, bytesPerSecond: 100, rateSeconds: 3 };
  await withServer(
    { limits, handler: async (request) => textAnswer(200, await bodyText(request)) },
    async ({ port, ends, server }) => {
      const slow = Array.from({ length: 200 }, async (_, at) => {
        const head = at % 2 === 0
          ? "GET / HTTP/1.1\r\nA: "
          : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n";
        return statusOf(await talk(port, head, ...Array.from({ length: 3 }, () => "a")));
      });
      await until(() => server.connectionCount === 200);
      const start = performance.now();
      for (let count = 0; count < 20; count++) assertEquals(statusOf(await talk(port, GET)), 200);
      assert(performance.now() - start < 1500, `${performance.now() - start}`);
      assertEquals(new Set(await Promise.all(slow)), new Set([408]));
      assertEquals(ends.length, 220);
    },
  );
});
