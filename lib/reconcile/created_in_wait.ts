/** Rows in wait that have created objects since something else was written last, by what tells them apart. */
import type { PendingRow, WaitingRows } from "./told_with.ts";

export class CreatedInWait {
  /** As far as it was looked through. */
  #waiting: WaitingRows = [];
  #seen = 0;
  /** Null: there are several, or what is stored is not known. */
  #rows = new Map<string, PendingRow | null>();

  /** @param nameOf what tells a row apart from others */
  constructor(private readonly nameOf: (row: PendingRow) => string) {}

  /** The only one of that name; null: there is none, or it cannot be told. */
  find(waiting: WaitingRows, name: string): PendingRow | null {
    if (waiting !== this.#waiting) {
      this.#waiting = waiting;
      this.#seen = 0;
      this.#forget();
    }
    for (; this.#seen < waiting.length; this.#seen++) {
      const one = waiting[this.#seen];
      if (one !== undefined && "row" in one) this.#note(one);
    }
    return this.#rows.get(name) ?? null;
  }

  /** A map that is cleared holds what it had until V8 collects old objects. */
  #forget(): void {
    if (this.#rows.size > 0) this.#rows = new Map();
  }

  #note(one: PendingRow): void {
    const { plan, write, newId } = one;
    if (plan.kind !== "create") return this.#forget();
    const name = this.nameOf(one);
    const isKnown = write !== null && newId !== null && plan.leftOut.length === 0 && !this.#rows.has(name);
    this.#rows.set(name, isKnown ? one : null);
  }
}
