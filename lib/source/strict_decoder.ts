/** Bytes to text, without mercy: every byte is a character's, or the place of the first that is not is told. */
import { type ByteOrderMark, findByteOrderMark, LONGEST_MARK } from "./byte_order_mark.ts";
import { findUndefinedByte, isSingleByte } from "./single_byte.ts";
import { joined, PieceDecoder } from "./piece_decoder.ts";

export interface DecodedText {
  readonly kind: "text";
  readonly text: string;
  /** With which the input begins, if it does. */
  readonly mark: ByteOrderMark | null;
  /** It has no character of U+0080 to U+009F, nor a separator of lines or paragraphs; false: nobody has looked. */
  readonly isPlain: boolean;
}

/** The first bytes that are no text in the charset; nothing comes after them. */
export interface UndecodableBytes {
  readonly kind: "undecodable";
  /** Of the first of them, from 0 at the beginning of the input; a byte order mark counts. */
  readonly byteOffset: number;
  /** The bad sequence in hexadecimal, a few bytes at most: `C3 28`. */
  readonly bytes: string;
  /** The encoding that was tried, as `TextDecoder` names it: a byte order mark may have set it. */
  readonly encoding: string;
  /** Some bytes from the beginning of their line on, or from themselves in a very long one: they may tell the charset. */
  readonly sample: Uint8Array;
  /** The input ends inside a character; or good UTF-8 beyond ASCII stands before the bytes, so that no other charset fits all. */
  readonly circumstance: "ends_inside" | "mixed" | null;
  /** With which the input begins, if it does. */
  readonly mark: ByteOrderMark | null;
}

export type DecodedChunk = DecodedText | UndecodableBytes;

/** Hears the very bytes of each text, just before it is given. */
export interface PieceListener {
  /**
   * @param bytes without a byte order mark; the caller's again afterwards
   * @param text what they are, never empty
   * @param encoding in which they were read, as `TextDecoder` names it
   */
  piece(bytes: Uint8Array, text: string, mark: ByteOrderMark | null, encoding: string): void;
}

/** As many bytes at most are held back until the next ones tell what they mean: a character, or escape sequences. */
const LONGEST_UNFINISHED = 8;
const MOST_BYTES_SHOWN = 4;
/** Bytes. */
const LONGEST_SAMPLE = 4096;
const LF = 0x0a;

/** Decodes one input, chunk by chunk. */
export class StrictDecoder {
  #decoder: PieceDecoder;
  #begun = false;
  #hasEnded = false;
  /** A character of more than one byte was read. */
  #hasMultiByte = false;
  #mark: ByteOrderMark | null = null;
  /** Bytes that are not decoded yet; they begin at a character. */
  #waiting: Uint8Array = new Uint8Array(0);
  /** How many bytes of the input stand before the waiting ones. */
  #offset = 0;

  /**
   * @param charset the encoding as `TextDecoder` names it; a byte order mark overrides it
   * @param listener null: nobody wants the bytes
   */
  constructor(charset: string, private readonly listener: PieceListener | null = null) {
    this.#decoder = new PieceDecoder(charset);
  }

  /** Takes the next bytes, which are the caller's again afterwards. @returns text, and what is undecodable behind it: then the input has ended */
  push(bytes: Uint8Array): readonly DecodedChunk[] {
    this.#waiting = this.#waiting.length === 0 ? bytes : joined(this.#waiting, bytes);
    if (!this.#begun && this.#waiting.length < LONGEST_MARK) {
      // The caller may use its buffer again.
      this.#waiting = this.#waiting.slice();
      return [];
    }
    return this.#decode(LONGEST_UNFINISHED);
  }

  /** Says that no more bytes come. */
  end(): readonly DecodedChunk[] {
    this.#hasEnded = true;
    return this.#decode(0);
  }

