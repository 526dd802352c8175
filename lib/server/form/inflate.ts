/** The bytes of a body, whatever way they were packed. */
import { setImmediate } from "node:timers";
import { FormStop } from "./form_problem.ts";

/** Deflate makes at most 1032 bytes of one, and those of a piece are inflated at once: 4 MiB. */
const PACKED_BYTES = 4 * 1024;

/**
 * A small body may become much, and none of it waits for the network: after so many bytes timers, signals and other requests have their
 * turn. Not after each piece: with Deno 2.4 a turn takes more than a millisecond.
 */
const TURN_BYTES = 256 * 1024;

export type ContentEncoding = "identity" | "gzip";

/**
 * @param value Content-Encoding; null: there is none
 * @throws FormStop for any but gzip, which `x-gzip` means too
 */
export function contentEncoding(value: string | null): ContentEncoding {
  switch (value?.trim().toLowerCase() ?? "") {
    case "":
    case "identity":
      return "identity";
    case "gzip":
    case "x-gzip":
      return "gzip";
    default:
      throw new FormStop({ kind: "content_encoding", found: value ?? "" });
  }
}

/**
 * @param check told after each piece how many bytes there were so far, inflated; what it throws ends the reading
 * @returns pieces that are good until the next one
 * @throws FormStop when the body is no gzip, is cut, or does not agree with its checksum; and what `body` throws
 */
export async function* inflate(
  body: AsyncIterable<Uint8Array>,
  encoding: ContentEncoding,
  check: (total: number) => void,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const bytes of encoding === "gzip" ? gunzip(body) : body) {
    yield bytes;
    // Behind it: the piece may be the one that tells of the login.
    total += bytes.length;
    check(total);
  }
}

async function* gunzip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sinceTurn = 0;
  let failure: { readonly error: unknown } | null = null;
  const packed = smallPieces(body, (error) => failure = { error });
  try {
    for await (const bytes of ReadableStream.from(packed).pipeThrough(new DecompressionStream("gzip"))) {
      yield bytes;
      sinceTurn += bytes.length;
      if (sinceTurn < TURN_BYTES) continue;
      sinceTurn = 0;
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  } catch (error) {
    // Not the packing's fault but the connection's.
    if (failure !== null) throw (failure as { error: unknown }).error;
    // What the Compression Standard throws for data that is corrupt, or ends early, or goes on behind its end.
    if (error instanceof TypeError) throw new FormStop({ kind: "corrupt_gzip" });
    throw error;
  }
}

/** Copies: a stream holds what it is given longer than the next step of the body. */
async function* smallPieces(
  body: AsyncIterable<Uint8Array>,
  onFailure: (error: unknown) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  try {
    for await (const bytes of body) {
      for (let at = 0; at < bytes.length; at += PACKED_BYTES) {
        yield Uint8Array.from(bytes.subarray(at, at + PACKED_BYTES));
      }
    }
  } catch (error) {
    onFailure(error);
    throw error;
  }
}
