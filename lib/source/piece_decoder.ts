/** Decodes a text piece by piece with `TextDecoder` in fatal mode, each piece from a known state. */
import { endsWithEscape, lastEscape, startsWithEscape } from "./iso_2022_jp.ts";
import { type AnyTextDecoder, textDecoder } from "./text_decoder.ts";

/**
 * A streaming `TextDecoder` forgets where it stood when it fails. This one decodes every piece on its own, so that a
 * piece that fails can be looked at again; the caller cuts pieces between characters.
 */
export class PieceDecoder {
  readonly #whole: AnyTextDecoder;
  /** The escape sequence that the next piece stands under, ISO-2022-JP only. */
  #escape: Uint8Array = new Uint8Array(0);

  /** @param encoding as `TextDecoder` names it */
  constructor(readonly encoding: string) {
    this.#whole = textDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  /** The text of a piece, or null when it has bytes that are no character, or ends within one. */
  decode(piece: Uint8Array): string | null {
    return orNull(() => this.#whole.decode(this.#withEscape(piece)));
  }

  /** Whether some byte of a piece cannot follow the bytes before it, whatever comes after the piece. */
  hasBadByte(piece: Uint8Array): boolean {
    const decoder = textDecoder(this.encoding, { fatal: true, ignoreBOM: true });
    return orNull(() => decoder.decode(this.#withEscape(piece), { stream: true })) === null;
  }

  /** Whether another piece may begin behind this one: two escape sequences in a row are one mistake, not to be parted. */
  mayEndWith(piece: Uint8Array): boolean {
    return this.encoding !== "iso-2022-jp" || !endsWithEscape(piece);
  }

  /** Goes on behind a piece that decoded well. */
  moveBehind(piece: Uint8Array): void {
    if (this.encoding === "iso-2022-jp") this.#escape = lastEscape(piece) ?? this.#escape;
  }

  #withEscape(piece: Uint8Array): Uint8Array {
    return this.#escape.length === 0 || startsWithEscape(piece) ? piece : joined(this.#escape, piece);
  }
}

/** Two arrays as one. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function orNull(decode: () => string): string | null {
  try {
    return decode();
  } catch (error) {
    // What the Encoding Standard throws for bytes that are no text.
    if (error instanceof TypeError) return null;
    throw error;
  }
}
