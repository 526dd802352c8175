/** Lines on their way into a log that may be slow, or stand still: whoever writes one never waits for it. */

/** Where lines go. Its methods may take for ever. */
export interface LogTarget {
  /** Writes whole lines. @throws when they are lost */
  write(lines: string): Promise<void>;
  /** Opens it anew. @throws when it stays as it was */
  reopen(): Promise<void>;
  /** Frees what is not in use any more. */
  close(): void;
}

/** What the operator is told of. */
export interface LogTelling {
  /** Lines are lost. @param reason undefined: nobody takes them */
  lost(lines: number, reason: unknown): void;
  notReopened(error: unknown): void;
}

/** Lines that may wait. */
const MOST_WAITING = 10_000;

/** Milliseconds that an end waits for what was written, and a new beginning for a write that stands still. */
const PATIENCE = 1000;

/** Stands in the queue for a wish to open the log anew. */
const REOPEN = Symbol("reopen");

export class LogLines {
  #queue: (string | typeof REOPEN)[] = [];
  /** What is being written. */
  #written: readonly string[] = [];
  #isReopening = false;
  #work: Promise<void> | null = null;
  /** Fulfilled when what is being done is not to be waited for any more. */
  #impatience = Promise.withResolvers<void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lost = 0;

  constructor(readonly target: LogTarget, readonly telling: LogTelling) {}

  /** Lines that were lost so far. */
  get lost(): number {
    return this.#lost;
  }

  write(line: string): void {
    if (this.#queue.length >= MOST_WAITING) return this.#lose(1, undefined);
    this.#queue.push(line);
    this.#start();
  }

  /** Opens the log anew behind the lines before; a write that stands still, or an opening, is then left alone. */
  reopen(): void {
    this.#queue.push(REOPEN);
    this.#start();
    const loseIfNeeded = () => {
      if (this.#isReopening || this.#queue.includes(REOPEN)) this.#impatience.resolve();
    };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(loseIfNeeded, PATIENCE);
  }

  /** Waits until what was written is out, but not for long. */
  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, PATIENCE);
    await Promise.race([this.#work, late]);
    clearTimeout(timer);
    clearTimeout(this.#timer);
    const left = [...this.#written, ...this.#queue].filter((entry) => entry !== REOPEN).length;
    this.#queue = [];
    this.#written = [];
    if (left > 0) this.#lose(left, undefined);
    this.target.close();
  }

  #start(): void {
    this.#work ??= this.#workOff().finally(() => this.#work = null);
  }

  async #workOff(): Promise<void> {
    while (this.#queue.length > 0) {
      const act = this.#queue[0] === REOPEN ? this.#reopenNow() : this.#writeSome();
      const isDone = await Promise.race([act.then(() => true), this.#impatience.promise.then(() => false)]);
      if (!isDone) this.#leaveAlone();
    }
  }

  #leaveAlone(): void {
    this.#impatience = Promise.withResolvers();
    const lines = this.#written.length;
    this.#written = [];
    if (lines > 0) this.#lose(lines, undefined);
  }

  async #reopenNow(): Promise<void> {
    this.#queue.shift();
    this.#isReopening = true;
    try {
      await this.target.reopen();
    } catch (error) {
      this.telling.notReopened(error);
    } finally {
      this.#isReopening = false;
    }
  }

  async #writeSome(): Promise<void> {
    const end = this.#queue.indexOf(REOPEN);
    const lines = this.#queue.splice(0, end < 0 ? this.#queue.length : end).filter((entry) => entry !== REOPEN);
    this.#written = lines;
    let failure: { readonly error: unknown } | null = null;
    try {
      await this.target.write(lines.join(""));
    } catch (error) {
      failure = { error };
    }
    // Otherwise it was left alone, and is told already.
    if (this.#written !== lines) return;
    this.#written = [];
    if (failure !== null) this.#lose(lines.length, failure.error);
  }

  #lose(lines: number, reason: unknown): void {
    this.#lost += lines;
    this.telling.lost(lines, reason);
  }
}
