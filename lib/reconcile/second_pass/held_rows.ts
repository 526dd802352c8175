/**
 * Rows for which nothing is to be written, because their second reading cannot be: nothing is written by halves. They are known when the
 * file was read twice; then all of it is taken back, and it is read again without them.
 */
import type { Rejection } from "../row_result.ts";
import { RowFlags, RowNumbers } from "./row_numbers.ts";

/** Why a row is held back. */
export type Cause =
  /** What an external key looks for is not there, or in error itself. @see ColumnPlan.externalKeys of the second reading */
  | { readonly kind: "key"; readonly key: number }
  /** Rows of the file make a loop of a hierarchical key. */
  | { readonly kind: "loop"; readonly key: number }
  /** Something else speaks against what the second reading would write; null: it is not known any more what. */
  | { readonly kind: "refused"; readonly reason: Rejection | null };

/** How a cause is kept: so much is added to the key. */
const KEY = 1;
const LOOP = 20_000;
const REFUSED = 40_000;

/** What is kept of reasons, in UTF-16 code units; what is more is not remembered. */
const MOST_TEXT = 4 * 1024 * 1024;

export class HeldRows {
  readonly #causes = new RowNumbers(2);
  readonly #released = new RowFlags();
  readonly #reasons = new Map<number, string>();
  #text = 0;

  has(row: number): boolean {
    return this.#causes.of(row) !== 0;
  }

  /** Null: it is not held back. */
  causeOf(row: number): Cause | null {
    const kept = this.#causes.of(row);
    if (kept === 0) return null;
    if (kept < LOOP) return { kind: "key", key: kept - KEY };
    if (kept < REFUSED) return { kind: "loop", key: kept - LOOP };
    const reason = this.#reasons.get(row);
    return { kind: "refused", reason: reason === undefined ? null : JSON.parse(reason) };
  }

  hold(row: number, cause: Cause): void {
    switch (cause.kind) {
      case "key":
        return this.#causes.note(row, KEY + cause.key);
      case "loop":
        return this.#causes.note(row, LOOP + cause.key);
      case "refused": {
        this.#causes.note(row, REFUSED);
        const reason = JSON.stringify(cause.reason);
        this.#text += reason.length;
        if (cause.reason !== null && this.#text <= MOST_TEXT) this.#reasons.set(row, reason);
      }
    }
  }

  /** Once for each row, so that it comes to an end: whether it may be tried again. */
  mayRelease(row: number): boolean {
    return !this.#released.has(row);
  }

  release(row: number): void {
    this.#released.add(row);
    this.letGo(row);
  }

  /** It is not held back after all. */
  letGo(row: number): void {
    if (this.has(row)) this.#causes.note(row, 0);
  }
}

/** One time that the file is read twice: what rows refer to, and which must be held back. */
export class Attempt {
  /** By key of the second reading: one more than the row that has made what the row refers to. */
  readonly #creators: readonly RowNumbers[];
  /** Rows whose new objects other rows have reached as well, and would make in their place. */
  readonly #shared = new RowFlags();
  /** Rows that have written, in either reading, what is judged at the end. */
  readonly #written = new RowFlags();
  /** By key: rows that have changed it. */
  readonly #changed: readonly RowFlags[];
  readonly #failed = new RowFlags();
  /** One more than the key of rows that the first reading has refused, and that the second one could not fill. */
  readonly #hopeless = new RowNumbers(2);
  #hasFailed = false;
  readonly #releasable: number[] = [];
  rows = 0;

  /** @param keys how many external keys are filled in the second reading */
  constructor(private readonly held: HeldRows, keys: number) {
    this.#creators = Array.from({ length: keys }, () => new RowNumbers(4));
    this.#changed = Array.from({ length: keys }, () => new RowFlags());
  }

  /** A row must be held back: what it wrote is to be taken back. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Rows are to be tried again: what else may be wrong is not known yet. */
  get hasReleasable(): boolean {
    return this.#releasable.length > 0;
  }

  /** Another row than the first one has reached its object. */
  noteShared(first: number): void {
    this.#shared.add(first);
  }

  isShared(row: number): boolean {
    return this.#shared.has(row);
  }

  /** A row refers to an object that a row has made. */
  noteReference(row: number, key: number, creator: number): void {
    this.#creators[key]?.note(row, creator + 1);
  }

