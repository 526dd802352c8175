/** A large upload takes no more memory than a small one, whatever way it is posted. */
import { compileArguments } from "../../scripts/compile_options.ts";
import { withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { peakOf } from "../program/process_memory.ts";
import { serveProcess } from "../program/served_process.ts";
import { answerOf, connect, readToEnd } from "../server/http_client.ts";
import { torture } from "./torture.ts";

/** The program runs as the binary is compiled: see tests/memory_test.ts. */
const V8_FLAGS = compileArguments("main.ts", "csvrecon", null).filter((argument) => argument.startsWith("--v8-flags="));

const MIB = 1024 * 1024;
/** In MiB: what a large upload may take beyond a small one. Collections of garbage come when they please. */
const MOST_MORE = 64;
/** In MiB: enough for the heaps of both threads to reach the size at which they are collected. */
const SMALL = 16;

const HEADER = "name,code\n";
/** Every row is refused, for its name is too long. */
const ROW = new TextEncoder().encode(`${"n".repeat(32 * 1024 - ",code\n".length)},code\n`);
const QUERY = "class=Organization&reconciliationkeys=name&no_localize=1&simulate=1&auth_user=admin&auth_pwd=admin";

interface Upload {
  readonly path: string;
  readonly headers: string;
  readonly before: string;
  readonly after: string;
}

const BOUNDARY = "a-boundary";
const PART = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="csvdata"`;

const WAYS: Readonly<Record<string, Upload>> = {
  "text/csv": { path: `/import?${QUERY}`, headers: "Content-Type: text/csv", before: "", after: "" },
  "multipart with a file": {
    path: `/import?${QUERY}`,
    headers: `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
    before: `${PART}; filename="a.csv"\r\n\r\n`,
    after: `\r\n--${BOUNDARY}--\r\n`,
  },
  "multipart with a field": {
    path: `/import?${QUERY}`,
    headers: `Content-Type: multipart/form-data; boundary=${BOUNDARY}`,
    before: `${PART}\r\n\r\n`,
    after: `\r\n--${BOUNDARY}--\r\n`,
  },
  "a form": {
    path: "/import",
    headers: "Content-Type: application/x-www-form-urlencoded",
    before: `${QUERY}&csvdata=`,
    after: "",
  },
};

/** @returns what is wrong with its answer; null: nothing */
async function upload(port: number, { path, headers, before, after }: Upload, isChunked: boolean, mebibytes: number) {
  const rows = mebibytes * MIB / ROW.length;
  const length = before.length + HEADER.length + rows * ROW.length + after.length;
  const framing = isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`;
  const connection = await connect(port);
  const answer = readToEnd(connection);
  const write = (bytes: Uint8Array) => writeAll(connection, isChunked ? chunk(bytes) : bytes);
  try {
    await writeAll(
      connection,
      encoded(`POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${headers}\r\n${framing}\r\n\r\n`),
    );
    await write(encoded(before + HEADER));
    for (let row = 0; row < rows; row++) await write(ROW);
    if (after !== "") await write(encoded(after));
    if (isChunked) await writeAll(connection, encoded("0\r\n\r\n"));
  } catch {
    // The server has closed: what it answered tells why.
  }
  const { status, text } = answerOf(await answer);
  connection.close();
  return status === 200 && text.includes(`#Issues: ${rows}\n`) ? null : `${status} ${text.slice(0, 500)}`;
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function chunk(bytes: Uint8Array): Uint8Array {
  const size = encoded(`${bytes.length.toString(16)}\r\n`);
  const whole = new Uint8Array(size.length + bytes.length + 2);
  whole.set(size);
  whole.set(bytes, size.length);
  whole.set([13, 10], size.length + bytes.length);
  return whole;
}

async function writeAll(connection: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(await connection.write(rest));
}

torture({
  name: "http_memory",
  title: "a large upload takes no more memory than a small one, whatever way it is posted",
  unit: "MiB for each way",
  short: 256,
  long: 2048,
  run({ amount, tried, count, lost, leftOut }) {
    // Only Linux tells the peak of another process without a tool that must be installed: /proc.
    if (Deno.build.os !== "linux") return leftOut("there is no /proc");
    return withScratch(async (scratch) => {
      await copyWorld(scratch);
      const served = await serveProcess(scratch, [], { denoArguments: V8_FLAGS });
      try {
        const ways = Object.entries(WAYS).flatMap(([name, way]) =>
          [[name, way, false], [`${name} in chunks`, way, true]] as const
        );
        for (const [name, way, isChunked] of ways) {
          const flaw = await upload(served.port, way, isChunked, SMALL);
          if (flaw !== null) lost(`${name}, small: ${flaw}`);
        }
        const small = peakOf(served.pid);
        // In chunks one way is enough: they are undone before anything looks at the body.
        for (
          const [name, way, isChunked] of ways.filter(([name]) => !name.endsWith("chunks") || name.startsWith("text"))
        ) {
          const flaw = await upload(served.port, way, isChunked, amount);
          if (flaw !== null) lost(`${name}: ${flaw}`);
          const more = peakOf(served.pid) - small;
          if (more > MOST_MORE) {
            lost(`${name}: ${more.toFixed(0)} MiB more than the ${small.toFixed(0)} MiB of small uploads`);
          }
        }
        tried(amount);
        count("MiB at most for small uploads", Math.round(small));
        count("MiB at most for large ones", Math.round(peakOf(served.pid)));
      } finally {
        served.kill("SIGKILL");
        await served.ended;
      }
    });
  },
});
