/** Cuts the pieces of a text anew, so that none ends between the CR and the LF of one line end. */
import type { ByteOrderMark } from "./byte_order_mark.ts";
import type { DecodedChunk, DecodedText } from "./strict_decoder.ts";

const CR = "\r";

/** The same text, of which a CR at the end of a piece comes with the next one. */
export async function* withWholeLineEnds(chunks: AsyncIterable<DecodedChunk>): AsyncGenerator<DecodedChunk, void> {
  let held = "";
  let mark: ByteOrderMark | null = null;
  for await (const chunk of chunks) {
    if (chunk.kind === "undecodable") {
      if (held !== "") yield lineEnd(mark);
      yield chunk;
      return;
    }
    mark = chunk.mark;
    const text = held + chunk.text;
    held = text.endsWith(CR) ? CR : "";
    const whole = text.slice(0, text.length - held.length);
    if (whole !== "") yield { ...chunk, text: whole };
  }
  if (held !== "") yield lineEnd(mark);
}

function lineEnd(mark: ByteOrderMark | null): DecodedText {
  return { kind: "text", text: CR, mark, isPlain: true };
}
