/** Keeps bytes until they are needed. Memory does not grow: what is more than a little goes to a temporary file. */
import type { RunStop } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
import { GrowingBytes } from "./growing_bytes.ts";
import { TemporaryFile } from "./temporary_file.ts";

/** So much waits in memory; less than that never makes a file. */
const MEMORY_BYTES = 64 * 1024;
/** What one UTF-16 code unit may take in UTF-8. */
const MOST_BYTES_A_UNIT = 3;

export interface ByteSpoolOptions {
  /** Where the temporary file is made, if there must be one. */
  readonly folder: string;
  /** How much is kept in memory; 64 KiB when not said. */
  readonly memoryBytes?: number;
  /** What to throw when the disk is full, or the folder is not writable. @param reason the system's words */
  readonly onFailure: (folder: string, reason: string, cause: unknown) => RunStop;
}

/** A growing row of bytes. Close it in every case: that removes the file. */
export class ByteSpool {
  readonly #encoder = new TextEncoder();
  // One buffer, once it has grown: what is made anew for each piece lives long enough to be kept by the garbage collector.
  readonly #waiting: GrowingBytes;
  #file: TemporaryFile | null = null;
  #bytes = 0;

  constructor(readonly options: ByteSpoolOptions) {
    this.#waiting = new GrowingBytes(options.memoryBytes ?? MEMORY_BYTES);
  }

  /** How many there are. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Appends a copy. @throws RunStop that `onFailure` makes */
  write(bytes: Uint8Array): void {
    if (bytes.length > this.#waiting.left) this.#empty();
    if (bytes.length > this.#waiting.most) this.#toFile(bytes);
    else this.#waiting.append(bytes);
    this.#bytes += bytes.length;
  }

  /** Appends text as UTF-8. @throws RunStop that `onFailure` makes */
  writeText(text: string): void {
    const needed = text.length * MOST_BYTES_A_UNIT;
    if (needed > this.#waiting.left) this.#empty();
    if (needed > this.#waiting.most) {
      this.write(this.#encoder.encode(text));
      return;
    }
    const before = this.#waiting.used;
    this.#waiting.fill(needed, (piece) => this.#encoder.encodeInto(text, piece).written);
    this.#bytes += this.#waiting.used - before;
  }

  /**
   * All that was written, from the start, in pieces that are good until the next one. May be read again.
   * @throws RunStop that `onFailure` makes
   */
  *pieces(): Generator<Uint8Array> {
    if (this.#file !== null) yield* this.#fromFile(this.#file);
    if (this.#waiting.used > 0) yield this.#waiting.bytes;
  }

  /** Drops the bytes. May be called again. */
  close(): void {
    this.#waiting.clear();
    this.#bytes = 0;
    this.#file?.close();
    this.#file = null;
  }

  #empty(): void {
    if (this.#waiting.used > 0) this.#toFile(this.#waiting.bytes);
    this.#waiting.clear();
  }

  #toFile(bytes: Uint8Array): void {
    this.#orFailure(() => {
      this.#file ??= new TemporaryFile(this.options.folder);
      this.#file.write(bytes);
    });
  }

  *#fromFile(file: TemporaryFile): Generator<Uint8Array> {
    const pieces = file.pieces();
    while (true) {
      const { value, done } = this.#orFailure(() => pieces.next());
      if (done) return;
      yield value;
    }
  }

  #orFailure<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      const reason = systemReason(error);
      throw this.options.onFailure(this.options.folder, reason, error);
    }
  }
}
