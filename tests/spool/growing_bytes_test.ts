import { assertEquals } from "@std/assert";
import { GrowingBytes } from "../../lib/spool/growing_bytes.ts";

Deno.test("bytes are kept in order and copied, up to the limit, however they come", () => {
  for (const length of [1, 7, 1000, 5000]) {
    const kept = new GrowingBytes(10_000);
    const expected: number[] = [];
    for (let piece = 0; kept.left >= length; piece++) {
      const bytes = new Uint8Array(length).fill(piece);
      expected.push(...bytes);
      kept.append(bytes);
      bytes.fill(255);
    }
    assertEquals([...kept.bytes], expected);
    assertEquals([kept.used, kept.left], [expected.length, 10_000 - expected.length]);
    kept.clear();
    assertEquals([kept.used, kept.left, kept.bytes.length], [0, 10_000, 0]);
  }
});

Deno.test("of a piece that is written into, as much is kept as was written", () => {
  const kept = new GrowingBytes(100);
  kept.append(Uint8Array.of(1));
  kept.fill(99, (piece) => {
    piece.fill(2);
    return 2;
  });
  assertEquals([...kept.bytes], [1, 2, 2]);
});
