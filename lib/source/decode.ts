/** The door between bytes that come when they come and the synchronous rooms behind it. */
import { type DecodedChunk, type PieceListener, StrictDecoder } from "./strict_decoder.ts";

/**
 * Decodes an input as it comes.
 * @param charset the encoding as `TextDecoder` names it; a byte order mark in the input overrides it
 * @param listener hears the bytes of each text; null: nobody wants them
 * @returns pieces of text, cut between characters; at the first undecodable bytes the good text before them, then where
 * they are, and then the end: the rest of the input is not read
 */
export async function* decode(
  source: AsyncIterable<Uint8Array>,
  charset: string,
  listener: PieceListener | null = null,
): AsyncGenerator<DecodedChunk, void> {
  const decoder = new StrictDecoder(charset, listener);
  for await (const bytes of source) {
    for (const chunk of decoder.push(bytes)) {
      yield chunk;
      if (chunk.kind === "undecodable") return;
    }
  }
  yield* decoder.end();
}
