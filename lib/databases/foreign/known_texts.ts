/**
 * Texts with an index each, in the order in which they came. A map of a million texts takes 100 bytes and more for each; here they stand one
 * behind the other as bytes, and a table of places finds them by their hash.
 */

/** In bytes; a power of two. Room that is full is never copied. */
const PIECE = 2 ** 18;
const PIECE_SHIFT = 18;

/** At the beginning, in texts. */
const FIRST_TEXTS = 64;

export class KnownTexts {
  readonly #pieces: Uint8Array[] = [];
  /** Where each text begins; one more, where the last one ends. */
  #starts = new Uint32Array(FIRST_TEXTS + 1);
  /** By hash the index of a text, one more than it; 0: the place is free. Half of them are, at least. */
  #places = new Uint32Array(2 * FIRST_TEXTS);
  #size = 0;
  #asked = new Uint8Array(1024);

  get size(): number {
    return this.#size;
  }

  /** Null: it is not known. */
  find(text: string): number | null {
    const length = this.#ask(text);
    const index = (this.#places[this.#placeOf(length)] ?? 0) - 1;
    return index < 0 ? null : index;
  }

  /** @returns the index that it has, or gets */
  add(text: string): number {
    const length = this.#ask(text);
    const place = this.#placeOf(length);
    const known = (this.#places[place] ?? 0) - 1;
    if (known >= 0) return known;
    const index = this.#size++;
    this.#keep(index, length);
    this.#places[place] = index + 1;
    if (2 * this.#size > this.#places.length) this.#growPlaces();
    return index;
  }

  at(index: number): string {
    const bytes = new Uint8Array(this.#lengthOf(index));
    const start = this.#starts[index] ?? 0;
    for (let place = 0; place < bytes.length; place++) bytes[place] = this.#byteAt(start + place);
    return textOf(bytes);
  }

  /** As texts are compared. */
  compare(one: number, other: number): number {
    const [a, b] = [this.#starts[one] ?? 0, this.#starts[other] ?? 0];
    const [lengthOfOne, lengthOfOther] = [this.#lengthOf(one), this.#lengthOf(other)];
    for (let place = 0; place < Math.min(lengthOfOne, lengthOfOther); place++) {
      const difference = this.#byteAt(a + place) - this.#byteAt(b + place);
      if (difference !== 0) return difference;
    }
    return lengthOfOne - lengthOfOther;
  }

  #lengthOf(index: number): number {
    return (this.#starts[index + 1] ?? 0) - (this.#starts[index] ?? 0);
  }

  #byteAt(place: number): number {
    return this.#pieces[place >>> PIECE_SHIFT]?.[place & PIECE - 1] ?? 0;
  }

  /** Makes bytes of a text. @returns how many */
  #ask(text: string): number {
    const most = text.length * MOST_BYTES;
    if (most > this.#asked.length) this.#asked = new Uint8Array(2 * most);
    return writeBytes(text, this.#asked);
  }

  /** Where the text is that was asked for, or the free place where it is to be. */
  #placeOf(length: number): number {
    const mask = this.#places.length - 1;
    let hash = HASH_OF_NOTHING;
    for (let place = 0; place < length; place++) hash = hashedWith(hash, this.#asked[place] ?? 0);
    let place = spread(hash) & mask;
    for (;; place = place + 1 & mask) {
      const index = (this.#places[place] ?? 0) - 1;
      if (index < 0 || this.#isAsked(index, length)) return place;
    }
  }

  #isAsked(index: number, length: number): boolean {
    if (this.#lengthOf(index) !== length) return false;
    const start = this.#starts[index] ?? 0;
    for (let place = 0; place < length; place++) {
      if (this.#byteAt(start + place) !== this.#asked[place]) return false;
    }
    return true;
  }

  /** The text that was asked for. */
  #keep(index: number, length: number): void {
    if (index + 1 === this.#starts.length) this.#starts = longer(this.#starts, 2 * index + 1);
    const start = this.#starts[index] ?? 0;
    while (this.#pieces.length * PIECE < start + length) this.#pieces.push(new Uint8Array(PIECE));
    for (let done = 0; done < length;) {
      const from = start + done & PIECE - 1;
      const part = this.#asked.subarray(done, Math.min(length, done + PIECE - from));
      this.#pieces[start + done >>> PIECE_SHIFT]?.set(part, from);
      done += part.length;
    }
    this.#starts[index + 1] = start + length;
  }

  #growPlaces(): void {
    this.#places = new Uint32Array(2 * this.#places.length);
    const mask = this.#places.length - 1;
    for (let index = 0; index < this.#size; index++) {
      let hash = HASH_OF_NOTHING;
      const end = this.#starts[index + 1] ?? 0;
      for (let place = this.#starts[index] ?? 0; place < end; place++) hash = hashedWith(hash, this.#byteAt(place));
      let place = spread(hash) & mask;
      while (this.#places[place] !== 0) place = place + 1 & mask;
      this.#places[place] = index + 1;
    }
  }
}

function longer(words: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(length);
  grown.set(words);
  return grown;
}

/** FNV-1a (http://www.isthe.com/chongo/tech/comp/fnv/), its upper bits mixed into the lower ones. */
const HASH_OF_NOTHING = 0x811c9dc5;

function hashedWith(hash: number, byte: number): number {
  return Math.imul(hash ^ byte, 0x01000193);
}

function spread(hash: number): number {
  return (hash ^ hash >>> 15) >>> 0;
}

/** Of a UTF-16 code unit. */
const MOST_BYTES = 3;

/** CESU-8: every code unit has bytes of its own, so that halves of pairs are kept, and bytes are in the order of the texts. */
function writeBytes(text: string, bytes: Uint8Array): number {
  let next = 0;
  for (let place = 0; place < text.length; place++) {
    const unit = text.charCodeAt(place);
    if (unit < 0x80) bytes[next++] = unit;
    else {
      if (unit < 0x800) bytes[next++] = 0xc0 | unit >>> 6;
      else {
        bytes[next++] = 0xe0 | unit >>> 12;
        bytes[next++] = 0x80 | unit >>> 6 & 0x3f;
      }
      bytes[next++] = 0x80 | unit & 0x3f;
    }
  }
  return next;
}

/** So many units may be arguments of a function. */
const UNITS_TOGETHER = 4096;

function textOf(bytes: Uint8Array): string {
  let text = "";
  let units: number[] = [];
  for (let next = 0; next < bytes.length;) {
    const first = bytes[next++] ?? 0;
    if (first < 0x80) units.push(first);
    else {
      const last = () => (bytes[next++] ?? 0) & 0x3f;
      units.push(first < 0xe0 ? (first & 0x1f) << 6 | last() : (first & 0x0f) << 12 | last() << 6 | last());
    }
    if (units.length < UNITS_TOGETHER) continue;
    text += String.fromCharCode(...units);
    units = [];
  }
  return text + String.fromCharCode(...units);
}
