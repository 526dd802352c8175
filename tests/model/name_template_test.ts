/** What the attributes in a friendly name may have held. */
import { assert, assertEquals } from "@std/assert";
import { comparedForm } from "../../lib/compared_text.ts";
import type { FriendlyNamePart } from "../../lib/model/model.ts";
import { NameTemplate } from "../../lib/model/name_template.ts";
import { Random } from "../torture/random.ts";

/** Attributes are single capital letters, everything else is text. */
function partsOf(template: string): readonly FriendlyNamePart[] {
  return template.split(/([A-Z])/).filter((part) => part !== "").map((part) =>
    /[A-Z]/.test(part) ? { attribute: part } : { text: part }
  );
}

function splits(template: string, name: string): unknown {
  return NameTemplate.of(partsOf(template))?.splits(name);
}

Deno.test("a name is taken apart wherever the text between its attributes stands", () => {
  assertEquals(splits("A", "Ada Byron"), [["ada byron"]]);
  assertEquals(splits("A B", "Ada Byron"), [["ada", "byron"], ["ada byron", ""], ["", "ada byron"]]);
  assertEquals(splits("A / B", "a / b / c"), [["a", "b / c"], ["a / b", "c"]]);
  assertEquals(splits("A / B", "a"), []);
  assertEquals(splits("of A to B", "of x to y"), [["x", "y"]]);
  assertEquals(splits("of A to B", "x to y"), []);
});

Deno.test("blanks at the ends of a name do not count, be they those of the text between its attributes", () => {
  assertEquals(splits("A / B", "a /"), [["a", ""]]);
  assertEquals(splits("A / B", "/ b"), [["", "b"]]);
  assertEquals(splits("A / B", "/"), [["", ""]]);
  assertEquals(splits("A B", ""), [["", ""]]);
  assertEquals(splits("of A", "of"), [[""]]);
});

Deno.test("names that run into each other are not taken apart, nor are those whose text may become a letter", () => {
  assertEquals(splits("AB", "x"), undefined);
  assertEquals(splits("A=B", "x=y"), undefined);
  assertEquals(splits("A xB", "a xb"), undefined);
  assertEquals(splits("A é B", "a é b"), undefined);
  assertEquals(splits("only text", "only text"), undefined);
});

Deno.test("a name that may be taken apart in very many ways is not", () => {
  assertEquals(splits("A B", "x ".repeat(100)), null);
  assertEquals(splits("A B C / D", "x ".repeat(200)), null);
});

const TEMPLATES = ["A", "A B", "A / B", "A B C", "A / B C", "of A to B", "(A) B", "A - B.", " A B ", "A B /"];
const TEXTS = [
  "",
  " ",
  "a",
  "A",
  "b c",
  " a",
  "a ",
  "/",
  "a /",
  "\u0301x",
  "É",
  "e\u0301",
  "Σς",
  "\u200bz",
  "x\u200b",
  "-",
  "of",
  "1.",
];

Deno.test("whatever attributes hold, one of the splits has texts that are the same", () => {
  const random = new Random(17).part("names");
  for (let round = 0; round < 20_000; round++) {
    const parts = partsOf(random.pick(TEMPLATES));
    const template = NameTemplate.of(parts);
    assert(template !== null);
    const values = new Map(template.attributes.map((code) => [code, random.pick(TEXTS)]));
    const name = parts.map((part) => "text" in part ? part.text : values.get(part.attribute)).join("");
    const typed = random.pick([name, name.toUpperCase(), name.trim(), ` ${name}`, name.normalize("NFD")]);
    if (comparedForm(typed) !== comparedForm(name)) continue;
    const wanted = template.attributes.map((code) => comparedForm(values.get(code) ?? ""));
    const found = template.splits(typed);
    const isThere = found?.some((split) => split.every((text, place) => comparedForm(text) === wanted[place]));
    assert(isThere, JSON.stringify({ parts, name, typed, wanted, found }));
  }
});
