import { assertEquals } from "@std/assert";
import { fixturePath } from "../helpers/fixtures.ts";
import { decodeChunks, everyChunking } from "./decode_chunks.ts";

interface UndecodableCase {
  readonly title: string;
  readonly encoding: string;
  readonly input: readonly number[];
  /** The good text before it. */
  readonly text: string;
  readonly byteOffset: number;
  readonly bytes: string;
}

const CASES: readonly UndecodableCase[] = [
  {
    title: "a byte that UTF-8 never has",
    encoding: "utf-8",
    input: [0x41, 0xff, 0x42],
    text: "A",
    byteOffset: 1,
    bytes: "FF",
  },
  {
    title: "a lone continuation byte",
    encoding: "utf-8",
    input: [0xc3, 0xa9, 0xa9],
    text: "é",
    byteOffset: 2,
    bytes: "A9",
  },
  {
    title: "a sequence cut short by another character",
    encoding: "utf-8",
    input: [0x41, 0xe2, 0x82, 0x41],
    text: "A",
    byteOffset: 1,
    bytes: "E2 82",
  },
  {
    title: "a sequence cut short by the end",
    encoding: "utf-8",
    input: [0x41, 0x0a, 0xf0, 0x9f, 0x98],
    text: "A\n",
    byteOffset: 2,
    bytes: "F0 9F 98",
  },
  {
    title: "a surrogate in UTF-8",
    encoding: "utf-8",
    input: [0x41, 0xed, 0xa0, 0x80, 0x54],
    text: "A",
    byteOffset: 1,
    bytes: "ED",
  },
  {
    title: "an overlong sequence",
    encoding: "utf-8",
    input: [0x41, 0xc0, 0xaf],
    text: "A",
    byteOffset: 1,
    bytes: "C0",
  },
  {
    title: "a byte order mark counts in the offset",
    encoding: "utf-8",
    input: [0xef, 0xbb, 0xbf, 0x41, 0xff],
    text: "A",
    byteOffset: 4,
    bytes: "FF",
  },
  {
    title: "an undefined byte of WINDOWS-1252",
    encoding: "windows-1252",
    input: [0xe9, 0x0a, 0x81, 0x42],
    text: "é\n",
    byteOffset: 2,
    bytes: "81",
  },
  {
    title: "the C1 control 0x85 in ISO-8859-15",
    encoding: "iso-8859-15",
    input: [0xa4, 0x85],
    text: "€",
    byteOffset: 1,
    bytes: "85",
  },
  {
    title: "an undefined byte before one that cannot be decoded at all",
    encoding: "windows-1253",
    input: [0xe1, 0x81, 0xaa],
    text: "α",
    byteOffset: 1,
    bytes: "81",
  },
  {
    title: "a byte that cannot be decoded at all before an undefined one",
    encoding: "windows-1253",
    input: [0xe1, 0xaa, 0x81],
    text: "α",
    byteOffset: 1,
    bytes: "AA",
  },
  {
    title: "a lead byte of Shift_JIS before a blank",
    encoding: "shift_jis",
    input: [0x83, 0x65, 0x83, 0x20, 0x41],
    text: "テ",
    byteOffset: 2,
    bytes: "83",
  },
  {
    title: "a lead byte of Shift_JIS at the end",
    encoding: "shift_jis",
    input: [0x83, 0x65, 0x83],
    text: "テ",
    byteOffset: 2,
    bytes: "83",
  },
  {
    title: "a lead byte of GBK before a line end",
    encoding: "gbk",
    input: [0xb2, 0xe2, 0xb2, 0x0a, 0x41],
    text: "测",
    byteOffset: 2,
    bytes: "B2",
  },
  {
    title: "a four-byte character of GB18030 cut short by the end",
    encoding: "gb18030",
    input: [0x41, 0x94, 0x39, 0xfc],
    text: "A",
    byteOffset: 1,
    bytes: "94 39 FC",
  },
  {
    title: "a high byte in ISO-2022-JP, behind shifts",
    encoding: "iso-2022-jp",
    input: [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42, 0x41, 0x80],
    text: "あA",
    byteOffset: 9,
    bytes: "80",
  },
  {
    title: "half a character of ISO-2022-JP",
    encoding: "iso-2022-jp",
    input: [0x1b, 0x24, 0x42, 0x24, 0x22, 0x24],
    text: "あ",
    byteOffset: 5,
    bytes: "24",
  },
  {
    title: "a wrong shift of ISO-2022-JP",
    encoding: "iso-2022-jp",
    input: [0x41, 0x1b, 0x30, 0x41],
    text: "A",
    byteOffset: 1,
    bytes: "1B",
  },
  {
    title: "half a code unit of UTF-16",
    encoding: "utf-16le",
    input: [0x41, 0x00, 0x42],
    text: "A",
    byteOffset: 2,
    bytes: "42",
  },
  {
    title: "a lone high surrogate of UTF-16",
    encoding: "utf-16be",
    input: [0x00, 0x41, 0xd8, 0x00, 0x00, 0x42],
    text: "A",
    byteOffset: 2,
    bytes: "D8 00",
  },
  {
    title: "a lone low surrogate of UTF-16, behind its mark",
    encoding: "utf-8",
    input: [0xff, 0xfe, 0x41, 0x00, 0x00, 0xdc],
    text: "A",
    byteOffset: 4,
    bytes: "00 DC",
  },
];

