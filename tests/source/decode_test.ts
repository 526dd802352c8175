import { assertEquals } from "@std/assert";
import { createRecordReader } from "../../lib/csv/record_reader.ts";
import { decode } from "../../lib/source/decode.ts";
import { SourceMeter } from "../../lib/source/source_meter.ts";
import type { DecodedChunk } from "../../lib/source/strict_decoder.ts";

async function* chunksOf(...chunks: readonly (readonly number[])[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) {
    await Promise.resolve();
    yield Uint8Array.from(chunk);
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

Deno.test("text comes chunk by chunk, cut between characters", async () => {
  const chunks = await all(decode(chunksOf([0x41, 0x42, 0x43, 0xc3], [0xa9], []), "utf-8"));
  assertEquals(chunks, [{ kind: "text", text: "ABC", mark: null, isPlain: true }, {
    kind: "text",
    text: "é",
    mark: null,
    isPlain: false,
  }]);
});

Deno.test("nothing comes behind undecodable bytes, and the source is closed", async () => {
  let closed = false;
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield* chunksOf([0x41, 0x0a, 0x42], [0xff, 0x43], [0x44]);
    } finally {
      closed = true;
    }
  }
  const expected: readonly DecodedChunk[] = [
    { kind: "text", text: "A\nB", mark: null, isPlain: true },
    {
      kind: "undecodable",
      byteOffset: 3,
      bytes: "FF",
      encoding: "utf-8",
      sample: Uint8Array.of(0xff, 0x43, 0x44),
      circumstance: null,
      mark: null,
    },
  ];
  assertEquals(await all(decode(source(), "utf-8")), expected);
  assertEquals(closed, true);
});

Deno.test("the reader tells the line of undecodable bytes from the good text before them", async () => {
  const input = [...new TextEncoder().encode('name\r\n"a\r\nb"\r\nc'), 0xe9, 0x0a];
  for (let cut = 0; cut <= input.length; cut++) {
    const reader = createRecordReader({ separator: ",", qualifier: '"' });
    let found: readonly [line: number, byteOffset: number] | null = null;
    for await (const chunk of decode(chunksOf(input.slice(0, cut), input.slice(cut)), "utf-8")) {
      if (chunk.kind === "text") reader.push(chunk.text);
      else found = [reader.line, chunk.byteOffset];
    }
    assertEquals(found, [4, 15]);
  }
});

Deno.test("a meter counts the bytes that go through it and takes their SHA-256", async () => {
  const meter = new SourceMeter();
  const chunks = await all(meter.measure(chunksOf([0x61], [], [0x62, 0x63])));
  assertEquals(chunks.map((chunk) => [...chunk]), [[0x61], [], [0x62, 0x63]]);
  assertEquals(meter.bytes, 3);
  // Of "abc", from FIPS 180-4's examples.
  const expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assertEquals([meter.sha256(), meter.sha256()], [expected, expected]);
});
