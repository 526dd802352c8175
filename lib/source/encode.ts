/**
 * Text to bytes, in every encoding that the program reads. The platform encodes UTF-8 only; for the others the decoder is asked what its
 * bytes stand for, and the answers are turned round: so what is written is read back as it was, whatever other tables there are.
 */
import { isSingleByte } from "./single_byte.ts";
import { type AnyTextDecoder, textDecoder } from "./text_decoder.ts";

/** Gives the bytes of a text, good until the next one is asked for. */
export type Encode = (text: string) => Uint8Array;

/**
 * Makes an encoder for whole texts: each begins and ends without a state.
 * @param encoding as `TextDecoder` names it
 * @returns a function whose result always decodes well: what the encoding lacks becomes what looks like it, or `?`
 */
export function encoderFor(encoding: string): Encode {
  const utf8 = reusingEncoder();
  if (encoding === "utf-8") return utf8;
  if (encoding.startsWith("utf-16")) return (text) => utf16(text.toWellFormed(), encoding === "utf-16le");
  const table = new EncodingTable(encoding);
  return (text) => isAscii(text) ? utf8(text) : encoded(text, table);
}

/** In bytes: enough for most texts that are written many times. */
const REUSED_BYTES = 16 * 1024;
/** What one UTF-16 code unit may take in UTF-8. */
const MOST_BYTES_A_UNIT = 3;

/** UTF-8. An array of its own for each text takes longer than to encode it. */
function reusingEncoder(): Encode {
  const encoder = new TextEncoder();
  const buffer = new Uint8Array(REUSED_BYTES);
  return (text) => {
    if (text.length * MOST_BYTES_A_UNIT > buffer.length) return encoder.encode(text);
    return buffer.subarray(0, encoder.encodeInto(text, buffer).written);
  };
}

/** Control characters aside, which may begin another state: then every encoding is as long as the text. */
export function isAscii(text: string): boolean {
  return /^[\t\n\r\x20-\x7e]*$/.test(text);
}

export function utf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittleEndian);
  return bytes;
}

function encoded(text: string, table: EncodingTable): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    for (const own of table.bytesOf(character) ?? replacement(character, table)) bytes.push(own);
  }
  return Uint8Array.from(table.isEscaped ? withoutNeedlessEscapes(bytes) : bytes);
}

const QUESTION_MARK = [0x3f];

/** Punctuation whose look-alike Unicode does not tell. */
const PUNCTUATION: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "‹": "<",
  "›": ">",
  "«": "<<",
  "»": ">>",
  "‐": "-",
  "‑": "-",
  "–": "-",
  "—": "-",
  "→": "->",
  "€": "EUR",
};

/** What stands for a character that an encoding lacks: what it is compatible with, without accents if it must be. */
function replacement(character: string, table: EncodingTable): readonly number[] {
  const decomposed = character.normalize("NFKD");
  const forms = [PUNCTUATION[character], character.normalize("NFKC"), decomposed, decomposed.replace(/\p{M}/gu, "")];
  for (const form of forms) {
    const bytes = [...form ?? ""].map((one) => table.bytesOf(one));
    if (bytes.length > 0 && bytes.every((own) => own !== null)) return bytes.flat();
  }
  return QUESTION_MARK;
}

/** Two escape sequences in a row are a mistake: of characters side by side all but the first do without. */
export function withoutNeedlessEscapes(bytes: readonly number[]): number[] {
  const kept: number[] = [];
  for (let at = 0; at < bytes.length; at++) {
    const isEndAndBegin = bytes[at] === ESCAPE && bytes[at + 3] === ESCAPE;
    if (isEndAndBegin) at += 5;
    else kept.push(bytes[at] ?? 0);
  }
  return kept;
}

const ESCAPE = 0x1b;

/** Control characters that begin another state, in ISO-2022-JP. */
const SHIFTS: readonly string[] = ["\u000e", "\u000f", "\u001b"];
const LAST_OF_ASCII = 0x7f;

