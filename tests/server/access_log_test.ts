import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { ExchangeEnd, HttpRequest } from "../../lib/http/exchange.ts";
import { accessLine } from "../../lib/server/access_log.ts";
import { openLogOutput } from "../../lib/server/access_log_file.ts";
import { CollectedText } from "../../lib/collected_text.ts";
import { RunStop } from "../../lib/errors.ts";
import { outputOf } from "../helpers/shell.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";
import { NO_ROWS } from "../report/facts.ts";

const NOW = new Date("2026-01-02T03:04:05.678Z");

function end(request: Partial<HttpRequest> | null, more: Partial<ExchangeEnd> = {}): ExchangeEnd {
  return {
    request: request as HttpRequest | null,
    peer: { transport: "unix" },
    status: 200,
    fault: null,
    bytesIn: 120,
    bytesOut: 319,
    milliseconds: 1234.5678,
    error: null,
    ...more,
  };
}

Deno.test("an import is one line of JSON, without what its query says", () => {
  const counts = { ...NO_ROWS, created: 1, updated: 2, unchanged: 3, skipped: 5, rejected: 4 };
  const request = { method: "POST", path: "/import", query: "auth_pwd=secret" };
  const line = accessLine(end(request), "192.0.2.7", { user: "loader", class: "Person", exitCode: 1, counts }, NOW);
  assertEquals(
    line,
    '{"time":"2026-01-02T03:04:05.678Z","client":"192.0.2.7","method":"POST","path":"/import","status":200,' +
      '"bytes_in":120,"bytes_out":319,"seconds":1.235,"user":"loader","class":"Person","exit_code":1,' +
      '"created":1,"updated":2,"unchanged":3,"skipped":5,"rejected":4}\n',
  );
});

Deno.test("a request that could not be read is told by its fault", () => {
  const line = accessLine(end(null, { status: 408, fault: { kind: "headers_too_slow", seconds: 10 } }), null, {}, NOW);
  const { client, method, status, fault } = JSON.parse(line);
  assertEquals({ client, method, status, fault }, {
    client: null,
    method: undefined,
    status: 408,
    fault: "headers_too_slow",
  });
});

Deno.test("nothing that a client sends reaches the log raw, and no text is long", () => {
  const hostile = '\x1b[2J\r\n{"time":"forged"}\u0085\u2028\u202e\u009b31m';
  const line = accessLine(end({ method: "POST", path: "/" + hostile }), null, { class: hostile.repeat(500) }, NOW);
  assertMatch(line, /^[\x20-\x7e]+\n$/);
  assertEquals(JSON.parse(line).path, "/" + hostile);
  assertEquals(JSON.parse(line).class.length, 257);
});

Deno.test("the log is appended to its file, and to a new one after it was moved away", () =>
  withTemporaryFolder(async ({ path }) => {
    Deno.writeTextFileSync(path("a.log"), "before\n");
    const output = await openLogOutput(path("a.log"), { stdout: new CollectedText() }, () => {});
    output.write("one\n");
    Deno.renameSync(path("a.log"), path("a.log.1"));
    output.write("two\n");
    output.reopen();
    output.write("three\n");
    await output.close();
    assertEquals(Deno.readTextFileSync(path("a.log.1")), "before\none\ntwo\n");
    assertEquals(Deno.readTextFileSync(path("a.log")), "three\n");
  }));

Deno.test("a log that cannot be opened stops the start", () =>
  withTemporaryFolder(async ({ folder }) => {
    const stop = await assertRejects(() => openLogOutput(folder, { stdout: new CollectedText() }, () => {}), RunStop);
    assertEquals(stop.exitCode, 74);
  }));

Deno.test("when nobody reads standard output any more the server says so once, and goes on", async () => {
  const told: string[] = [];
  const closed = new CollectedText();
  closed.write = () => Promise.reject(new Error("Broken pipe"));
  const output = await openLogOutput("-", { stdout: closed }, (text) => void told.push(text));
  output.write("one\n");
  output.write("two\n");
  await output.close();
  assertEquals(output.lost, 2);
  assertEquals(told, ["Lines of the access log are lost: Broken pipe", "2 lines of the access log were lost"]);
});

Deno.test("without a log nothing is written", async () => {
  const stdout = new CollectedText();
  const output = await openLogOutput("", { stdout }, () => {});
  output.write("one\n");
  await output.close();
  assertEquals(stdout.text, "");
});

