/** Work that goes on without a pause hears no signal: rows that take long, such as those with passwords, are to be parted by one. */
import { pause } from "./interruption.ts";

/** Milliseconds that a run may go on without it. */
const LONGEST_WITHOUT = 200;

export class Breath {
  #last = performance.now();

  /** @param interruption undefined: nobody can end the run */
  constructor(readonly interruption: AbortSignal | undefined) {}

  get isDue(): boolean {
    return this.interruption !== undefined && performance.now() - this.#last > LONGEST_WITHOUT;
  }

  /** Lets signals be heard. @throws the reason of the interruption */
  async take(): Promise<void> {
    await pause(0, this.interruption);
    this.interruption?.throwIfAborted();
    this.#last = performance.now();
  }
}