/** What bytes the characters of an encoding are. */
export class EncodingTable {
  /** Its bytes begin and end with escape sequences. */
  readonly isEscaped: boolean;
  readonly #decoder: AnyTextDecoder;
  /** Made when the first character beyond ASCII is asked for. */
  #beyondAscii: ReadonlyMap<string, readonly number[]> | null = null;

  constructor(private readonly encoding: string) {
    this.isEscaped = encoding === "iso-2022-jp";
    this.#decoder = textDecoder(encoding, { ignoreBOM: true });
  }

  /** Null: the encoding lacks the character. */
  bytesOf(character: string): readonly number[] | null {
    const code = character.codePointAt(0) ?? 0;
    if (code <= LAST_OF_ASCII) {
      return this.isEscaped && SHIFTS.includes(character) ? null : [code];
    }
    this.#beyondAscii ??= this.#makeTable();
    return this.#beyondAscii.get(character) ??
      (this.encoding === "gb18030" ? fourBytesOf(character, this.#decoder) : null);
  }

  #makeTable(): ReadonlyMap<string, readonly number[]> {
    const table = new Map<string, readonly number[]>();
    for (const bytes of sequencesOf(this.encoding)) {
      const text = this.#decoder.decode(Uint8Array.from(bytes));
      if (isOneCharacter(text) && !table.has(text)) table.set(text, bytes);
    }
    return table;
  }
}

/** Neither a replacement for bytes that mean nothing, nor what stands for bytes that a charset leaves undefined. */
function isOneCharacter(text: string): boolean {
  const code = text.codePointAt(0) ?? 0;
  if (code <= 0x9f || code === 0xfffd) return false;
  return text.length === (code > 0xffff ? 2 : 1);
}

/** Every sequence of bytes that may be a character beyond ASCII; of several for one character the first is written. */
function* sequencesOf(encoding: string): Generator<readonly number[]> {
  if (encoding === "iso-2022-jp") {
    yield* pairs(0x21, 0x7e, 0x21, (first, second) => [0x1b, 0x24, 0x42, first, second, 0x1b, 0x28, 0x42]);
    return;
  }
  for (let byte = 0x80; byte <= 0xff; byte++) yield [byte];
  if (isSingleByte(encoding)) return;
  // What Big5 has before 0xA1 other programs do not know: https://encoding.spec.whatwg.org/#index-big5-pointer
  yield* pairs(0xa1, 0xfe, 0x30, (first, second) => [first, second]);
  yield* pairs(0x81, 0xa0, 0x30, (first, second) => [first, second]);
  if (encoding === "euc-jp") yield* pairs(0xa1, 0xfe, 0xa1, (first, second) => [0x8f, first, second]);
}

function* pairs(
  first: number,
  last: number,
  firstTrail: number,
  bytes: (lead: number, trail: number) => readonly number[],
): Generator<readonly number[]> {
  for (let lead = first; lead <= last; lead++) {
    for (let trail = firstTrail; trail <= 0xfe; trail++) yield bytes(lead, trail);
  }
}

/** The four bytes of a character of GB18030 that has no two: they are numbered, and stand in the order of code points. */
function fourBytesOf(character: string, decoder: AnyTextDecoder): readonly number[] | null {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0xffff) return fourBytes(189_000 + code - 0x10000);
  let [low, high] = [0, 39_419];
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const found = decoder.decode(Uint8Array.from(fourBytes(middle))).codePointAt(0) ?? 0;
    if (found === code) return fourBytes(middle);
    if (found < code) low = middle + 1;
    else high = middle - 1;
  }
  return null;
}

/** https://encoding.spec.whatwg.org/#gb18030-encoder */
function fourBytes(pointer: number): readonly number[] {
  return [
    0x81 + Math.floor(pointer / 12_600),
    0x30 + Math.floor(pointer / 1260) % 10,
    0x81 + Math.floor(pointer / 10) % 126,
    0x30 + pointer % 10,
  ];
}
