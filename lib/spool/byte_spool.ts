/** Keeps bytes until they are needed. Memory does not grow: what is more than a little goes to a temporary file. */
import type { RunStop } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
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
  // One buffer from first to last: what is made anew for each piece lives long enough to be kept by the garbage collector.
  readonly #buffer: Uint8Array;
  #used = 0;
  #file: TemporaryFile | null = null;
  #bytes = 0;

  constructor(readonly options: ByteSpoolOptions) {
    this.#buffer = new Uint8Array(options.memoryBytes ?? MEMORY_BYTES);
  }

  /** How many there are. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Appends a copy. @throws RunStop that `onFailure` makes */
  write(bytes: Uint8Array): void {
    if (bytes.length > this.#buffer.length - this.#used) this.#empty();
    if (bytes.length > this.#buffer.length) this.#toFile(bytes);
    else {
      this.#buffer.set(bytes, this.#used);
      this.#used += bytes.length;
    }
    this.#bytes += bytes.length;
  }

  /** Appends text as UTF-8. @throws RunStop that `onFailure` makes */
  writeText(text: string): void {
    const needed = text.length * MOST_BYTES_A_UNIT;
    if (needed > this.#buffer.length - this.#used) this.#empty();
    if (needed > this.#buffer.length) {
      this.write(this.#encoder.encode(text));
      return;
    }
    const { written } = this.#encoder.encodeInto(text, this.#buffer.subarray(this.#used));
    this.#used += written;
    this.#bytes += written;
  }

  /**
   * All that was written, from the start, in pieces that are good until the next one. May be read again.
   * @throws RunStop that `onFailure` makes
   */
  *pieces(): Generator<Uint8Array> {
    if (this.#file !== null) yield* this.#fromFile(this.#file);
    if (this.#used > 0) yield this.#buffer.subarray(0, this.#used);
  }

  /** Drops the bytes. May be called again. */
  close(): void {
    this.#used = 0;
    this.#bytes = 0;
    this.#file?.close();
    this.#file = null;
  }

  #empty(): void {
    if (this.#used > 0) this.#toFile(this.#buffer.subarray(0, this.#used));
    this.#used = 0;
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
