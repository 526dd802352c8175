/** Looks for texts in the bytes of a file, piece by piece. */

/**
 * Bytes that are looked at together. A text of more is no longer made in memory that V8 has at hand: the system hands out new pages for each
 * one, which takes ten times as long as the search.
 */
export const PIECE = 32_768;

/**
 * Whether one of the texts that the expression finds stands in the file.
 * @param file read to its end @param search for texts as `characterForByte` shows them
 * @param longest how many bytes the longest of them has: it may stand where two pieces meet
 */
export function isInFile(file: Deno.FsFile, search: RegExp, longest: number): boolean {
  const bytes = new Uint8Array(Math.max(PIECE, 2 * longest));
  let kept = 0;
  for (;;) {
    const read = readSome(file, bytes.subarray(kept));
    if (read === null) return false;
    const end = kept + read;
    if (search.test(characterForByte(bytes.subarray(0, end)))) return true;
    kept = Math.min(longest - 1, end);
    bytes.copyWithin(0, end - kept, end);
  }
}

/** @returns how many bytes there were; null: no more, or none that can be read, as of a process's memory */
export function readSome(file: Deno.FsFile, into: Uint8Array): number | null {
  try {
    return file.readSync(into);
  } catch {
    return null;
  }
}

/** A text that has a character of its own for each byte. */
export function characterForByte(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}
