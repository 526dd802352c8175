/** Limits how many works go on at a time; the others wait in the order in which they came. */

export class Semaphore {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  /** @param atATime how many may work at a time */
  constructor(atATime: number) {
    this.#free = atATime;
  }

  /** Does the work as soon as it may. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}

/** A lock for each name: works of one name come one after another, those of different names together. */
export class NamedLocks {
  readonly #last = new Map<string, Promise<unknown>>();

  async run<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(name) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(name, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(name) === mine) this.#last.delete(name);
    }
  }
}
