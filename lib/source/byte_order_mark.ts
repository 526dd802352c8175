/** The bytes that some programs put before a text to tell its encoding. */

export interface ByteOrderMark {
  /** In bytes; 0 when there is none. */
  readonly length: number;
  /** The encoding in which the bytes behind it are read. */
  readonly encoding: string;
  /** The encoding that the mark stands for; null when there is none. */
  readonly says: string | null;
}

/** As many bytes decide whether there is a mark. */
export const LONGEST_MARK = 3;

/** Finds the mark that a text begins with: it is proof, and wins over `charset` (SPEC 14). @param charset the encoding to read when no mark says otherwise */
export function findByteOrderMark(start: Uint8Array, charset: string): ByteOrderMark {
  const [first, second, third] = start;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { length: 3, encoding: "utf-8", says: "utf-8" };
  if (first === 0xff && second === 0xfe) return { length: 2, encoding: "utf-16le", says: "utf-16le" };
  if (first === 0xfe && second === 0xff) return { length: 2, encoding: "utf-16be", says: "utf-16be" };
  return { length: 0, encoding: charset, says: null };
}

/** The bytes of a mark; none for none. */
export function bytesOfMark(mark: ByteOrderMark | null): Uint8Array {
  switch (mark?.says) {
    case "utf-8":
      return Uint8Array.of(0xef, 0xbb, 0xbf);
    case "utf-16le":
      return Uint8Array.of(0xff, 0xfe);
    case "utf-16be":
      return Uint8Array.of(0xfe, 0xff);
    default:
      return new Uint8Array(0);
  }
}
