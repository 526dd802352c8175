/** A server in a process of its own: what it does without file handles, and what many connections leave behind. */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { pause, statusOf, talk } from "./test_server.ts";

const GET = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
const NOT_LINUX = Deno.build.os !== "linux";

interface ServerProcess {
  readonly pid: number;
  readonly port: number;
}

/** With the setting of V8 that the compiled program has. @param handles the most that the system gives it */
async function withServerProcess(handles: number, test: (server: ServerProcess) => Promise<void>): Promise<void> {
  const program = fromFileUrl(new URL("./server_process_main.ts", import.meta.url));
  const config = fromFileUrl(new URL("../../deno.json", import.meta.url));
  const script =
    `ulimit -n "$1" && exec "$0" run --v8-flags=--max-semi-space-size=8 --no-check --frozen --config "$2" --allow-net --allow-read --allow-env "$3"`;
  const child = new Deno.Command("bash", {
    args: ["-c", script, Deno.execPath(), `${handles}`, config, program],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const output = child.stdout.getReader();
  try {
    const port = Number(new TextDecoder().decode((await output.read()).value));
    await test({ pid: child.pid, port });
  } finally {
    // Throws when it has ended by itself.
    child.kill();
    await output.cancel();
    await child.status;
  }
}

Deno.test({
  name: "server: without handles it neither ends nor spins, and goes on when there are some",
  ignore: NOT_LINUX,
}, async () => {
  await withServerProcess(120, async ({ pid, port }) => {
    const many = await Promise.all(Array.from({ length: 130 }, () => Deno.connect({ hostname: "127.0.0.1", port })));
    await pause(200);
    const before = cpuTicks(pid);
    await pause(1000);
    const spent = cpuTicks(pid) - before;
    assert(openHandles(pid) >= 118, `${openHandles(pid)}`);
    const late = talk(port, GET);
    for (const connection of many) connection.close();
    assertEquals(statusOf(await late), 200);
    assert(spent < 50, `${spent} ticks of 10 ms in a second`);
  });
});

Deno.test({
  name: "server: connections, good, refused and broken, leave no memory and no handle behind",
  ignore: NOT_LINUX,
}, async () => {
  const rounds = Number(Deno.env.get("CSVRECON_TEST_CONNECTIONS") ?? 4000) / 50;
  await withServerProcess(1000, async ({ pid, port }) => {
    const round = () => Promise.all(Array.from({ length: 50 }, (_, at) => connectOnce(port, at)));
    const handles = openHandles(pid);
    for (let count = 0; count < 40; count++) await round();
    const before = { handles, memory: residentMiB(pid) };
    for (let count = 0; count < rounds; count++) await round();
    // What was just closed may be on its way.
    const end = performance.now() + 10_000;
    while (openHandles(pid) > before.handles && performance.now() < end) await pause(50);
    assert(openHandles(pid) <= before.handles, `${before.handles} became ${openHandles(pid)}`);
    const grown = residentMiB(pid) - before.memory;
    // The buffers of 4,000 connections are 64 MiB.
    assert(grown < 40, `${before.memory} MiB became ${grown} more`);
  });
});

async function connectOnce(port: number, at: number): Promise<void> {
  if (at % 4 === 0) assertEquals(statusOf(await talk(port, GET)), 200);
  if (at % 4 === 1) assertEquals(statusOf(await talk(port, "POST / HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc")), 200);
  if (at % 4 === 2) assertEquals(statusOf(await talk(port, "nothing\r\n\r\n")), 400);
  if (at % 4 === 3) (await Deno.connect({ hostname: "127.0.0.1", port })).close();
}

/** User and system time of a process. */
function cpuTicks(pid: number): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return Number(fields[11]) + Number(fields[12]);
}

function openHandles(pid: number): number {
  return [...Deno.readDirSync(`/proc/${pid}/fd`)].length;
}

function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1]) / 1024;
}
