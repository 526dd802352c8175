/** Which charset may bytes have that are no UTF-8? A guess by what they would read as, no proof. */
import { findUndefinedByte, isSingleByte } from "../source/single_byte.ts";
import { plausibility } from "./plausible_text.ts";
import { textDecoder } from "../source/text_decoder.ts";

/** A charset that may be meant. */
export interface CharsetCandidate {
  /** As the parameter `charset` has it. */
  readonly name: string;
  /** Some words of the file beyond ASCII, as they would read. */
  readonly words: readonly string[];
}

/** Code pages of DOS. */
const OF_DOS: readonly string[] = ["CP850", "CP437", "CP852", "CP858"];

export function isOfDos({ name }: CharsetCandidate): boolean {
  return OF_DOS.includes(name);
}

/** Of two that make the same of the bytes, the first is told. ISO-8859-1 is WINDOWS-1252. */
const CANDIDATES: readonly string[] = [
  ...["WINDOWS-1252", "ISO-8859-15", "WINDOWS-1250", "WINDOWS-1251", "KOI8-R", "IBM866", "WINDOWS-1253"],
  ...["macintosh", "Shift_JIS", "GBK", "Big5", "EUC-KR", "EUC-JP"],
  ...OF_DOS,
];

const MOST_LINES = 400;
/** Bytes: of a longer line only so much is looked at. */
const LONGEST_LINE = 1000;
const MOST_TOLD = 3;
const MOST_WORDS = 3;
/** Behind the best one by as many points, on average: nobody need read what it makes. */
const FARTHEST_BEHIND = 0.75;
const LF = 0x0a;
const CR = 0x0d;

/** Charsets whose usual characters have no byte of 80 to A0; the decoders read much more than these. */
const EXTENDED: readonly string[] = ["GBK", "EUC-KR", "EUC-JP"];
/** A text with some of the others is less likely by this. */
const RARELY = 0.8;

function isExtended(line: Uint8Array): boolean {
  return line.some((byte) => byte >= 0x80 && byte <= 0xa0);
}

interface Judged extends CharsetCandidate {
  readonly points: number;
}

/**
 * The charsets in which bytes would be text, the likeliest first; none: they are no text in any.
 * @param bytes begin at a character, and may end within one
 */
export function legacyCharsets(bytes: Uint8Array): readonly CharsetCandidate[] {
  const lines = linesBeyondAscii(bytes);
  if (lines.some((line) => line.includes(0))) return [];
  const judged = CANDIDATES
    .flatMap((name) => judge(name, lines))
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points);
  const best = judged[0]?.points ?? 0;
  return withoutSame(judged.filter(({ points }) => points > best - FARTHEST_BEHIND)).slice(0, MOST_TOLD);
}

/** Those that read the words as one before them does say nothing new. */
function withoutSame(judged: readonly Judged[]): CharsetCandidate[] {
  const told = new Set<string>();
  return judged.flatMap(({ name, words }) => {
    const reading = words.join("\n");
    if (told.has(reading)) return [];
    told.add(reading);
    return [{ name, words }];
  });
}

function judge(name: string, lines: readonly Uint8Array[]): Judged[] {
  const texts: string[] = [];
  for (const line of lines) {
    const text = textIn(name, line);
    if (text === null) return [];
    texts.push(text);
  }
  const text = texts.join("\n");
  const points = plausibility(text) * (EXTENDED.includes(name) && lines.some(isExtended) ? RARELY : 1);
  return [{ name, words: wordsBeyondAscii(text), points }];
}

/** Null: it is no text in the charset. */
function textIn(name: string, line: Uint8Array): string | null {
  const decoder = textDecoder(OF_DOS.includes(name) ? name.toLowerCase() : name, { fatal: true });
  try {
    // The line may be cut within a character.
    const text = decoder.decode(line, { stream: true });
    const isUndefined = isSingleByte(decoder.encoding) && findUndefinedByte(text) >= 0;
    return isUndefined ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function linesBeyondAscii(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  let isBeyond = false;
  for (let at = 0; at <= bytes.length && lines.length < MOST_LINES; at++) {
    const byte = bytes[at] ?? LF;
    if (byte >= 0x80) isBeyond = true;
    if (byte !== LF && byte !== CR) continue;
    if (isBeyond) lines.push(bytes.subarray(start, Math.min(at, start + LONGEST_LINE)));
    start = at + 1;
    isBeyond = false;
  }
  return lines;
}

/** In UTF-16 code units. */
const LONGEST_WORD = 40;

function wordsBeyondAscii(text: string): readonly string[] {
  const words = text.match(/[^\s,;|"'\t]+/g) ?? [];
  // deno-lint-ignore no-control-regex -- ASCII is what it is about
  const beyond = words.filter((word) => /[^\x00-\x7f]/.test(word)).map((word) => word.slice(0, LONGEST_WORD));
  return [...new Set(beyond)].slice(0, MOST_WORDS);
}
