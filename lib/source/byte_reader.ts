/** Reads a file, or a Web stream, piece by piece. */

export interface ByteReader {
  /** The next bytes, good until the next call; null at the end. At the end, and when it fails, what is read is closed. */
  read(): Promise<Uint8Array | null>;
  /** Closes what is read before its end. */
  cancel(): Promise<void>;
}

/** Not larger, so that little of what is made of them is still in use when the garbage collector comes. */
const PIECE_BYTES = 64 * 1024;

/** Fills one buffer again and again: a new one for each piece costs tens of MiB, as it is freed late. */
export function fileReader(file: Deno.FsFile): ByteReader {
  const buffer = new Uint8Array(PIECE_BYTES);
  return {
    async read() {
      let count: number | null = null;
      try {
        count = await file.read(buffer);
      } finally {
        if (count === null) file.close();
      }
      return count === null ? null : buffer.subarray(0, count);
    },
    cancel() {
      file.close();
      return Promise.resolve();
    },
  };
}

/** The stream of standard input fills one buffer too; others give pieces of their own. */
export function streamReader(stream: ReadableStream<Uint8Array>): ByteReader {
  try {
    return fillingOneBuffer(stream.getReader({ mode: "byob" }));
  } catch (error) {
    // What the Streams Standard throws for a stream that is no byte stream.
    if (!(error instanceof TypeError) || stream.locked) throw error;
    return takingPieces(stream.getReader());
  }
}

function fillingOneBuffer(reader: ReadableStreamBYOBReader): ByteReader {
  let buffer = new ArrayBuffer(PIECE_BYTES);
  return {
    async read() {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (done || value === undefined) return null;
      buffer = value.buffer;
      return value;
    },
    cancel: () => reader.cancel(),
  };
}

function takingPieces(reader: ReadableStreamDefaultReader<Uint8Array>): ByteReader {
  return {
    async read() {
      const { value, done } = await reader.read();
      return done || value === undefined ? null : value;
    },
    cancel: () => reader.cancel(),
  };
}
