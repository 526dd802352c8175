import { assert, assertEquals, assertMatch } from "@std/assert";
import type { ExchangeEnd, HttpRequest } from "../../lib/http/exchange.ts";
import { accessLine } from "../../lib/server/access_log.ts";
import { openLogOutput } from "../../lib/server/access_log_file.ts";
import { CollectedText } from "../../lib/collected_text.ts";
import { RunStop } from "../../lib/errors.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

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
  const counts = { created: 1, updated: 2, unchanged: 3, rejected: 4, warnings: 0 };
  const request = { method: "POST", path: "/import", query: "auth_pwd=secret" };
  const line = accessLine(end(request), "192.0.2.7", { user: "loader", class: "Person", exitCode: 1, counts }, NOW);
  assertEquals(
    line,
    '{"time":"2026-01-02T03:04:05.678Z","client":"192.0.2.7","method":"POST","path":"/import","status":200,' +
      '"bytes_in":120,"bytes_out":319,"seconds":1.235,"user":"loader","class":"Person","exit_code":1,' +
      '"created":1,"updated":2,"unchanged":3,"rejected":4}\n',
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
    const output = openLogOutput(path("a.log"), { stdout: new CollectedText() }, () => {});
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
  withTemporaryFolder(({ folder }) => {
    let stop: unknown;
    try {
      openLogOutput(folder, { stdout: new CollectedText() }, () => {});
    } catch (error) {
      stop = error;
    }
    assert(stop instanceof RunStop);
    assertEquals(stop.exitCode, 74);
    return Promise.resolve();
  }));

Deno.test("when nobody reads standard output any more the server says so once, and goes on", async () => {
  const told: string[] = [];
  const closed = new CollectedText();
  closed.write = () => Promise.reject(new Error("Broken pipe"));
  const output = openLogOutput("-", { stdout: closed }, (text) => told.push(text));
  output.write("one\n");
  output.write("two\n");
  await output.close();
  assertEquals(told, ["Lines of the access log are lost: Broken pipe"]);
});

Deno.test("without a log nothing is written", async () => {
  const stdout = new CollectedText();
  const output = openLogOutput("", { stdout }, () => {});
  output.write("one\n");
  await output.close();
  assertEquals(stdout.text, "");
});