  noteWritten(row: number): void {
    this.#written.add(row);
  }

  hasWritten(row: number): boolean {
    return this.#written.has(row);
  }

  noteChanged(row: number, key: number): void {
    this.#changed[key]?.add(row);
  }

  hasChanged(row: number, key: number): boolean {
    return this.#changed[key]?.has(row) === true;
  }

  /** The row is held back from now on. It has been noted in this attempt before, if it ever is. */
  fail(row: number, cause: Cause): void {
    this.#hasFailed = true;
    this.#failed.add(row);
    this.held.hold(row, cause);
  }

  /** The first reading has refused a row, and what a key of it looks for is not there. */
  noteHopeless(row: number, key: number): void {
    this.#hopeless.note(row, key + 1);
  }

  /** What held a row back is gone, it seems. */
  noteReleasable(row: number): void {
    if (this.held.mayRelease(row)) this.#releasable.push(row);
  }

  /**
   * Notes who else is to be held back from now on, or no longer.
   * @param isWaiting whether what a row looks for in vain may still come
   * @returns whether the attempt stands; otherwise it is to be taken back
   */
  end(isWaiting: (row: number) => boolean): boolean {
    if (this.hasFailed) {
      this.#letWaitingGo(isWaiting);
      this.#holdReferrers();
      return false;
    }
    // Only when nothing else is wrong: what a row waits for must not go in the same moment.
    for (const row of this.#releasable) this.held.release(row);
    return !this.hasReleasable;
  }

  /**
   * Rows that wait are held back only when there are no others: these may make room for what they wait for. Of rows that the first reading
   * has refused, those are held back with the others that would be in the way of the next: each would take a reading of its own.
   */
  #letWaitingGo(isWaiting: (row: number) => boolean): void {
    const isLost = (row: number) => this.#failed.has(row) || (this.#hopeless.of(row) > 0 && !this.held.has(row));
    let areOthers = false;
    for (let row = 0; row < this.rows && !areOthers; row++) areOthers = isLost(row) && !isWaiting(row);
    for (let row = 0; row < this.rows; row++) {
      if (!isLost(row)) continue;
      if (areOthers && isWaiting(row)) this.held.letGo(row);
      else if (!this.held.has(row)) this.held.hold(row, { kind: "key", key: this.#hopeless.of(row) - 1 });
    }
  }

  /** Whoever refers to an object that will not be made is in error, too: else each step down a tree would take a reading of its own. */
  #holdReferrers(): void {
    const all = this.#creators.map((creators, key) => new Referrers(creators, this.rows, key));
    const waiting: number[] = [];
    for (let row = 0; row < this.rows; row++) if (this.#failed.has(row) && this.held.has(row)) waiting.push(row);
    while (true) {
      const row = waiting.pop();
      if (row === undefined) return;
      if (this.#shared.has(row)) continue;
      for (const referrers of all) {
        for (const referrer of referrers.of(row)) {
          if (this.held.has(referrer)) continue;
          this.held.hold(referrer, { kind: "key", key: referrers.key });
          waiting.push(referrer);
        }
      }
    }
  }
}

/** Who refers to what each row has made. */
class Referrers {
  /** Where those of a row begin in `#list`. */
  readonly #starts: Uint32Array;
  readonly #list: Uint32Array;

  constructor(creators: RowNumbers, rows: number, readonly key: number) {
    const starts = new Uint32Array(rows + 2);
    for (let row = 0; row < rows; row++) {
      const creator = creators.of(row);
      if (creator > 0) starts[creator + 1] = (starts[creator + 1] ?? 0) + 1;
    }
    for (let at = 1; at < starts.length; at++) starts[at] = (starts[at] ?? 0) + (starts[at - 1] ?? 0);
    this.#starts = starts.slice();
    this.#list = new Uint32Array(starts.at(-1) ?? 0);
    for (let row = 0; row < rows; row++) {
      const creator = creators.of(row);
      if (creator === 0) continue;
      const at = starts[creator] ?? 0;
      this.#list[at] = row;
      starts[creator] = at + 1;
    }
  }

  of(row: number): Uint32Array {
    return this.#list.subarray(this.#starts[row + 1], this.#starts[row + 2]);
  }
}
