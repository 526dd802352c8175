/** Warnings of rows that may be read before their turn: the run hears of them with the rows, so that they always come in the same order. */
import { RunWarnings } from "../run_warnings.ts";

export class LaterWarnings extends RunWarnings {
  #waiting: (() => void)[] = [];

  constructor(private readonly run: RunWarnings) {
    super();
  }

  override note(...args: Parameters<RunWarnings["note"]>): void {
    this.#waiting.push(() => this.run.note(...args));
  }

  override noteRow(...args: Parameters<RunWarnings["noteRow"]>): void {
    this.#waiting.push(() => this.run.noteRow(...args));
  }

  override noteRows(...args: Parameters<RunWarnings["noteRows"]>): void {
    this.#waiting.push(() => this.run.noteRows(...args));
  }

  /** Hands over what waits. */
  tell(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const tell of waiting) tell();
  }
}
