/** Good texts made bad. */
import type { Random } from "./random.ts";

/** What breaks parsers, beside single bytes. */
const PIECES: readonly string[] = [
  ...[
    '"',
    "'",
    "=",
    "#",
    ",",
    ";",
    ":",
    "|",
    "->",
    "*",
    "%",
    "{",
    "}",
    "[",
    "]",
    "//",
    "/*",
    "*/",
    "\\",
    "\\u",
    "\\ud83d",
  ],
  ...["\0", "\r", "\n", "\r\n", "\t", " ", "\u00a0", "\ufeff", "\u2028", "\u202e", "\u001b[31m", "é", "日", "😀"],
  ...[
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "9007199254740993",
    "__proto__",
    "constructor",
    "toString",
    "<NULL>",
    "Infinity",
  ],
  ...[
    "param_file = x",
    "db = ",
    "simulate = maybe",
    "import = .",
    "charset = utf-7",
    "x".repeat(5000),
    " ".repeat(5000),
  ],
];

const encoder = new TextEncoder();

/** Some random changes: bytes and lines lost, doubled, swapped, replaced, and foreign pieces put in. */
export function mutated(text: string, random: Random): Uint8Array {
  let bytes: Uint8Array = encoder.encode(text);
  for (let left = random.int(1, 4); left > 0; left--) bytes = mutatedOnce(bytes, random);
  return bytes;
}

function mutatedOnce(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random.int(0, bytes.length);
  const until = Math.min(bytes.length, at + random.int(0, random.chance(0.3) ? 200 : 6));
  const cut = bytes.subarray(at, until);
  switch (random.int(0, 4)) {
    case 0:
      return joined(bytes.subarray(0, at), bytes.subarray(until));
    case 1:
      return joined(bytes.subarray(0, until), cut, bytes.subarray(until));
    case 2:
      return joined(bytes.subarray(0, at), random.bytes(random.int(1, 3)), bytes.subarray(until));
    case 3:
      return bytes.subarray(0, at);
    default:
      return joined(bytes.subarray(0, at), encoder.encode(random.pick(PIECES)), bytes.subarray(until));
  }
}

/** Random pieces in a row. */
export function randomText(random: Random, words: readonly string[]): Uint8Array {
  const pieces = Array.from(
    { length: random.int(0, 12) },
    () => encoder.encode(random.pick(random.chance(0.5) ? words : PIECES)),
  );
  return joined(...pieces);
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
