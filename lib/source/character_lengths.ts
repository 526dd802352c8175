/** How many bytes the characters of a text take, in encodings where that differs from one to the next. */

/** Where a walk over the bytes of a text stands. */
export interface ByteWalk {
  /** How many bytes were passed. */
  readonly at: number;
  /**
   * Passes whole characters, and the escape sequences before each.
   * @param units how many UTF-16 code units they are at least
   * @returns how many they are
   */
  pass(units: number): number;
}

/**
 * A walk over bytes that decode well.
 * @param encoding as `TextDecoder` names it; not one of a fixed number of bytes a character
 * @param escape the escape sequence that the bytes stand under, ISO-2022-JP only
 */
export function walkOver(bytes: Uint8Array, encoding: string, escape: Uint8Array): ByteWalk {
  if (encoding === "iso-2022-jp") return new EscapedWalk(bytes, escape);
  return new LeadByteWalk(bytes, LENGTHS[encoding] ?? oneByte);
}

/** The length of a character, by its first byte and the one behind. */
type CharacterLength = (lead: number, next: number) => number;

/** https://encoding.spec.whatwg.org/#legacy-multi-byte-chinese-(simplified)-encodings and those behind it. */
const LENGTHS: Readonly<Record<string, CharacterLength>> = {
  "utf-8": (lead) => lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4,
  gbk: chineseLength,
  gb18030: chineseLength,
  big5: (lead) => lead < 0x81 ? 1 : 2,
  "euc-kr": (lead) => lead < 0x81 ? 1 : 2,
  shift_jis: (lead) => lead < 0x81 || (lead >= 0xa0 && lead < 0xe0) ? 1 : 2,
  "euc-jp": (lead) => lead === 0x8f ? 3 : lead === 0x8e || lead >= 0xa1 ? 2 : 1,
};

function oneByte(): number {
  return 1;
}

function chineseLength(lead: number, next: number): number {
  if (lead < 0x81) return 1;
  return next >= 0x30 && next <= 0x39 ? 4 : 2;
}

class LeadByteWalk implements ByteWalk {
  at = 0;
  readonly #isBig5: boolean;

  constructor(private readonly bytes: Uint8Array, private readonly lengthOf: CharacterLength) {
    this.#isBig5 = lengthOf === LENGTHS.big5;
  }

  pass(units: number): number {
    let passed = 0;
    while (passed < units) {
      const lead = this.bytes[this.at] ?? 0;
      const length = lead < 0x80 ? 1 : this.lengthOf(lead, this.bytes[this.at + 1] ?? 0);
      passed += length === 1 ? 1 : this.#unitsOf(length, lead);
      this.at += length;
    }
    return passed;
  }

  #unitsOf(length: number, lead: number): number {
    // Outside the Basic Multilingual Plane: UTF-8 in four bytes always is, GB18030 from 0x90 on.
    if (length === 4) return lead >= 0x90 ? 2 : 1;
    return this.#isBig5 && isFromHongKong(lead) ? big5Units(lead, this.bytes[this.at + 1] ?? 0) : 1;
  }
}

/** Of these some stand outside the Basic Multilingual Plane, and some are two code points. */
function isFromHongKong(lead: number): boolean {
  return lead < 0xa1 || lead >= 0xc6;
}

let big5: TextDecoder | null = null;

function big5Units(lead: number, next: number): number {
  return (big5 ??= new TextDecoder("big5")).decode(Uint8Array.of(lead, next)).length;
}

const ESCAPE = 0x1b;
const TWO_BYTES_A_CHARACTER = 0x24;

/** ISO-2022-JP: escape sequences say whether a character has one byte or two. */
class EscapedWalk implements ByteWalk {
  at = 0;
  #length: number;

  constructor(private readonly bytes: Uint8Array, escape: Uint8Array) {
    this.#length = lengthUnder(escape[1]);
  }

  pass(units: number): number {
    for (let passed = 0; passed < units; passed++) {
      while (this.bytes[this.at] === ESCAPE) {
        this.#length = lengthUnder(this.bytes[this.at + 1]);
        this.at += 3;
      }
      this.at += this.#length;
    }
    return units;
  }
}

/** @param second byte of an escape sequence: `ESC $ B`, `ESC ( B` */
function lengthUnder(second: number | undefined): number {
  return second === TWO_BYTES_A_CHARACTER ? 2 : 1;
}
