/** Which other charset could bytes have that their own cannot decode? A hint, no proof. */

/** The encodings of the Encoding Standard that need more than one byte for some character. */
const MULTI_BYTE: ReadonlySet<string> = new Set([
  ...["utf-8", "utf-16le", "utf-16be", "gbk", "gb18030", "big5"],
  ...["euc-jp", "iso-2022-jp", "shift_jis", "euc-kr"],
]);

/** The likeliest first. ISO-8859-1 is WINDOWS-1252. */
const CANDIDATES = ["UTF-8", "WINDOWS-1252", "ISO-8859-15", "WINDOWS-1251", "Shift_JIS", "GBK"];

/**
 * A character that no text holds. The Encoding Standard maps the bytes that a single-byte charset leaves undefined
 * to these, where other converters fail.
 */
const C1_CONTROL = /[\u0080-\u009f]/;
/** Tells bytes of two or more a character: other texts have none. */
const NUL = "\0";

/** Whether every byte is a character of its own; false for ISO-2022-JP too. @param encoding as `TextDecoder` names it */
export function isSingleByte(encoding: string): boolean {
  return !MULTI_BYTE.has(encoding);
}

/** The index of the first undefined byte in what a single-byte charset decoded, or -1. */
export function findUndefinedByte(text: string): number {
  return text.search(C1_CONTROL);
}

/**
 * The names of the usual charsets that decode bytes cleanly.
 * @param sample begins at a character, may end within one
 * @param encoding the one that failed, as `TextDecoder` names it: never in the answer
 */
export function fittingCharsets(sample: Uint8Array, encoding: string): readonly string[] {
  return CANDIDATES.filter((candidate) => {
    const decoder = new TextDecoder(candidate, { fatal: true });
    return decoder.encoding !== encoding && fits(sample, decoder);
  });
}

function fits(sample: Uint8Array, decoder: TextDecoder): boolean {
  try {
    const text = decoder.decode(sample, { stream: true });
    return !text.includes(NUL) && !(isSingleByte(decoder.encoding) && findUndefinedByte(text) >= 0);
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
