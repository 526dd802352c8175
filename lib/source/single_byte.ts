/** Charsets of one byte a character, some of whose bytes are no character. */

/** The encodings of the Encoding Standard that need more than one byte for some character. */
const MULTI_BYTE: ReadonlySet<string> = new Set([
  ...["utf-8", "utf-16le", "utf-16be", "gbk", "gb18030", "big5"],
  ...["euc-jp", "iso-2022-jp", "shift_jis", "euc-kr"],
]);

/**
 * A character that no text holds. The Encoding Standard maps the bytes that a single-byte charset leaves undefined
 * to these, where other converters fail.
 */
const C1_CONTROL = /[\u0080-\u009f]/;
/** Whether every byte is a character of its own; false for ISO-2022-JP too. @param encoding as `TextDecoder` names it */
export function isSingleByte(encoding: string): boolean {
  return !MULTI_BYTE.has(encoding);
}

/** The index of the first undefined byte in what a single-byte charset decoded, or -1. */
export function findUndefinedByte(text: string): number {
  return text.search(C1_CONTROL);
}
