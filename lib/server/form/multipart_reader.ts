/**
 * Reads `multipart/form-data` (RFC 7578) as it comes: a part may be larger than memory, whether it is sent as a file or not.
 *
 * The search for the boundary is a library's. What stands between boundaries is read here, because the libraries that do so lose parts
 * of a malformed body without a word, or keep a field in memory: see ARCHITECTURE.md.
 */
import { type BoundaryPiece, BoundarySearch } from "./boundary_search.ts";
import type { FormEvent, FormReader } from "./form_event.ts";
import { MOST_NAME_BYTES } from "./form_limits.ts";
import { FormStop, type MultipartFault } from "./form_problem.ts";
import { PartHeaderBlock } from "./part_header_block.ts";
import { readPartHeaders } from "./part_headers.ts";

/**
 * - `preamble`: before the first boundary; to be ignored
 * - `line`: behind a boundary, to the end of the line
 * - `headers`, `body`: of a part
 * - `epilogue`: behind the last boundary; to be ignored
 */
type State = "preamble" | "line" | "headers" | "body" | "epilogue";

const HYPHEN = 0x2d;
const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const TAB = 0x09;
/** What may stand before the first boundary, and behind the last one: clients put a sentence there, if anything. */
const MOST_AROUND_PARTS = 64 * 1024;
/** Of the boundary's line, before `--` and the boundary itself. */
const LINE_BREAK_BYTES = 2;

export class MultipartReader implements FormReader {
  readonly #search: BoundarySearch;
  readonly #headers = new PartHeaderBlock();
  readonly #boundaryBytes: number;
  #state: State = "preamble";
  /** The byte before, of a boundary's line: of those that mean something together with the next one. */
  #lineByte: typeof HYPHEN | typeof CR | typeof SPACE | null = null;
  /** In bytes of the body. The line break that we put before the body does not count. */
  #at = -LINE_BREAK_BYTES;
  /** Where the last boundary stands. */
  #boundaryAt = 0;
  #pushedBytes = 0;
  /** Where the epilogue begins. */
  #epilogueAt = 0;

  /** @param boundary see `isBoundary` */
  constructor(boundary: string) {
    this.#search = new BoundarySearch(boundary);
    this.#boundaryBytes = LINE_BREAK_BYTES + 2 + boundary.length;
  }

  *push(bytes: Uint8Array): Generator<FormEvent> {
    this.#pushedBytes += bytes.length;
    if (!this.#isOver()) yield* this.#read(this.#search.push(bytes));
    if (this.#isOver()) this.#checkAround(this.#pushedBytes - this.#epilogueAt);
  }

  *end(): Generator<FormEvent> {
    if (!this.#isOver()) yield* this.#read(this.#search.end());
    if (this.#state === "preamble") throw this.#stop({ kind: "no_boundary" }, null);
    if (!this.#isOver()) throw this.#stop({ kind: "end_missing" }, this.#at);
  }

  #isOver(): boolean {
    return this.#state === "epilogue";
  }

  #checkAround(bytes: number): void {
    const most = MOST_AROUND_PARTS;
    if (bytes > most) throw this.#stop({ kind: "around_parts_too_large", most }, null);
  }

  /** Stops at the epilogue, in which nothing is looked for. */
  *#read(pieces: Iterable<BoundaryPiece>): Generator<FormEvent> {
    for (const piece of pieces) {
      if (this.#isOver()) return;
      if (piece === null) {
        yield* this.#boundary();
        this.#at += this.#boundaryBytes;
      } else {
        yield* this.#bytes(piece);
        this.#at += piece.length;
      }
    }
  }

  *#boundary(): Generator<FormEvent> {
    if (this.#state === "line") throw this.#stop({ kind: "boundary_line" });
    // A part without a blank line and a body is one with an empty body.
    if (this.#state === "headers") yield this.#entry(this.#headers.atBoundary());
    if (this.#state !== "preamble") yield { kind: "end" };
    this.#state = "line";
    this.#lineByte = null;
    this.#boundaryAt = this.#at + LINE_BREAK_BYTES;
  }

  *#bytes(piece: Uint8Array): Generator<FormEvent> {
    let rest = piece;
    if (this.#state === "preamble") this.#checkAround(this.#at + piece.length);
    if (this.#state === "line") rest = rest.subarray(this.#endOfLine(rest));
    if (this.#state === "headers" && rest.length > 0) {
      const end = this.#headers.push(rest);
      if (end === "too_large") throw this.#stop({ kind: "part_headers_too_large", most: this.#headers.most });
      if (end === null) return;
      yield this.#entry(this.#headers.take());
      this.#state = "body";
      rest = rest.subarray(end);
    }
    if (this.#state === "body" && rest.length > 0) yield { kind: "bytes", bytes: rest };
  }

  /** Reads a boundary's line: two hyphens, or blanks and CR LF. @returns how many bytes belong to it */
  #endOfLine(bytes: Uint8Array): number {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      const before = this.#lineByte;
      if (before === HYPHEN && byte === HYPHEN) {
        this.#state = "epilogue";
        this.#epilogueAt = this.#at + at + 1;
        return at + 1;
      }
      if (before === CR && byte === LF) {
        this.#state = "headers";
        return at + 1;
      }
      if (byte === HYPHEN && before === null) this.#lineByte = HYPHEN;
      else if (byte === CR && (before === null || before === SPACE)) this.#lineByte = CR;
      else if ((byte === SPACE || byte === TAB) && (before === null || before === SPACE)) this.#lineByte = SPACE;
      else throw this.#stop({ kind: "boundary_line" });
    }
    return bytes.length;
  }

  /** @param block null: there is no header at all */
  #entry(block: Uint8Array | null): FormEvent {
    const headers = block === null ? { kind: "part_header" } as const : readPartHeaders(block);
    if ("kind" in headers) throw this.#stop(headers);
    // U+FFFD: see there.
    if (headers.name.includes("\ufffd")) throw new FormStop({ kind: "not_utf_8", field: null });
    if (new TextEncoder().encode(headers.name).length > MOST_NAME_BYTES) {
      throw new FormStop({ kind: "name_too_long", most: MOST_NAME_BYTES });
    }
    return { kind: "entry", ...headers };
  }

  /** @param at when it is not said, where the part begins */
  #stop(fault: MultipartFault, at: number | null = this.#boundaryAt): FormStop {
    return new FormStop({ kind: "multipart", fault, at });
  }
}
