import { assertEquals } from "@std/assert";
import { TextNumbers } from "../../../lib/databases/foreign/text_numbers.ts";
import type { ObjectId } from "../../../lib/store/object_id.ts";
import { Random } from "../../torture/random.ts";

const id = (text: string) => text as string & ObjectId;

Deno.test("numbers of texts: the first one stays until it is forgotten, whatever the texts look like", () => {
  const numbers = new TextNumbers();
  const texts = ["", "a", "A", "ab", "é", "e\u0301", "\ud800", "\u0000", "x".repeat(100_000), "x".repeat(100_001)];
  texts.forEach((text, index) => assertEquals(numbers.noteOnce(id(text), index), index));
  texts.forEach((text, index) => assertEquals(numbers.noteOnce(id(text), 77), index));
  assertEquals(numbers.of(id("b")), null);
  numbers.forget(id("b"));
  numbers.forget(id("A"));
  assertEquals(numbers.of(id("A")), null);
  assertEquals([...numbers.pages()], [texts.filter((text) => text !== "A").sort((one, other) => one < other ? -1 : 1)]);
  assertEquals([numbers.noteOnce(id("A"), 5), numbers.of(id("A"))], [5, 5]);
});

Deno.test("numbers of texts: whatever is noted, asked and forgotten, they say what a map says", () => {
  const random = new Random(15);
  const numbers = new TextNumbers();
  const known = new Map<string, number>();
  for (let step = 0; step < 60_000; step++) {
    const text = `${random.int(0, 9000)}`.repeat(random.int(1, 3));
    if (random.chance(0.2)) {
      numbers.forget(id(text));
      known.delete(text);
    } else if (random.chance(0.3)) assertEquals(numbers.of(id(text)), known.get(text) ?? null);
    else {
      const number = random.int(0, 999);
      if (!known.has(text)) known.set(text, number);
      assertEquals(numbers.noteOnce(id(text), number), known.get(text));
    }
  }
  const pages = [...numbers.pages()];
  assertEquals(pages.flat(), [...known.keys()].sort((one, other) => one < other ? -1 : 1).map(id));
  assertEquals(pages.every((page) => page.length <= 4096), true);
});
