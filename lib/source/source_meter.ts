/** What the change log keeps about an input: how long it was and its fingerprint. */
import { createHash } from "node:crypto";

/** Counts the bytes that go through it. */
export class SourceMeter {
  #bytes = 0;
  readonly #hash = createHash("sha256");
  #digest: string | null = null;

  /** How many bytes went through so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Passes the bytes on as they come. A meter measures one input. */
  async *measure(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    for await (const bytes of source) {
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
