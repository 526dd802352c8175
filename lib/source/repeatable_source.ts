/** An input that may have to be read again from its beginning, though nobody knows beforehand, and however much of it was read. */
import { createHash } from "node:crypto";
import { EXIT, RunStop } from "../errors.ts";
import { inputChanged, inputNotKept } from "../messages/input.ts";
import { ByteSpool } from "../spool/byte_spool.ts";
import type { Source } from "./open_source.ts";

/**
 * The same source, whose pieces may be asked for again: a file is then opened anew, and must have the bytes that it had; of anything else
 * the bytes are kept as they come.
 * @param folder where a temporary file may be made
 */
export function repeatableSource(source: Source, folder: string): Source {
  return source.again === undefined ? keptSource(source, folder) : reopenedSource(source);
}

function keptSource(source: Source, folder: string): Source {
  const onFailure = (place: string, reason: string, cause: unknown) =>
    new RunStop(EXIT.databaseNotWritable, [inputNotKept(place, reason)], { cause });
  const spool = new ByteSpool({ folder, onFailure });
  const kept = new KeptPieces(source.pieces[Symbol.asyncIterator](), spool);
  const close = async () => {
    kept.close();
    await source.close();
  };
  return { ...source, pieces: { [Symbol.asyncIterator]: () => kept.pieces() }, close };
}

interface KeptPiece {
  readonly bytes: Uint8Array;
  /** How many bytes were kept before it. */
  readonly at: number;
}

/** Pieces that come once. Who reads again hears of a failure, too: behind it an iterator only says that it is done. */
class KeptPieces {
  #failure: { readonly error: unknown } | null = null;
  /** What is waited for: whoever has left a reading for a new one meanwhile takes nothing from that. */
  #coming: Promise<KeptPiece | null> | null = null;
  #isClosed = false;

  constructor(private readonly rest: AsyncIterator<Uint8Array>, private readonly spool: ByteSpool) {}

  async *pieces(): AsyncGenerator<Uint8Array> {
    for (let seen = 0;;) {
      for (const bytes of this.#behind(seen)) {
        seen += bytes.length;
        yield bytes;
      }
      const next = await this.#next();
      if (next === null && seen >= this.spool.bytes) return;
      if (next?.at !== seen) continue;
      seen += next.bytes.length;
      yield next.bytes;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.spool.close();
  }

  /** What is kept, but for so many bytes, in copies: something may be kept before they are used. */
  *#behind(seen: number): Generator<Uint8Array> {
    let at = 0;
    for (const piece of seen < this.spool.bytes ? this.spool.pieces() : []) {
      const from = Math.max(0, seen - at);
      at += piece.length;
      if (from < piece.length) yield piece.slice(from);
    }
  }

  /** Null: there is none. */
  async #next(): Promise<KeptPiece | null> {
    if (this.#failure !== null) throw this.#failure.error;
    const coming = this.#coming ??= this.#read();
    try {
      return await coming;
    } finally {
      if (this.#coming === coming) this.#coming = null;
    }
  }

  async #read(): Promise<KeptPiece | null> {
    try {
      const next = await this.rest.next();
      if (next.done === true || this.#isClosed) return null;
      const at = this.spool.bytes;
      this.spool.write(next.value);
      return { bytes: next.value, at };
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }
}

function reopenedSource(source: Source): Source {
  const seen = new SeenBytes(source.name);
  let open: Pick<Source, "pieces" | "close"> | null = null;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    if (open !== null) await open.close();
    open = open === null ? source : await source.again?.() ?? source;
    yield* seen.compared(open.pieces);
  }
  const close = async () => {
    await open?.close();
    await source.close();
  };
  return { ...source, pieces: { [Symbol.asyncIterator]: pieces }, close };
}

/** What was read of a file at most. */
class SeenBytes {
  #bytes = 0;
  #sha256 = "";

  constructor(private readonly name: string) {}

  /** @throws RunStop 66 when they are not those that were read before */
  async *compared(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const [known, expected] = [this.#bytes, this.#sha256];
    const hash = createHash("sha256");
    let bytes = 0;
    try {
      for await (const piece of pieces) {
        const left = known - bytes;
        const before = left > 0 && left <= piece.length ? piece.subarray(0, left) : null;
        if (before !== null && hash.update(before).copy().digest("hex") !== expected) throw this.#changed();
        hash.update(before === null ? piece : piece.subarray(before.length));
        bytes += piece.length;
        yield piece;
      }
      if (bytes < known) throw this.#changed();
    } finally {
      if (bytes > this.#bytes) [this.#bytes, this.#sha256] = [bytes, hash.digest("hex")];
    }
  }

  #changed(): RunStop {
    return new RunStop(EXIT.inputMissing, [inputChanged(this.name)]);
  }
}
