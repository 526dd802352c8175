/** The beginning of an input, and what comes behind it. */

/** Of a longer input no more is looked at, unless all of it is asked for. In bytes. */
export const HEAD_BYTES = 8 * 1024 * 1024;

export interface ReadHead {
  readonly bytes: Uint8Array;
  /** The input goes on. */
  readonly isCut: boolean;
  /** What is not read yet. */
  readonly rest: AsyncIterator<Uint8Array>;
}

/** @param pieces each is good until the next one is asked for */
export async function readHead(pieces: AsyncIterable<Uint8Array>): Promise<ReadHead> {
  const rest = pieces[Symbol.asyncIterator]();
  const copies: Uint8Array[] = [];
  let length = 0;
  let isCut = false;
  while (!isCut) {
    const { value, done } = await rest.next();
    if (done) break;
    copies.push(value.slice());
    length += value.length;
    isCut = length >= HEAD_BYTES;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const copy of copies) {
    bytes.set(copy, at);
    at += copy.length;
  }
  return { bytes, isCut, rest };
}
