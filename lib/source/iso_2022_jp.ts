/**
 * ISO-2022-JP is the one encoding of the Encoding Standard with a state that outlives a character: an escape sequence
 * says what the bytes behind it mean, up to the next one.
 */

/** Begins an escape sequence; in no other place of a text. */
const ESCAPE = 0x1b;
/** In bytes. */
const SEQUENCE_LENGTH = 3;

export function startsWithEscape(bytes: Uint8Array): boolean {
  return bytes[0] === ESCAPE;
}

export function endsWithEscape(bytes: Uint8Array): boolean {
  return bytes.length >= SEQUENCE_LENGTH && bytes[bytes.length - SEQUENCE_LENGTH] === ESCAPE;
}

/** The last escape sequence of bytes that decode well, or null when they have none. */
export function lastEscape(bytes: Uint8Array): Uint8Array | null {
  const at = bytes.lastIndexOf(ESCAPE);
  return at < 0 ? null : bytes.slice(at, at + SEQUENCE_LENGTH);
}
