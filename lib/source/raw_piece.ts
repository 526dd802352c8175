/** A piece of a text with the bytes that it was decoded from. */
import { type ByteWalk, walkOver } from "./character_lengths.ts";
import { isSingleByte } from "./single_byte.ts";
import { lastEscape } from "./iso_2022_jp.ts";

export class RawPiece {
  /** Bytes a UTF-16 code unit; 0: that differs from one to the next. */
  readonly #bytesPerUnit: number;
  /** Where the last walk ended, in UTF-16 code units: the next one goes on from there, as rows are asked for in order. */
  #units = 0;
  #walk: ByteWalk;

  /**
   * @param bytes a copy, which is kept
   * @param encoding as `TextDecoder` names it
   * @param escape the escape sequence that the bytes stand under; empty: none. ISO-2022-JP only
   */
  constructor(
    readonly bytes: Uint8Array,
    readonly text: string,
    private readonly encoding: string,
    private readonly escape: Uint8Array,
  ) {
    this.#bytesPerUnit = bytesPerUnit(encoding, bytes.length === text.length);
    this.#walk = walkOver(bytes, encoding, escape);
  }

  /** The index of the byte behind the first `units` code units: what stands there without being a character belongs to the next one. */
  byteIndex(units: number): number {
    if (this.#bytesPerUnit > 0) return units * this.#bytesPerUnit;
    if (units < this.#units) {
      this.#units = 0;
      this.#walk = walkOver(this.bytes, this.encoding, this.escape);
    }
    this.#units += this.#walk.pass(units - this.#units);
    return this.#walk.at;
  }

  /** The bytes of a part of the text. */
  bytesOf(from: number, to: number): Uint8Array {
    const start = this.byteIndex(from);
    if (this.#bytesPerUnit > 0) return this.bytes.subarray(start, this.byteIndex(to));
    const rest = this.bytes.subarray(start);
    const walk = walkOver(rest, this.encoding, this.escapeAt(start));
    walk.pass(to - from);
    return rest.subarray(0, walk.at);
  }

  /** The escape sequence in force at a byte; empty: none. */
  escapeAt(byte: number): Uint8Array {
    return this.encoding === "iso-2022-jp" ? lastEscape(this.bytes.subarray(0, byte)) ?? this.escape : NONE;
  }
}

const NONE = new Uint8Array(0);

/** @param isAsLong there are as many bytes as code units */
function bytesPerUnit(encoding: string, isAsLong: boolean): number {
  if (encoding.startsWith("utf-16")) return 2;
  // In UTF-8 only ASCII has as many: no other character has less than one and a half.
  return isSingleByte(encoding) || (encoding === "utf-8" && isAsLong) ? 1 : 0;
}
