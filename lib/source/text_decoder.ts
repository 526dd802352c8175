/** Decoders of all encodings that the program reads: those of the platform, and code pages of DOS. */
import { dosTable } from "./dos_code_pages.ts";

/** What a `TextDecoder` does. */
export type AnyTextDecoder = Pick<TextDecoder, "decode" | "encoding">;

/**
 * @param encoding as `TextDecoder` names it, or a code page of DOS
 * @throws RangeError when there is no such encoding
 */
export function textDecoder(encoding: string, options: TextDecoderOptions = {}): AnyTextDecoder {
  const table = dosTable(encoding);
  return table === null ? new TextDecoder(encoding, options) : new DosDecoder(encoding, table);
}

/** Each byte is a character, so there is no state and nothing to fail at. */
class DosDecoder implements AnyTextDecoder {
  readonly #units = new TextDecoder(isLittleEndian() ? "utf-16le" : "utf-16be", { ignoreBOM: true });

  constructor(readonly encoding: string, private readonly table: Uint16Array) {}

  decode(input: Parameters<TextDecoder["decode"]>[0] = new Uint8Array(0)): string {
    const bytes = ArrayBuffer.isView(input)
      ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
      : new Uint8Array(input);
    const units = new Uint16Array(bytes.length);
    for (let at = 0; at < bytes.length; at++) units[at] = this.table[bytes[at] ?? 0] ?? 0;
    return this.#units.decode(units);
  }
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
