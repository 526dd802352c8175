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

const TO_ASCII = Uint8Array.of(ESCAPE, 0x28, 0x42);

/**
 * Puts a part of a text that stands somewhere else, and a text behind it that begins and ends with ASCII, where ASCII is in force before
 * and behind them. Line ends stand in ASCII, or in the Roman set, where a part may begin.
 * @param escape that the part stands under; empty: none
 * @param part whole characters
 * @returns the pieces that make it
 */
export function underEscapes(escape: Uint8Array, part: Uint8Array, behind: Uint8Array): readonly Uint8Array[] {
  const pieces = isAscii(escape) || startsWithEscape(part) ? [part] : [escape, part];
  if (!isAscii(lastEscape(part) ?? escape) && !startsWithEscape(behind)) pieces.push(TO_ASCII);
  return [...pieces, behind];
}

function isAscii(escape: Uint8Array): boolean {
  return escape.length === 0 || escape.every((byte, index) => byte === TO_ASCII[index]);
}
