/** The whole server, run in the test's own process as the command runs it. */
import { assert } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import type { ProgramIo } from "../../lib/io.ts";
import { runProgram } from "../../lib/program.ts";
import { PASSWORD_COST, type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { type Answer, send } from "./http_client.ts";
import { type Post, requestBytes } from "./post.ts";

export interface Served {
  readonly scratch: Scratch;
  /** Its path. */
  readonly database: string;
  readonly port: number;
  /** The access log so far. */
  log(): string;
  /** Lines of the access log. */
  entries(): Record<string, unknown>[];
  stderr(): string;
  /** Sends a request over a connection of its own. */
  post(post: Post): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** As SIGHUP. */
  hangUp(): void;
  /** As SIGTERM. @returns the exit code */
  stop(): Promise<number>;
}

export interface ServedOptions {
  /** Its path or address; `world.db` of the folder when left out. */
  readonly database?: string;
  /** `--name=value`, beside database and port. */
  readonly parameters?: readonly string[];
  readonly now?: () => Date;
  /** Cheap when left out; null: the program's own. */
  readonly passwordCost?: ProgramIo["passwordCost"] | null;
}

/** Runs a test against a server with a fresh world, and stops the server afterwards. */
export function withServed(options: ServedOptions, test: (served: Served) => Promise<void>): Promise<void> {
  return withScratch(async (scratch) => {
    await copyWorld(scratch);
    await serving(scratch, options, test);
  });
}

/** The same with the `world.db` that the folder holds already. */
export async function serving(
  scratch: Scratch,
  options: ServedOptions,
  test: (served: Served) => Promise<void>,
): Promise<void> {
  const served = await serve(scratch, options);
  try {
    await test(served);
  } finally {
    await served.stop();
  }
}

/** Starts a server. */
export async function serve(
  scratch: Scratch,
  { database = scratch.path("world.db"), parameters = [], now, passwordCost = PASSWORD_COST }: ServedOptions = {},
): Promise<Served> {
  const [stdout, stderr] = [new CollectedText(), new CollectedText()];
  const end = new AbortController();
  let hangUp = () => {};
  const running = runProgram(["serve", `--db=${database}`, "--port=0", ...parameters], {
    stdin: new Blob([]).stream(),
    stdout,
    stderr,
    env: () => undefined,
    now: now ?? (() => new Date()),
    interruption: end.signal,
    servingSignals: { takeTime: () => {}, onHangUp: (act) => hangUp = act },
    passwordCost: passwordCost ?? undefined,
    giveUpNetwork: () => {},
  });
  const port = await portOf(stderr, running);
  return {
    scratch,
    database,
    port,
    log: () => stdout.text,
    entries: () => stdout.text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line)),
    stderr: () => stderr.text,
    post: (post) => send(port, requestBytes(post)),
    get: (path, headers = {}) => send(port, requestBytes({ method: "GET", path, headers, body: new Uint8Array() })),
    hangUp: () => hangUp(),
    async stop() {
      end.abort(new Error("the test is over"));
      return await running;
    },
  };
}

async function portOf(stderr: CollectedText, running: Promise<number>): Promise<number> {
  let exitCode: number | null = null;
  running.then((code) => exitCode = code);
  for (;;) {
    const port = /^csvrecon listens at https?:\/\/[^ ]*:(\d+), /m.exec(stderr.text)?.[1];
    if (port !== undefined) return Number(port);
    assert(exitCode === null, `the server ended with ${exitCode}: ${stderr.text}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
