/** What is open, and is to be closed in the end: the last one first. */
export class Closers {
  readonly #acts: (() => void | Promise<void>)[] = [];

  add(act: () => void | Promise<void>): void {
    this.#acts.push(act);
  }

  /** Closes everything, once. */
  async closeAll(): Promise<void> {
    for (let act = this.#acts.pop(); act !== undefined; act = this.#acts.pop()) await act();
  }
}