  #decode(longestUnfinished: number): readonly DecodedChunk[] {
    if (!this.#begun) this.#begin();
    const bytes = this.#waiting;
    for (let unfinished = 0; unfinished <= Math.min(longestUnfinished, bytes.length); unfinished++) {
      const piece = bytes.subarray(0, bytes.length - unfinished);
      if (longestUnfinished > 0 && !this.#decoder.mayEndWith(piece)) continue;
      const text = this.#decoder.decode(piece);
      if (text !== null) return this.#accept(piece, text);
    }
    return this.#refuse();
  }

  #begin(): void {
    const mark = findByteOrderMark(this.#waiting, this.#decoder.encoding);
    this.#decoder = new PieceDecoder(mark.encoding);
    this.#waiting = this.#waiting.subarray(mark.length);
    this.#offset = mark.length;
    if (mark.says !== null) this.#mark = mark;
    this.#begun = true;
  }

  #accept(piece: Uint8Array, text: string): readonly DecodedChunk[] {
    const undefinedAt = this.#undefinedByte(text);
    if (undefinedAt >= 0) return this.#report(text.slice(0, undefinedAt), undefinedAt, 1);
    this.#decoder.moveBehind(piece);
    this.#offset += piece.length;
    this.#hasMultiByte ||= text.length < piece.length;
    this.#tell(piece, text);
    this.#waiting = this.#waiting.slice(piece.length);
    return textOrNothing(text, this.#mark, this.#isPlain(text, piece));
  }

  #tell(bytes: Uint8Array, text: string): void {
    if (this.listener !== null && text !== "") this.listener.piece(bytes, text, this.#mark, this.#decoder.encoding);
  }

  /** In UTF-8 only ASCII has as many characters as bytes; charsets of one byte a character have no such characters but undefined ones. */
  #isPlain(text: string, piece: Uint8Array): boolean {
    const { encoding } = this.#decoder;
    return encoding === "utf-8" ? text.length === piece.length : isSingleByte(encoding);
  }

  /** @param start of the bad bytes among the waiting ones */
  #circumstance(goodText: string, start: number): UndecodableBytes["circumstance"] {
    if (isSingleByte(this.#decoder.encoding)) return null;
    if (this.#hasEnded && !this.#decoder.hasBadByte(this.#waiting.subarray(start))) return "ends_inside";
    return this.#isMixed(goodText, start) ? "mixed" : null;
  }

  /** In another charset, multi-byte characters that are good UTF-8 would be rubbish. */
  #isMixed(goodText: string, start: number): boolean {
    return this.#decoder.encoding === "utf-8" && (this.#hasMultiByte || goodText.length < start);
  }

  /** Finds the good text before the first bad byte of the waiting ones. */
  #refuse(): readonly DecodedChunk[] {
    const bytes = this.#waiting;
    const badByte = this.#firstBadByte();
    for (let length = badByte; length >= 0; length--) {
      const text = this.#decoder.decode(bytes.subarray(0, length));
      if (text === null) continue;
      const undefinedAt = this.#undefinedByte(text);
      if (undefinedAt >= 0) return this.#report(text.slice(0, undefinedAt), undefinedAt, 1);
      return this.#report(text, length, this.#badLength(length, badByte));
    }
    throw new Error("No bytes at all must decode to no text");
  }

  /** The index of the byte at which decoding fails: in the bad sequence or just behind it. */
  #firstBadByte(): number {
    let good = 0;
    let bad = this.#waiting.length + 1;
    while (bad - good > 1) {
      const middle = Math.floor((good + bad) / 2);
      if (this.#decoder.hasBadByte(this.#waiting.subarray(0, middle))) bad = middle;
      else good = middle;
    }
    return good;
  }

  #badLength(start: number, badByte: number): number {
    return this.#decoder.encoding.startsWith("utf-16") ? 2 : Math.max(1, badByte - start);
  }

  #undefinedByte(text: string): number {
    return isSingleByte(this.#decoder.encoding) ? findUndefinedByte(text) : -1;
  }

  /** @param start index of the bad sequence among the waiting bytes @param length of it, in bytes */
  #report(goodText: string, start: number, length: number): readonly DecodedChunk[] {
    const bytes = this.#waiting;
    const lineStart = start === 0 ? 0 : bytes.lastIndexOf(LF, start - 1) + 1;
    const sampleStart = start - lineStart > LONGEST_SAMPLE / 2 ? start : lineStart;
    const encoding = this.#decoder.encoding;
    this.#tell(bytes.subarray(0, start), goodText);
    return [...textOrNothing(goodText, this.#mark, false), {
      kind: "undecodable",
      byteOffset: this.#offset + start,
      bytes: hexadecimal(bytes.subarray(start, start + Math.min(length, MOST_BYTES_SHOWN))),
      encoding,
      sample: bytes.slice(sampleStart, sampleStart + LONGEST_SAMPLE),
      circumstance: this.#circumstance(goodText, start),
      mark: this.#mark,
    }];
  }
}

function textOrNothing(text: string, mark: ByteOrderMark | null, isPlain: boolean): readonly DecodedText[] {
  return text === "" ? [] : [{ kind: "text", text, mark, isPlain }];
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(" ");
}
