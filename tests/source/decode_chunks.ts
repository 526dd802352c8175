/** Decodes bytes that come in chunks. */
import { StrictDecoder, type UndecodableBytes } from "../../lib/source/strict_decoder.ts";

export interface Decoded {
  readonly text: string;
  readonly undecodable: UndecodableBytes | null;
}

/** All good text, and where it ended if it did before the input. */
export function decodeChunks(charset: string, chunks: readonly Uint8Array[]): Decoded {
  const decoder = new StrictDecoder(charset);
  let text = "";
  for (const step of [...chunks.map((chunk) => () => decoder.push(chunk)), () => decoder.end()]) {
    for (const part of step()) {
      if (part.kind === "undecodable") return { text, undecodable: part };
      text += part.text;
    }
  }
  return { text, undecodable: null };
}

/** The same bytes whole, cut in two at every place, and one by one. */
export function everyChunking(bytes: Uint8Array): readonly (readonly Uint8Array[])[] {
  const cuts = Array.from({ length: bytes.length + 1 }, (_, at) => [bytes.slice(0, at), bytes.slice(at)]);
  return [[bytes], ...cuts, Array.from(bytes, (byte) => Uint8Array.of(byte))];
}
