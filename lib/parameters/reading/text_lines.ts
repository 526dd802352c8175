/** The lines of a small text file (a param file, a password file): UTF-8, strictly. */

/** A line without its end; `text` is null when its bytes are not UTF-8. */
export interface TextLine {
  /** From 1. */
  readonly line: number;
  readonly text: string | null;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BYTE_ORDER_MARK = "\uFEFF";

/** Cuts bytes into lines, which end with LF, CRLF or CR; a byte order mark is dropped. */
export function textLines(bytes: Uint8Array): readonly TextLine[] {
  return splitLines(bytes).map((lineBytes, index) => {
    const text = decodeStrictly(lineBytes);
    return { line: index + 1, text: index === 0 && text?.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
  });
}

/** No byte of a longer UTF-8 character equals a line end, so that the cut may come before the decoding. */
function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] !== LINE_FEED && bytes[index] !== CARRIAGE_RETURN) continue;
    lines.push(bytes.subarray(start, index));
    if (bytes[index] === CARRIAGE_RETURN && bytes[index + 1] === LINE_FEED) index++;
    start = index + 1;
  }
  if (start < bytes.length) lines.push(bytes.subarray(start));
  return lines;
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
