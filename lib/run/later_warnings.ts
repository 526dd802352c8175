/**
 * Warnings of rows that may be read before their turn: the run hears of them with the rows, so that they always come in the same order. What
 * waits is counted: it may be a whole file, of which no row comes.
 */
import { RunWarnings } from "../run_warnings.ts";

export class LaterWarnings extends RunWarnings {
  constructor(private readonly run: RunWarnings) {
    super();
  }

  /** Hands over what waits. */
  tell(): void {
    this.moveTo(this.run);
  }
}
