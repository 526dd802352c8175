/** The server as a process of its own. */
import { assert } from "@std/assert";
import { type ProcessOptions, startProcess } from "../helpers/program_process.ts";
import type { Scratch } from "../helpers/scratch.ts";
import { type Address, type Answer, send } from "../server/http_client.ts";
import { type Post, requestBytes } from "../server/post.ts";

export interface ServedProcess {
  readonly pid: number;
  /** 0: a socket. */
  readonly port: number;
  /** The access log so far, if it is not a file. */
  stdout(): string;
  stderr(): string;
  post(post: Post): Promise<Answer>;
  get(path: string): Promise<Answer>;
  kill(signal: Deno.Signal): void;
  /** When it has ended by itself, or by a signal. */
  readonly ended: Promise<Deno.CommandStatus>;
}

/** Waits for it: whoever asks before has no answer. */
const MOST_MILLISECONDS = 60_000;

/** Runs a test against a server on `world.db` of the scratch folder, and ends the server afterwards, however the test ends. */
export async function withServedProcess(
  scratch: Scratch,
  parameters: readonly string[],
  test: (served: ServedProcess) => Promise<void>,
): Promise<void> {
  const served = await serveProcess(scratch, parameters);
  try {
    await test(served);
  } finally {
    try {
      served.kill("SIGKILL");
    } catch {
      // It has ended.
    }
    await served.ended;
  }
}

/** Starts a server, and waits until it listens. */
export async function serveProcess(
  { folder }: Scratch,
  parameters: readonly string[],
  options: Partial<ProcessOptions> = {},
): Promise<ServedProcess> {
  const isSocket = parameters.some((parameter) => parameter.startsWith("--socket="));
  const args = ["serve", "--db=world.db", ...isSocket ? [] : ["--port=0"], ...parameters];
  const { child } = startProcess(args, { folder, ...options });
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const ended = Promise.all([child.status, stdout.whole, stderr.whole]).then(([status]) => status);
  const place = await placeOf(stderr, ended);
  const port = Number(/^https?:\/\/.*:(\d+)$/.exec(place)?.[1] ?? 0);
  const to: number | Address = port === 0 ? { transport: "unix", path: place } : port;
  return {
    pid: child.pid,
    port,
    stdout: () => stdout.text,
    stderr: () => stderr.text,
    post: (post) => send(to, requestBytes(post)),
    get: (path) => send(to, requestBytes({ method: "GET", path, headers: {}, body: new Uint8Array() })),
    kill: (signal) => child.kill(signal),
    ended,
  };
}

async function placeOf(stderr: Collected, ended: Promise<unknown>): Promise<string> {
  let isOver = false;
  ended.then(() => isOver = true);
  const begin = performance.now();
  for (;;) {
    const place = /^csvrecon listens at ([^ ]+), /m.exec(stderr.text)?.[1];
    if (place !== undefined) return place;
    assert(!isOver && performance.now() - begin < MOST_MILLISECONDS, `the server does not listen: ${stderr.text}`);
    await pause(5);
  }
}

interface Collected {
  text: string;
  readonly whole: Promise<void>;
}

function collect(stream: ReadableStream<Uint8Array>): Collected {
  const decoder = new TextDecoder();
  const collected: { text: string; whole: Promise<void> } = { text: "", whole: Promise.resolve() };
  collected.whole = (async () => {
    for await (const bytes of stream) collected.text += decoder.decode(bytes, { stream: true });
  })();
  return collected;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until something is so. @param what for the failure */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const begin = performance.now();
  while (!await isSo()) {
    assert(performance.now() - begin < MOST_MILLISECONDS, `it never came so far: ${what}`);
    await pause(5);
  }
}
