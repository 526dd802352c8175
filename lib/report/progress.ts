/** One line on a terminal that says how far a run is, rewritten in place. */
import type { TextSink } from "../io.ts";
import { type ProgressFacts, progressLine } from "../messages/report.ts";

export interface Progress {
  /**
   * Shows how far the run is, if it is time to. Cheap: call it once for each chunk of the input.
   * @param bytes of the input that were read
   */
  update(rows: number, bytes: number): Promise<void>;
  /** Takes the line away. Nothing is shown after it. */
  clear(): Promise<void>;
}

const MILLISECONDS_BETWEEN = 200;
const BACK_TO_START = "\r";
/** ECMA-48: erase to the end of the line. */
const ERASE_LINE = "\x1b[K";

const NO_PROGRESS: Progress = { update: () => Promise.resolve(), clear: () => Promise.resolve() };

/**
 * The progress of a run that begins now; nothing is ever shown when no person sees it.
 * @param size bytes of the input; null: not known
 * @param now milliseconds of any clock that only goes forward
 */
export function createProgress(
  stderr: TextSink,
  size: number | null,
  now: () => number = () => performance.now(),
): Progress {
  return stderr.isTerminal ? new ProgressLine(stderr, size, now) : NO_PROGRESS;
}

class ProgressLine implements Progress {
  readonly #begin: number;
  #shownAt: number;
  #isShown = false;
  #isOver = false;

  constructor(readonly stderr: TextSink, readonly size: number | null, readonly now: () => number) {
    this.#begin = now();
    this.#shownAt = this.#begin;
  }

  async update(rows: number, bytes: number): Promise<void> {
    const time = this.now();
    if (this.#isOver || time - this.#shownAt < MILLISECONDS_BETWEEN) return;
    this.#shownAt = time;
    this.#isShown = true;
    const line = progressLine(progressFacts(rows, bytes, this.size, (time - this.#begin) / 1000));
    await this.#command(BACK_TO_START + line + ERASE_LINE);
  }

  async clear(): Promise<void> {
    if (this.#isShown) await this.#command(BACK_TO_START + ERASE_LINE);
    this.#isShown = false;
    this.#isOver = true;
  }

  async #command(sequence: string): Promise<void> {
    try {
      await (this.stderr.command === undefined ? this.stderr.write(sequence) : this.stderr.command(sequence));
    } catch {
      // The terminal is gone. The run does not need anybody to watch it.
      this.#isShown = false;
      this.#isOver = true;
    }
  }
}

/** @param seconds since the run began, more than 0 */
function progressFacts(rows: number, bytes: number, size: number | null, seconds: number): ProgressFacts {
  const rowsPerSecond = Math.round(rows / seconds);
  if (size === null || size === 0 || bytes === 0) return { rows, rowsPerSecond, percent: null, secondsLeft: null };
  const share = Math.min(1, bytes / size);
  const secondsLeft = Math.ceil(seconds / share - seconds);
  return { rows, rowsPerSecond, percent: Math.floor(100 * share), secondsLeft };
}
