/** The line that some programs send behind a body, and that means nothing (RFC 9112, section 2.2). */

const EMPTY_LINE: readonly number[] = [0x0d, 0x0a];

/** Whether that is all that is there, or nothing. */
export function isPartOfEmptyLine(bytes: Uint8Array): boolean {
  return bytes.length <= EMPTY_LINE.length && bytes.every((byte, at) => byte === EMPTY_LINE[at]);
}

/** @returns how many of the bytes it is: 2 or 0 */
export function emptyLineBytes(bytes: Uint8Array): number {
  return EMPTY_LINE.every((byte, at) => bytes[at] === byte) ? EMPTY_LINE.length : 0;
}
