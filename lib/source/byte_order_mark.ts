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

/** Finds the mark that a text begins with. @param charset the encoding to read when no mark says otherwise */
export function findByteOrderMark(start: Uint8Array, charset: string): ByteOrderMark {
  const [first, second, third] = start;
  // Only dropped: what the caller says about the charset counts more than a mark that is no news about byte order.
  if (first === 0xef && second === 0xbb && third === 0xbf) return { length: 3, encoding: charset, says: "utf-8" };
  if (first === 0xff && second === 0xfe) return { length: 2, encoding: "utf-16le", says: "utf-16le" };
  if (first === 0xfe && second === 0xff) return { length: 2, encoding: "utf-16be", says: "utf-16be" };
  return { length: 0, encoding: charset, says: null };
}
