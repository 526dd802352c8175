/**
 * Numbers for the objects of one root class, where ids are numbers too. Files are mostly in the order of the ids, or make new ones: then
 * both grow together, and a page of ids is a few runs. In any other order a page is a list, and when it is half full a number for each id:
 * never much more than eight bytes for each object. Nothing is sorted in but the first runs, for that would take longer than the search.
 */
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectNumbers } from "../../store/objects.ts";

/** Ids of a page: a power of two. */
const PAGE = 4096;
/** So many runs are kept in order; more are no order. */
const MOST_RUNS = 128;
/** From so many ids on, a number for each id of the page takes no more memory than the list does. */
const MOST_LISTED = 2048;
/** In the first word of a run, above the place of its first id: how many ids it has. */
const LENGTH_SHIFT = 12;
const PLACE_MASK = PAGE - 1;

export class NumberedIds implements ObjectNumbers {
  readonly #pages = new Map<number, Page>();
  /** The page that was used last: mostly it is the next one, too. */
  #current: Page = new RunPage();
  #currentIndex = -1;

  noteOnce(id: ObjectId, number: number): number {
    const value = Number(id);
    const index = Math.floor(value / PAGE);
    if (index !== this.#currentIndex) this.#turnTo(index);
    const place = value - index * PAGE;
    const known = this.#current.noteOnce(place, number);
    if (known !== NO_ROOM) return known;
    const wider = this.#current.size < MOST_LISTED ? new ListPage(this.#current) : new FullPage(this.#current);
    this.#pages.set(index, wider);
    this.#current = wider;
    return wider.noteOnce(place, number);
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

  *pages(): Generator<readonly ObjectId[], void> {
    for (const index of [...this.#pages.keys()].sort((one, other) => one - other)) {
      const ids: number[] = [];
      this.#pages.get(index)?.forEach((place) => ids.push(index * PAGE + place));
      // A list is in no order.
      if (ids.length > 0) yield (ids.sort((one, other) => one - other)) as ObjectId[];
    }
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

interface Page {
  /** How many ids of it have a number. */
  readonly size: number;
  /** The number that the place has now; `NO_ROOM`: a page of another kind is needed. */
  noteOnce(place: number, number: number): number;
  of(place: number): number | null;
  /** Calls back for each id that has a number. */
  forEach(use: (place: number, number: number) => void): void;
}

/**
 * Runs of ids whose numbers grow with them, in the order of the ids, two words each: where the first id stands and how many there are, and
 * the number of the first one.
 */
class RunPage implements Page {
  #words = new Uint32Array(2);
  #runs = 0;
  size = 0;

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
        this.size++;
        return number;
      }
    }
    if (this.#runs === MOST_RUNS) return NO_ROOM;
    this.#insert(before + 1, place, number);
    this.size++;
    return number;
  }

  forEach(use: (place: number, number: number) => void): void {
    for (let run = 0; run < this.#runs; run++) {
      const head = this.#words[2 * run] ?? 0;
      for (let offset = 0; offset < head >>> LENGTH_SHIFT; offset++) {
        use((head & PLACE_MASK) + offset, (this.#words[2 * run + 1] ?? 0) + offset);
      }
    }
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
      const longer = new Uint32Array(4 * this.#runs);
      longer.set(this.#words);
      this.#words = longer;
    }
    this.#words.copyWithin(2 * at + 2, 2 * at, 2 * this.#runs);
    this.#words[2 * at] = place | 1 << LENGTH_SHIFT;
    this.#words[2 * at + 1] = number;
    this.#runs++;
  }
}

/** Ids and numbers as they came. A bit for each id says whether it is among them: mostly it is not, and nothing has to be searched. */
class ListPage implements Page {
  readonly #isListed = new Uint32Array(PAGE / 32);
  #places = new Uint16Array(2 * MOST_RUNS);
  #numbers = new Uint32Array(2 * MOST_RUNS);
  size = 0;

  constructor(page: Page) {
    page.forEach((place, number) => this.noteOnce(place, number));
  }

  noteOnce(place: number, number: number): number {
    const word = this.#isListed[place >>> 5] ?? 0;
    const bit = 1 << (place & 31);
    if ((word & bit) !== 0) return this.#numberOf(place);
    if (this.size === MOST_LISTED) return NO_ROOM;
    if (this.size === this.#places.length) this.#grow();
    this.#isListed[place >>> 5] = word | bit;
    this.#places[this.size] = place;
    this.#numbers[this.size] = number;
    this.size++;
    return number;
  }

  of(place: number): number | null {
    const isListed = ((this.#isListed[place >>> 5] ?? 0) & 1 << (place & 31)) !== 0;
    return isListed ? this.#numberOf(place) : null;
  }

  forEach(use: (place: number, number: number) => void): void {
    for (let at = 0; at < this.size; at++) use(this.#places[at] ?? 0, this.#numbers[at] ?? 0);
  }

  /** Behind the end of the list stand zeros; what is listed stands before them. */
  #numberOf(place: number): number {
    return this.#numbers[this.#places.indexOf(place)] ?? 0;
  }

  #grow(): void {
    const length = Math.min(MOST_LISTED, Math.ceil(this.size * 1.25));
    const [places, numbers] = [new Uint16Array(length), new Uint32Array(length)];
    places.set(this.#places);
    numbers.set(this.#numbers);
    [this.#places, this.#numbers] = [places, numbers];
  }
}

/** A number for each id of a page. */
class FullPage implements Page {
  /** One more than the numbers; 0: none. */
  readonly #numbers = new Uint32Array(PAGE);
  size = 0;

  constructor(page: Page) {
    page.forEach((place, number) => this.noteOnce(place, number));
  }

  noteOnce(place: number, number: number): number {
    const known = this.#numbers[place] ?? 0;
    if (known > 0) return known - 1;
    this.#numbers[place] = number + 1;
    this.size++;
    return number;
  }

  of(place: number): number | null {
    const known = this.#numbers[place] ?? 0;
    return known === 0 ? null : known - 1;
  }

  forEach(use: (place: number, number: number) => void): void {
    for (let place = 0; place < PAGE; place++) {
      const known = this.#numbers[place] ?? 0;
      if (known > 0) use(place, known - 1);
    }
  }

  forget(place: number): void {
    if (this.#numbers[place] !== 0) this.size--;
    this.#numbers[place] = 0;
  }
}
