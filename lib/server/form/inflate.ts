/** The bytes of a body, whatever way they were packed. */
import { FormStop } from "./form_problem.ts";

/** Deflate makes at most 1032 bytes of one, and those of a piece are inflated at once: 4 MiB. */
const PACKED_BYTES = 4 * 1024;

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
 * @param most how many bytes there may be, inflated
 * @returns pieces that are good until the next one
 * @throws FormStop when there are more, or the body is no gzip, is cut, or does not agree with its checksum; and what `body` throws
 */
export async function* inflate(
  body: AsyncIterable<Uint8Array>,
  encoding: ContentEncoding,
  most: number,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const bytes of encoding === "gzip" ? gunzip(body) : body) {
    total += bytes.length;
    if (total > most) throw new FormStop({ kind: "body_too_large", most });
    yield bytes;
  }
}

async function* gunzip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let failure: { readonly error: unknown } | null = null;
  const packed = smallPieces(body, (error) => failure = { error });
  try {
    yield* ReadableStream.from(packed).pipeThrough(new DecompressionStream("gzip"));
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
