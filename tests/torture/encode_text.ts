/** Text in the bytes of a charset, made by what Deno itself decodes. */

/** @throws Error when the charset has no such character */
export function encodeText(text: string, charset: string): Uint8Array {
  if (charset === "UTF-8") return new TextEncoder().encode(text);
  if (charset === "UTF-16LE") {
    return Uint8Array.from(text.split("").flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8]));
  }
  const decoder = new TextDecoder(charset);
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from([...text].map((character) => {
    const byte = bytes.get(character);
    if (byte === undefined) throw new Error(`${charset} has no ${character}`);
    return byte;
  }));
}
