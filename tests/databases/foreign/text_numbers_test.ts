import { assertEquals } from "@std/assert";
import { KnownTexts } from "../../../lib/databases/foreign/known_texts.ts";
import { TextNumbers } from "../../../lib/databases/foreign/text_numbers.ts";
import type { ObjectId } from "../../../lib/store/object_id.ts";
import { Random } from "../../torture/random.ts";

const id = (text: string) => text as string & ObjectId;

Deno.test("numbers of texts: the first one stays until it is forgotten, whatever the texts look like", () => {
  const numbers = new TextNumbers(new KnownTexts());
  const texts = [
    "",
    "a",
    "A",
    "ab",
    "é",
    "e\u0301",
    "\ud800",
    "\uffff",
    "\u{1f600}",
    "\u{1f600}b",
    "\u0000",
    "x".repeat(100_000),
    "x".repeat(100_001),
  ];
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
  const numbers = new TextNumbers(new KnownTexts());
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

Deno.test("numbers of the same texts are apart, and their texts are kept once", () => {
  const texts = new KnownTexts();
  const [one, other] = [new TextNumbers(texts), new TextNumbers(texts)];
  one.noteOnce(id("a"), 1);
  one.noteOnce(id("b"), 2);
  assertEquals([other.of(id("a")), [...other.pages()]], [null, []]);
  other.noteOnce(id("b"), 7);
  one.forget(id("b"));
  assertEquals([one.of(id("b")), other.of(id("b")), texts.size], [null, 7, 2]);
  assertEquals([[...one.pages()], [...other.pages()]], [[["a"]], [["b"]]]);
});

Deno.test("texts are found by all of their characters, however many there are and wherever they stand", () => {
  const texts = new KnownTexts();
  // More than a piece, and across the ends of pieces.
  const all = Array.from({ length: 30_000 }, (_, index) => `${index}`.repeat(1 + index % 7) + (index % 2 ? "é" : "漢"));
  all.push("x".repeat(600_000), "x".repeat(600_001));
  all.forEach((text, index) => assertEquals(texts.add(text), index));
  all.forEach((text, index) => assertEquals([texts.find(text), texts.at(index) === text], [index, true]));
  assertEquals([texts.find("x".repeat(599_999)), texts.find("")], [null, null]);
});
