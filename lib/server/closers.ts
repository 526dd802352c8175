/** What is open, and is to be closed in the end: the last one first. */
export class Closers {
  readonly #acts: (() => void | Promise<void>)[] = [];

  add(act: () => void | Promise<void>): void {
    this.#acts.push(act);
  }

  /** Closes everything, once, whatever fails on the way. @throws what failed first */
  async closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let act = this.#acts.pop(); act !== undefined; act = this.#acts.pop()) {
      try {
        await act();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
