/**
 * Numbers for the objects of one root class, where ids are numbers too. Files are mostly in the order of the ids, or make new ones: then
 * both grow together, and a page of ids is one run. In any other order a page takes eight bytes for each object, and at most four for each
 * of its ids.
 */
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectNumbers } from "../../store/objects.ts";

/** Ids of a page: a power of two. */
const PAGE = 4096;
/** From so many runs on a page has a number for each of its ids: four times as much memory at first, never more again. */
const MOST_RUNS = 1024;
/** In the first word of a run, above the place of its first id: how many ids it has. */
const LENGTH_SHIFT = 12;
const PLACE_MASK = PAGE - 1;

export class NumberedIds implements ObjectNumbers {
  readonly #pages = new Map<number, RunPage | FullPage>();
  /** The page that was used last: mostly it is the next one, too. */
  #current: RunPage | FullPage = new RunPage();
  #currentIndex = -1;

  noteOnce(id: ObjectId, number: number): number {
    const value = Number(id);
    const index = Math.floor(value / PAGE);
    if (index !== this.#currentIndex) this.#turnTo(index);
    const place = value - index * PAGE;
    const known = this.#current.noteOnce(place, number);
    if (known !== NO_ROOM) return known;
    const full = new FullPage(this.#current);
    this.#pages.set(index, full);
    this.#current = full;
    return full.noteOnce(place, number);
  }

  of(id: ObjectId): number | null {
    const index = Math.floor(Number(id) / PAGE);
    const page = index === this.#currentIndex ? this.#current : this.#pages.get(index);
    return page?.of(Number(id) - index * PAGE) ?? null;
  }

  forget(id: ObjectId): void {
    const index = Math.floor(Number(id) / PAGE);
    const page = this.#pages.get(index);
    if (page === undefined) return;
    // Rarely: a run would have to be cut in two.
    const full = page instanceof FullPage ? page : new FullPage(page);
    full.forget(Number(id) - index * PAGE);
    this.#pages.set(index, full);
    if (index === this.#currentIndex) this.#current = full;
  }

  #turnTo(index: number): void {
    let page = this.#pages.get(index);
    if (page === undefined) this.#pages.set(index, page = new RunPage());
    this.#current = page;
    this.#currentIndex = index;
  }
}

/** In place of a number: none is as small. */
const NO_ROOM = -1;

/**
 * Runs of ids whose numbers grow with them, in the order of the ids, two words each: where the first id stands and how many there are, and
 * the number of the first one.
 */
class RunPage {
  #words = new Uint32Array(2);
  #runs = 0;

  noteOnce(place: number, number: number): number {
    const before = this.#lastUpTo(place);
    if (before >= 0) {
      const head = this.#words[2 * before] ?? 0;
      const first = this.#words[2 * before + 1] ?? 0;
      const offset = place - (head & PLACE_MASK);
      const length = head >>> LENGTH_SHIFT;
      if (offset < length) return first + offset;
      if (offset === length && number === first + offset) {
        this.#words[2 * before] = head + (1 << LENGTH_SHIFT);
        return number;
      }
    }
    if (this.#runs === MOST_RUNS) return NO_ROOM;
    this.#insert(before + 1, place, number);
    return number;
  }

  of(place: number): number | null {
    const run = this.#lastUpTo(place);
    if (run < 0) return null;
    const head = this.#words[2 * run] ?? 0;
    const offset = place - (head & PLACE_MASK);
    return offset < head >>> LENGTH_SHIFT ? (this.#words[2 * run + 1] ?? 0) + offset : null;
  }

  /** The last run that begins at or before a place; -1: none does. */
  #lastUpTo(place: number): number {
    let low = 0;
    let high = this.#runs;
    // Mostly it is the very last.
    if (high > 0 && this.#placeOf(high - 1) <= place) return high - 1;
    while (low < high) {
      const middle = low + high >>> 1;
      if (this.#placeOf(middle) <= place) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #placeOf(run: number): number {
    return (this.#words[2 * run] ?? 0) & PLACE_MASK;
  }

  #insert(at: number, place: number, number: number): void {
    if (2 * this.#runs === this.#words.length) {
      const longer = new Uint32Array(2 * Math.ceil(this.#runs * 1.5));
      longer.set(this.#words);
      this.#words = longer;
    }
    this.#words.copyWithin(2 * at + 2, 2 * at, 2 * this.#runs);
    this.#words[2 * at] = place | 1 << LENGTH_SHIFT;
    this.#words[2 * at + 1] = number;
    this.#runs++;
  }
}

/** A number for each id of a page. */
class FullPage {
  /** One more than the numbers; 0: none. */
  readonly #numbers = new Uint32Array(PAGE);

  constructor(page: RunPage | FullPage) {
    for (let place = 0; place < PAGE; place++) {
      const number = page.of(place);
      if (number !== null) this.#numbers[place] = number + 1;
    }
  }

  noteOnce(place: number, number: number): number {
    const known = this.#numbers[place] ?? 0;
    if (known > 0) return known - 1;
    this.#numbers[place] = number + 1;
    return number;
  }

  of(place: number): number | null {
    const known = this.#numbers[place] ?? 0;
    return known === 0 ? null : known - 1;
  }

  forget(place: number): void {
    this.#numbers[place] = 0;
  }
}
