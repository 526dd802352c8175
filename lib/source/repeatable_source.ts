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
  const rest = keptPieces(source.pieces[Symbol.asyncIterator](), spool);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield* spool.pieces();
    for (let piece = await rest(); piece !== null; piece = await rest()) yield piece;
  }
  const close = async () => {
    spool.close();
    await source.close();
  };
  return { ...source, pieces: { [Symbol.asyncIterator]: pieces }, close };
}

/** The next piece, which is kept; null: there is none. Who reads again hears of a failure, too: behind it an iterator only says that it is done. */
function keptPieces(rest: AsyncIterator<Uint8Array>, spool: ByteSpool): () => Promise<Uint8Array | null> {
  let failure: { readonly error: unknown } | null = null;
  return async () => {
    if (failure !== null) throw failure.error;
    try {
      const next = await rest.next();
      if (next.done === true) return null;
      spool.write(next.value);
      return next.value;
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
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
