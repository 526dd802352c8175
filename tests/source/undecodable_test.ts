import { assertEquals } from "@std/assert";
import { fixturePath } from "../helpers/fixtures.ts";
import { decodeChunks, everyChunking } from "./decode_chunks.ts";
import { UNDECODABLE_CASES } from "./undecodable_cases.ts";

for (const { title, encoding, input, text, byteOffset, bytes } of UNDECODABLE_CASES) {
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

function sampleOf(encoding: string, bytes: Uint8Array): readonly number[] {
  return [...decodeChunks(encoding, [bytes]).undecodable?.sample ?? []];
}

Deno.test("the sample of undecodable bytes is their line and what follows it, and no more of it than is needed", () => {
  const line = [0x61, 0xe4, 0x0a, ...new TextEncoder().encode("and more than a few")];
  assertEquals(sampleOf("utf-8", Uint8Array.from([0x78, 0x0a, ...line])), line);
  const long = new Uint8Array(100_000).fill(0x61);
  long[50_000] = 0xe4;
  const sample = sampleOf("utf-8", long);
  assertEquals([sample.length, sample[0]], [4096, 0xe4]);
});
