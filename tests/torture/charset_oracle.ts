/** What must come of bytes, told in another way than the decoder finds it: by trying every beginning of the input. */
import tables from "../../fixtures/charsets/single_byte.json" with { type: "json" };

/** The upper half of single-byte charsets, byte 0x80 first; U+FFFD where no character is. Made with the codecs of Python 3.11. */
const PYTHON_TABLES: Readonly<Record<string, string>> = {
  ...tables,
  // https://encoding.spec.whatwg.org/#x-user-defined
  "x-user-defined": String.fromCharCode(...Array.from({ length: 128 }, (_, index) => 0xf780 + index)),
};

/** Where the Encoding Standard has another character: https://encoding.spec.whatwg.org/#legacy-single-byte-encodings */
const STANDARD: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  "koi8-u": { 0xae: "ў", 0xbe: "Ў" },
  "windows-1255": { 0xca: "\u05ba" },
};

export const SINGLE_BYTE_ENCODINGS: readonly string[] = Object.keys(PYTHON_TABLES);

export const MULTI_BYTE_ENCODINGS: readonly string[] = [
  ...["utf-8", "utf-16le", "utf-16be", "gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr"],
];

export interface Expected {
  readonly text: string;
  /** Of the first byte that is no text; null: all of them are. */
  readonly byteOffset: number | null;
}

/** @param bytes without a byte order mark */
export function expectedOf(encoding: string, bytes: Uint8Array): Expected {
  return PYTHON_TABLES[encoding] === undefined ? byBeginnings(encoding, bytes) : byTable(encoding, bytes);
}

function byTable(encoding: string, bytes: Uint8Array): Expected {
  let text = "";
  for (const [index, byte] of bytes.entries()) {
    const character = characterOf(encoding, byte);
    if (character === "\ufffd") return { text, byteOffset: index };
    text += character;
  }
  return { text, byteOffset: null };
}

function characterOf(encoding: string, byte: number): string {
  if (byte < 0x80) return String.fromCharCode(byte);
  return STANDARD[encoding]?.[byte] ?? PYTHON_TABLES[encoding]?.[byte - 0x80] ?? "";
}

/** The longest beginning that is a whole text ends where the first bad character begins. */
function byBeginnings(encoding: string, bytes: Uint8Array): Expected {
  for (let length = bytes.length; length >= 0; length--) {
    const text = wholeText(encoding, bytes.subarray(0, length));
    if (text !== null) return { text, byteOffset: length === bytes.length ? null : length };
  }
  throw new Error("no bytes at all are a text");
}

function wholeText(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
