/** Every charset with every byte, and with sequences that are none, in every chunking: the text, and the place of the first bad byte. */
import { findCharset, NAMED_CHARSETS } from "../../lib/source/charset.ts";
import { decodeChunks, everyChunking } from "../source/decode_chunks.ts";
import { expectedOf, MULTI_BYTE_ENCODINGS, SINGLE_BYTE_ENCODINGS } from "./charset_oracle.ts";
import type { Random } from "./random.ts";
import { torture, type Trial } from "./torture.ts";

const ENCODINGS: readonly string[] = [...SINGLE_BYTE_ENCODINGS, ...MULTI_BYTE_ENCODINGS];

/** A short good beginning in an encoding, with a line end and a character of several bytes where it has one. */
const GOOD: Readonly<Record<string, readonly number[]>> = {
  "utf-8": [0x61, 0x0a, 0xe6, 0x97, 0xa5, 0xf0, 0x9f, 0x98, 0x80],
  "utf-16le": [0x61, 0x00, 0x0a, 0x00, 0x3d, 0xd8, 0x00, 0xde],
  "utf-16be": [0x00, 0x61, 0x00, 0x0a, 0xd8, 0x3d, 0xde, 0x00],
  gbk: [0x61, 0x0a, 0xb2, 0xe2],
  gb18030: [0x61, 0x0a, 0xb2, 0xe2, 0x94, 0x39, 0xfc, 0x36],
  big5: [0x61, 0x0a, 0xa4, 0xe9],
  "euc-jp": [0x61, 0x0a, 0xc6, 0xfc, 0x8f, 0xb0, 0xa1],
  "iso-2022-jp": [0x61, 0x0a, 0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42],
  shift_jis: [0x61, 0x0a, 0x93, 0xfa, 0xb1],
  "euc-kr": [0x61, 0x0a, 0xb0, 0xa1],
};

/** Bytes that matter to some encoding: ends of ranges, leads, trails, escapes. */
const TELLING: readonly number[] = [
  ...[0x00, 0x0a, 0x0d, 0x1b, 0x20, 0x22, 0x24, 0x28, 0x2c, 0x30, 0x39, 0x40, 0x42, 0x4a, 0x49, 0x5c, 0x7e, 0x7f],
  ...[0x80, 0x81, 0x8e, 0x8f, 0x90, 0x9f, 0xa0, 0xa1, 0xbf, 0xc0, 0xc2, 0xd7, 0xd8, 0xdb, 0xdc, 0xdf, 0xe0, 0xed],
  ...[0xef, 0xf0, 0xf4, 0xf5, 0xfc, 0xfd, 0xfe, 0xff],
];

function check(encoding: string, tail: readonly number[], { tried, count, lost }: Trial): void {
  const bytes = Uint8Array.from([...GOOD[encoding] ?? [0x61, 0x0a, 0xe1], ...tail]);
  const expected = expectedOf(encoding, bytes);
  tried();
  if (expected.byteOffset !== null) count("refused");
  for (const chunks of everyChunking(bytes)) {
    count("chunkings");
    const { text, undecodable } = decodeChunks(encoding, chunks);
    const firstByte = undecodable === null ? null : parseInt(undecodable.bytes, 16);
    const badByte = expected.byteOffset === null ? null : bytes[expected.byteOffset];
    const isRight = text === expected.text && (undecodable?.byteOffset ?? null) === expected.byteOffset &&
      (firstByte === badByte);
    if (isRight) continue;
    const pieces = chunks.map((chunk) => chunk.join(" ")).join(" | ");
    return lost(
      `${encoding} ${pieces}: expected ${JSON.stringify(expected)}, found ${JSON.stringify({ text, undecodable })}`,
    );
  }
}

torture({
  name: "charset_bytes",
  title: "every byte in every charset: its character, or its exact place",
  unit: "inputs",
  short: 1,
  long: 1,
  run(trial) {
    for (const encoding of ENCODINGS) {
      for (let byte = 0; byte < 256; byte++) {
        check(encoding, [byte], trial);
        check(encoding, [byte, 0x62, 0x0a, 0x62, 0x0a], trial);
      }
    }
  },
});

torture({
  name: "charset_sequences",
  title: "sequences of bytes that are no character: their exact place, in every chunking",
  unit: "inputs",
  short: 2_000,
  long: 100_000,
  run(trial) {
    for (let index = 0; index < trial.amount; index++) {
      const random = trial.random.part(index);
      check(random.pick(random.chance(0.9) ? MULTI_BYTE_ENCODINGS : ENCODINGS), randomBytes(random), trial);
    }
  },
});

function randomBytes(random: Random): readonly number[] {
  return Array.from({ length: random.int(1, 7) }, () => random.chance(0.5) ? random.pick(TELLING) : random.int(0, 255));
}

torture({
  name: "charset_names",
  title: "every encoding of the Encoding Standard is known by name, and none is left out of these tests",
  unit: "names",
  short: 1,
  long: 1,
  run({ tried, lost }) {
    for (const name of [...ENCODINGS, ...NAMED_CHARSETS]) {
      tried();
      const encoding = findCharset(name)?.encoding;
      if (encoding === undefined || !ENCODINGS.includes(encoding)) lost(`${name} is ${encoding}`);
    }
    // "replacement" decodes nothing.
    const ofTheStandard = 40 - 1;
    if (ENCODINGS.length !== ofTheStandard) lost(`${ENCODINGS.length} encodings of ${ofTheStandard} are tested`);
  },
});
