/**
 * Imports many organisations as a server does, and prints what the main thread had to do with it, as JSON. A program of its own: the heap
 * of a test runner is full of other things. Arguments: those of the command, and the number of rows.
 */
import { NEVER, queuedImportFor, withThread } from "./queued_imports.ts";

export interface MainThreadUse {
  readonly exitCode: number;
  readonly created: number;
  /** Bytes. */
  readonly read: number;
  readonly reported: number;
  /** Bytes of the longest piece of the report. */
  readonly longest: number;
  /** By how much the memory in use has grown from the first piece to the last, in MiB. */
  readonly growth: number;
}

const rows = Number(Deno.args.at(-1));
const used: number[] = [];
let calls = 0;
let read = 0;
let reported = 0;
let longest = 0;

/** Made as it is read. */
function* organizations(): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode("name,code\n");
  for (let row = 0; row < rows; row += 500) {
    const some = Array.from({ length: 500 }, (_, index) => `"Organisation with the number ${row + index}",O${row}\n`);
    const piece = encoder.encode(some.join(""));
    read += piece.length;
    measure();
    yield piece;
  }
}

function report(bytes: Uint8Array): void {
  reported += bytes.length;
  longest = Math.max(longest, bytes.length);
  measure();
}

/** Now and then, and after a collection: what is left then is kept. */
function measure(): void {
  if (calls++ % 20 !== 0) return;
  collect();
  const { heapUsed, external } = Deno.memoryUsage();
  used.push((heapUsed + external) / 2 ** 20);
}

/** V8's own, with `--expose-gc`. */
function collect(): void {
  (globalThis as unknown as { gc(): void }).gc();
}

const wanted = await queuedImportFor(Deno.args.slice(0, -1), "", { input: organizations, report });
const { exitCode, counts } = await withThread((thread) => thread.run(wanted, NEVER));
// The first import of a thread loads and compiles what it needs: that is there at the first piece.
const growth = (used.at(-1) ?? NaN) - (used[0] ?? NaN);
const use: MainThreadUse = { exitCode, created: counts?.created ?? 0, read, reported, longest, growth };
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(use)));
