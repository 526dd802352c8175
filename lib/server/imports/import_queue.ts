/** Imports wait for each other: SQLite has one writer at a time. */
import type { FinishedImport, ImportRunner, QueuedImport } from "./queued_import.ts";

/** What became of an import that was to wait its turn. */
export type QueueAnswer =
  | { readonly kind: "finished"; readonly finished: FinishedImport }
  /** Too many wait already. It was not run; after so many seconds those that wait now should be through. */
  | { readonly kind: "queue_full"; readonly retryAfter: number }
  /** Its signal was aborted before its turn came: it was not run. */
  | { readonly kind: "given_up" };

interface Waiting {
  readonly wanted: QueuedImport;
  readonly signal: AbortSignal;
  readonly answer: (answer: QueueAnswer) => void;
  readonly fail: (error: unknown) => void;
}

/** Seconds that an import is taken to last before one has run. */
const FIRST_GUESS = 1;
/** How much the newest import counts among those before it. */
const WEIGHT = 0.2;
/** Seconds. Nobody should stay away for longer, however long the last import was. */
const LONGEST_RETRY = 300;

/** Runs imports one after another, in the order in which they came. */
export class ImportQueue {
  readonly #runner: ImportRunner;
  readonly #mostWaiting: number;
  readonly #waiting: Waiting[] = [];
  /** Runs as long as there is something to run. */
  #work: Promise<void> | null = null;
  #isClosed = false;
  #averageSeconds: number | null = null;

  /** @param mostWaiting imports beside the one that runs */
  constructor(runner: ImportRunner, mostWaiting: number) {
    this.#runner = runner;
    this.#mostWaiting = mostWaiting;
  }

  /** How many wait, without the one that runs. */
  get waiting(): number {
    return this.#waiting.length;
  }

  get isRunning(): boolean {
    return this.#work !== null;
  }

  /**
   * @param signal takes it from the queue, or ends it where it is: see `ImportRunner`
   * @throws when the queue is closed
   */
  async run(wanted: QueuedImport, signal: AbortSignal): Promise<QueueAnswer> {
    if (this.#isClosed) throw new Error("the queue is closed: a server ends its requests first");
    if (signal.aborted) return { kind: "given_up" };
    if (this.isRunning && this.waiting >= this.#mostWaiting) {
      return { kind: "queue_full", retryAfter: this.#retryAfter() };
    }
    return await new Promise((answer, fail) => this.#enter({ wanted, signal, answer, fail }));
  }

  /** Takes no more imports, and runs those that wait. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
    await this.#runner.close();
  }

  #enter(entry: Waiting): void {
    this.#waiting.push(entry);
    entry.signal.addEventListener("abort", () => this.#leave(entry), { once: true });
    this.#work ??= this.#workAll();
  }

  /** An import that runs already is its runner's. */
  #leave(entry: Waiting): void {
    const place = this.#waiting.indexOf(entry);
    if (place < 0) return;
    this.#waiting.splice(place, 1);
    entry.answer({ kind: "given_up" });
  }

  async #workAll(): Promise<void> {
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await this.#workOne(next);
    this.#work = null;
  }

  async #workOne({ wanted, signal, answer, fail }: Waiting): Promise<void> {
    try {
      const finished = await this.#runner.run(wanted, signal);
      if (!finished.isAborted) this.#averageSeconds = newAverage(this.#averageSeconds, finished.seconds);
      answer({ kind: "finished", finished });
    } catch (error) {
      fail(error);
    }
  }

  #retryAfter(): number {
    const seconds = (this.#averageSeconds ?? FIRST_GUESS) * (this.waiting + 1);
    return Math.min(LONGEST_RETRY, Math.max(1, Math.ceil(seconds)));
  }
}

function newAverage(before: number | null, seconds: number): number {
  return before === null ? seconds : before + WEIGHT * (seconds - before);
}