for (const { title, encoding, input, text, byteOffset, bytes } of CASES) {
  Deno.test(`undecodable: ${title}, wherever the chunks are cut`, () => {
    for (const chunks of everyChunking(Uint8Array.from(input))) {
      const decoded = decodeChunks(encoding, chunks);
      const found = decoded.undecodable;
      assertEquals([decoded.text, found?.byteOffset, found?.bytes], [text, byteOffset, bytes], JSON.stringify(chunks));
    }
  });
}

Deno.test("the offset of a bad byte far into the input is exact", () => {
  const good = new TextEncoder().encode("日本語,é😀\n".repeat(10_000));
  const chunkLength = 65_536;
  for (const at of [0, 1, chunkLength - 1, chunkLength, chunkLength + 1, good.length - 1]) {
    const input = good.slice();
    input[at] = 0xff;
    const chunks = [input.subarray(0, chunkLength), input.subarray(chunkLength)];
    const found = decodeChunks("utf-8", chunks).undecodable;
    // Damage within a character makes its first byte the bad one.
    let start = at;
    while (start > 0 && ((good[start] ?? 0) & 0xc0) === 0x80) start--;
    assertEquals(found?.byteOffset, start);
  }
});

const REFUSED: Readonly<Record<string, readonly number[]>> = {
  "windows-1252": [0x81, 0x8d, 0x8f, 0x90, 0x9d],
  "windows-1251": [0x98],
  "iso-8859-15": Array.from({ length: 32 }, (_, index) => 0x80 + index),
};

for (const [encoding, refused] of Object.entries(REFUSED)) {
  Deno.test(`of all 256 bytes ${encoding} refuses those that it leaves undefined, and no other`, () => {
    const found: number[] = [];
    for (let byte = 0; byte < 256; byte++) {
      const { text, undecodable } = decodeChunks(encoding, [Uint8Array.of(0x41, 0x2c, 0x0a, byte)]);
      assertEquals(text.length, undecodable === null ? 4 : 3);
      if (undecodable === null) continue;
      assertEquals([undecodable.byteOffset, undecodable.encoding], [3, encoding]);
      found.push(byte);
    }
    assertEquals(found, refused);
  });
}

const GOLDEN: readonly (readonly [folder: string, encoding: string, text: string, byteOffset: number])[] = [
  ["a-cs-invalid-utf-8", "utf-8", "name,code\nCaf", 13],
  ["a-cs-windows-1251", "windows-1251", "name,code\nПривет € №,A\na", 24],
  ["a-cs-windows-1252", "windows-1252", "name,code\nCafé € “q”,A\na", 24],
];

for (const [folder, encoding, text, byteOffset] of GOLDEN) {
  Deno.test(`the golden input ${folder} ends at its first undecodable byte`, () => {
    const decoded = decodeChunks(encoding, [Deno.readFileSync(fixturePath("differs", folder, "1.csv"))]);
    assertEquals([decoded.text, decoded.undecodable?.byteOffset], [text, byteOffset]);
  });
}

Deno.test("the encoding that a byte order mark sets is the one that is told", () => {
  const found = decodeChunks("utf-8", [Uint8Array.of(0xfe, 0xff, 0x00)]).undecodable;
  assertEquals([found?.encoding, found?.byteOffset], ["utf-16be", 2]);
});

function fitting(encoding: string, bytes: Uint8Array): readonly string[] | undefined {
  return decodeChunks(encoding, [bytes]).undecodable?.fitting;
}

function charsetFixture(file: string): Uint8Array {
  return Deno.readFileSync(fixturePath("charsets", file));
}

Deno.test("charsets that would fit: UTF-8 comes first", () => {
  const utf8 = new TextEncoder().encode("name\nŁódź\n");
  assertEquals(fitting("windows-1252", utf8)?.[0], "UTF-8");
  assertEquals(fitting("iso-8859-15", new TextEncoder().encode("name\nÀ €\n"))?.[0], "UTF-8");
});

Deno.test("charsets that would fit: none leaves a byte of the text undefined", () => {
  assertEquals(fitting("utf-8", charsetFixture("windows-1252.csv")), ["WINDOWS-1252", "WINDOWS-1251"]);
  assertEquals(fitting("utf-8", charsetFixture("iso-8859-15.csv")), ["WINDOWS-1252", "ISO-8859-15", "WINDOWS-1251"]);
  assertEquals(fitting("utf-8", charsetFixture("shift_jis.csv")), ["WINDOWS-1251", "Shift_JIS"]);
});

Deno.test("charsets that would fit: only the bad line and what follows it are asked", () => {
  const mixed = Uint8Array.from([0x81, 0x0a, 0x41, 0x0a, 0xe9, 0x20, 0x0a]);
  assertEquals(fitting("shift_jis", mixed), []);
  assertEquals(fitting("utf-8", Uint8Array.from([0xc2, 0x81, 0x0a, 0xe9, 0x20])), [
    "WINDOWS-1252",
    "ISO-8859-15",
    "WINDOWS-1251",
  ]);
});

Deno.test("charsets that would fit: none, when the bytes look like UTF-16", () => {
  assertEquals(fitting("utf-8", Uint8Array.from([0x41, 0x00, 0xe9, 0x00])), []);
});
