/**
 * Reads `application/x-www-form-urlencoded`, by the URL Standard (https://url.spec.whatwg.org/#urlencoded-parsing), as it comes: a value
 * may be larger than memory.
 */
import type { FormEvent, FormReader } from "./form_event.ts";
import { FormStop } from "./form_problem.ts";
import { PercentDecoder } from "./percent_decoder.ts";
import { utf8Text } from "./field_text.ts";
import { MOST_NAME_BYTES } from "./form_limits.ts";
import type { FieldOrigin } from "./posted_form.ts";

const AMPERSAND = 0x26;
const EQUALS = 0x3d;
const FIRST_PRINTABLE = 0x20;

export class UrlencodedReader implements FormReader {
  readonly #decoder = new PercentDecoder();
  readonly #name = new Uint8Array(MOST_NAME_BYTES);
  #nameBytes = 0;
  /** Whether the `=` was seen, so that what comes is the value. */
  #isInValue = false;
  /** Of the entry; in bytes of the body. */
  #start = 0;
  /** Of the piece. */
  #offset = 0;

  /** @param origin a body without a single `=` is hardly a form, a query may well be `?simulate` */
  constructor(readonly origin: FieldOrigin) {}

  *push(bytes: Uint8Array): Generator<FormEvent> {
    let at = 0;
    while (at < bytes.length) {
      const end = this.#nextMark(bytes, at);
      yield* this.#take(this.#decoder.push(bytes.subarray(at, end)));
      if (end < bytes.length) yield* this.#mark(bytes[end] === EQUALS, this.#offset + end);
      at = end + 1;
    }
    this.#offset += bytes.length;
  }

  *end(): Generator<FormEvent> {
    if (!this.#isEmpty()) yield* this.#endEntry();
  }

  /** Between two `&`, or behind the last one. */
  #isEmpty(): boolean {
    return !this.#isInValue && this.#nameBytes === 0 && !this.#decoder.isHolding;
  }

  /** Where the next character with a meaning stands: `=` has one only behind a name. */
  #nextMark(bytes: Uint8Array, from: number): number {
    const ampersand = bytes.indexOf(AMPERSAND, from);
    const end = ampersand < 0 ? bytes.length : ampersand;
    if (this.#isInValue) return end;
    const equals = bytes.subarray(from, end).indexOf(EQUALS);
    return equals < 0 ? end : from + equals;
  }

  *#mark(isEquals: boolean, at: number): Generator<FormEvent> {
    if (!isEquals) {
      if (this.#isEmpty()) yield { kind: "empty" };
      else yield* this.#endEntry();
      this.#start = at + 1;
      return;
    }
    yield* this.#take(this.#decoder.end());
    yield this.#entry();
    this.#isInValue = true;
  }

  *#take(decoded: Iterable<Uint8Array>): Generator<FormEvent> {
    for (const bytes of decoded) {
      if (this.#isInValue) yield { kind: "bytes", bytes };
      else this.#growName(bytes);
    }
  }

  #growName(bytes: Uint8Array): void {
    // A line break is where a file tells itself from a form; its name would grow no better.
    if (this.origin === "body" && bytes.some((byte) => byte < FIRST_PRINTABLE)) throw this.#notAForm();
    if (this.#nameBytes + bytes.length > MOST_NAME_BYTES) {
      throw new FormStop({ kind: "name_too_long", most: MOST_NAME_BYTES });
    }
    this.#name.set(bytes, this.#nameBytes);
    this.#nameBytes += bytes.length;
  }

  *#endEntry(): Generator<FormEvent> {
    yield* this.#take(this.#decoder.end());
    if (!this.#isInValue) {
      if (this.origin === "body") throw this.#notAForm();
      yield this.#entry();
    }
    yield { kind: "end" };
    this.#isInValue = false;
  }

  #entry(): FormEvent {
    const name = utf8Text(this.#name.subarray(0, this.#nameBytes));
    if (name === null) throw new FormStop({ kind: "not_utf_8", field: null });
    this.#nameBytes = 0;
    return { kind: "entry", name, fileName: null, charset: null };
  }

  #notAForm(): FormStop {
    return new FormStop({ kind: "not_a_form", at: this.#start });
  }
}
