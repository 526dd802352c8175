/** What the change log keeps about an input: how long it was and its fingerprint. */
import { createHash } from "node:crypto";

/** Enough for any header. */
const LONGEST_START = 4096;

/** Counts the bytes that go through it. */
export class SourceMeter {
  #bytes = 0;
  #start: Uint8Array = new Uint8Array(0);
  readonly #hash = createHash("sha256");
  #digest: string | null = null;

  /** How many bytes went through so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The first piece of the input, or its beginning: what a refusal looks at. */
  get start(): Uint8Array {
    return this.#start;
  }

  /** Passes the bytes on as they come. A meter measures one input. */
  async *measure(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    for await (const bytes of source) {
      if (this.#bytes === 0) this.#start = bytes.slice(0, LONGEST_START);
      this.#bytes += bytes.length;
      this.#hash.update(bytes);
      yield bytes;
    }
  }

  /** The SHA-256 of all bytes, in lower-case hexadecimal. Ask when the last byte went through. */
  sha256(): string {
    this.#digest ??= this.#hash.digest("hex");
    return this.#digest;
  }
}