Deno.test("lines for a reader who stands still are dropped beyond a limit, with one warning and a count; the end waits for nobody", async () => {
  const told: string[] = [];
  const stuck = new CollectedText();
  const { promise: never, resolve } = Promise.withResolvers<void>();
  stuck.write = () => never;
  const output = await openLogOutput("-", { stdout: stuck }, (text) => void told.push(text));
  for (let line = 0; line < 10_500; line++) output.write("line\n");
  await Promise.resolve();
  const dropped = output.lost;
  const begin = performance.now();
  await output.close();
  resolve();
  assert(performance.now() - begin < 2000);
  assert(dropped >= 499 && dropped <= 500, `${dropped}`);
  assertEquals(output.lost, 10_500);
  assertEquals(told, [
    "Lines of the access log are lost: nobody takes them",
    "10500 lines of the access log were lost",
  ]);
});

const HAS_PIPES = Deno.build.os !== "windows";

Deno.test({
  name: "a pipe without a reader holds no server up: its lines wait for the reader",
  ignore: !HAS_PIPES,
  fn: () =>
    withTemporaryFolder(async ({ path }) => {
      await outputOf("mkfifo", [path("pipe")]);
      const output = await openLogOutput(path("pipe"), { stdout: new CollectedText() }, () => {});
      output.write("one\n");
      const reader = await Deno.open(path("pipe"));
      output.write("two\n");
      await output.close();
      assertEquals(await new Response(reader.readable).text(), "one\ntwo\n");
      assertEquals(output.lost, 0);
    }),
});

Deno.test({
  name: "a log is opened anew although its pipe stands still",
  ignore: !HAS_PIPES,
  fn: () =>
    withTemporaryFolder(async ({ path }) => {
      await outputOf("mkfifo", [path("log")]);
      const reader = await Deno.open(path("log"), { read: true, write: true });
      const writes: Promise<number>[] = [];
      using _ = writingOtherwise((write) =>
        function (this: Deno.FsFile, bytes) {
          const count = write.call(this, bytes);
          writes.push(count);
          return count;
        }
      );
      const output = await openLogOutput(path("log"), { stdout: new CollectedText() }, () => {});
      output.write("x".repeat(200_000) + "\n");
      Deno.renameSync(path("log"), path("pipe"));
      output.reopen();
      output.write("after\n");
      for (let look = 0; look < 500 && !isWritten(path("log")); look++) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      assertEquals(Deno.readTextFileSync(path("log")), "after\n");
      assertEquals(output.lost, 1);
      await output.close();
      // The write that stands still ends, too, and before the test: it would be taken for left behind.
      for (let left = 200_001; left > 0;) left -= await reader.read(new Uint8Array(left)) ?? left;
      await Promise.all(writes);
      reader.close();
    }),
});

type Write = typeof Deno.FsFile.prototype.write;

/** Has files written in another way, until it is disposed of. @param make it of the usual way */
function writingOtherwise(make: (write: Write) => Write): Disposable {
  const { write } = Deno.FsFile.prototype;
  Deno.FsFile.prototype.write = make(write);
  return { [Symbol.dispose]: () => void (Deno.FsFile.prototype.write = write) };
}

function isWritten(path: string): boolean {
  try {
    return Deno.statSync(path).size > 0;
  } catch {
    return false;
  }
}

Deno.test("a line that was cut off by a full disk stays alone: the next one is whole", () =>
  withTemporaryFolder(async ({ path }) => {
    const stderr = new CollectedText();
    const log = await openLogOutput(path("log"), { stdout: new CollectedText() }, (text) => stderr.write(text));
    let left = 5;
    using _ = writingOtherwise((write) =>
      function (this: Deno.FsFile, bytes) {
        if (left === 0) return Promise.reject(new Error("No space left on device"));
        const count = Math.min(left, bytes.length);
        left -= count;
        return write.call(this, bytes.subarray(0, count));
      }
    );
    log.write('{"a":1}\n');
    while (log.lost === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    left = 100;
    log.write('{"b":2}\n');
    await log.close();
    assertEquals(Deno.readTextFileSync(path("log")), '{"a":\n{"b":2}\n');
    assertMatch(stderr.text, /No space left on device/);
  }));
