/** Cuts a body at the boundary of its parts. */
import { Buffer } from "node:buffer";
import StreamSearch from "streamsearch";

/** Bytes of the body, good until more is pushed; null: a boundary. */
export type BoundaryPiece = Uint8Array | null;

/** RFC 2046, section 5.1.1, allows 70 characters of a few kinds; some clients take more, of more kinds. */
const BOUNDARY = /^[\u0021-\u007e](?:[\u0020-\u007e]{0,198}[\u0021-\u007e])?$/;

/** Whether a boundary can be one: printable, and no longer than anybody needs. */
export function isBoundary(boundary: string): boolean {
  return BOUNDARY.test(boundary);
}

/** What is searched at a time, so that a body of boundaries is found out before all of them are in memory. */
const SEARCHED_BYTES = 16 * 1024;

/** Finds the boundaries in a body that comes in pieces. */
export class BoundarySearch {
  readonly #search: StreamSearch;
  #found: BoundaryPiece[] = [];

  /** @param boundary as in the Content-Type, see `isBoundary` */
  constructor(boundary: string) {
    this.#search = new StreamSearch(Buffer.from(`\r\n--${boundary}`, "latin1"), (isMatch, data, start, end, isSafe) => {
      if (data !== undefined && end > start) {
        this.#found.push(isSafe ? data.subarray(start, end) : Uint8Array.from(data.subarray(start, end)));
      }
      if (isMatch) this.#found.push(null);
    });
    // The first boundary stands at the start of the body, where no line ends.
    this.#search.push(Buffer.from("\r\n"));
    this.#found = [];
  }

  /** What may be the start of a boundary is held back until more is pushed, or the body ends. */
  *push(bytes: Uint8Array): Generator<BoundaryPiece> {
    for (let at = 0; at < bytes.length; at += SEARCHED_BYTES) {
      this.#found = [];
      const part = bytes.subarray(at, at + SEARCHED_BYTES);
      this.#search.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
      yield* this.#found;
    }
  }

  end(): readonly BoundaryPiece[] {
    this.#found = [];
    this.#search.destroy();
    return this.#found;
  }
}
