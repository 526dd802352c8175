/**
 * Numbers for ids that are texts. A map of a million texts takes 100 bytes and more for each; here they stand one behind the other in one
 * array, and a table of places finds them by their hash.
 */
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectNumbers } from "../../store/objects.ts";

/** Ids of a page. */
const PAGE = 4096;

/** At the beginning, in UTF-16 code units and in texts. */
const FIRST_UNITS = 1024;
const FIRST_TEXTS = 64;

/** In place of a number: the text has none any more. */
const NONE = 0xffffffff;

export class TextNumbers implements ObjectNumbers {
  /** The texts, each in UTF-16 code units. */
  #units = new Uint16Array(FIRST_UNITS);
  /** Where each text begins; one more, where the last one ends. */
  #starts = new Uint32Array(FIRST_TEXTS + 1);
  #numbers = new Uint32Array(FIRST_TEXTS);
  /** By hash the index of a text, one more than it; 0: the place is free. Half of them are, at least. */
  #places = new Uint32Array(2 * FIRST_TEXTS);
  #size = 0;

  noteOnce(id: ObjectId, number: number): number {
    const text = String(id);
    const place = this.#placeOf(text);
    const index = (this.#places[place] ?? 0) - 1;
    if (index < 0) this.#add(text, number, place);
    else if (this.#numbers[index] === NONE) this.#numbers[index] = number;
    else return this.#numbers[index] ?? NONE;
    return number;
  }

  of(id: ObjectId): number | null {
    const index = (this.#places[this.#placeOf(String(id))] ?? 0) - 1;
    const number = index < 0 ? NONE : this.#numbers[index] ?? NONE;
    return number === NONE ? null : number;
  }

  forget(id: ObjectId): void {
    const index = (this.#places[this.#placeOf(String(id))] ?? 0) - 1;
    if (index >= 0) this.#numbers[index] = NONE;
  }

  /** In the order of their characters. */
  *pages(): Generator<readonly ObjectId[], void> {
    const known = Uint32Array.from({ length: this.#size }, (_, index) => index)
      .filter((index) => this.#numbers[index] !== NONE)
      .sort((one, other) => this.#compare(one, other));
    for (let start = 0; start < known.length; start += PAGE) {
      yield Array.from(known.subarray(start, start + PAGE), (index) => this.#textAt(index) as string & ObjectId);
    }
  }

  /** Where the text is, or the free place where it is to be. */
  #placeOf(text: string): number {
    const mask = this.#places.length - 1;
    let place = hashOf(text) & mask;
    for (;; place = place + 1 & mask) {
      const index = (this.#places[place] ?? 0) - 1;
      if (index < 0 || this.#isAt(index, text)) return place;
    }
  }

  #isAt(index: number, text: string): boolean {
    const start = this.#starts[index] ?? 0;
    if ((this.#starts[index + 1] ?? 0) - start !== text.length) return false;
    for (let unit = 0; unit < text.length; unit++) {
      if (this.#units[start + unit] !== text.charCodeAt(unit)) return false;
    }
    return true;
  }

  #add(text: string, number: number, place: number): void {
    const index = this.#size++;
    const start = this.#starts[index] ?? 0;
    if (this.#size > this.#numbers.length) this.#growTexts();
    if (start + text.length > this.#units.length) this.#growUnits(start + text.length);
    for (let unit = 0; unit < text.length; unit++) this.#units[start + unit] = text.charCodeAt(unit);
    this.#starts[index + 1] = start + text.length;
    this.#numbers[index] = number;
    this.#places[place] = index + 1;
    if (2 * this.#size > this.#places.length) this.#growPlaces();
  }

  #growTexts(): void {
    const [starts, numbers] = [
      new Uint32Array(2 * this.#numbers.length + 1),
      new Uint32Array(2 * this.#numbers.length),
    ];
    starts.set(this.#starts);
    numbers.set(this.#numbers);
    [this.#starts, this.#numbers] = [starts, numbers];
  }

  /** @param least so many units must fit in */
  #growUnits(least: number): void {
    const units = new Uint16Array(Math.max(least, Math.ceil(1.5 * this.#units.length)));
    units.set(this.#units);
    this.#units = units;
  }

  #growPlaces(): void {
    this.#places = new Uint32Array(2 * this.#places.length);
    for (let index = 0; index < this.#size; index++) this.#places[this.#placeOf(this.#textAt(index))] = index + 1;
  }

  #textAt(index: number): string {
    const [start, end] = [this.#starts[index] ?? 0, this.#starts[index + 1] ?? 0];
    let text = "";
    for (let unit = start; unit < end; unit += PAGE) {
      text += String.fromCharCode(...this.#units.subarray(unit, Math.min(end, unit + PAGE)));
    }
    return text;
  }

  /** As texts are compared. */
  #compare(one: number, other: number): number {
    const [a, b] = [this.#starts[one] ?? 0, this.#starts[other] ?? 0];
    const [lengthOfOne, lengthOfOther] = [(this.#starts[one + 1] ?? 0) - a, (this.#starts[other + 1] ?? 0) - b];
    for (let unit = 0; unit < Math.min(lengthOfOne, lengthOfOther); unit++) {
      const difference = (this.#units[a + unit] ?? 0) - (this.#units[b + unit] ?? 0);
      if (difference !== 0) return difference;
    }
    return lengthOfOne - lengthOfOther;
  }
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/) over UTF-16 code units, its upper bits mixed into the lower ones. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let unit = 0; unit < text.length; unit++) hash = Math.imul(hash ^ text.charCodeAt(unit), 0x01000193);
  return (hash ^ hash >>> 15) >>> 0;
}
