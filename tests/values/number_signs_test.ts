import { assert, assertEquals } from "@std/assert";
import { writerFor } from "../../lib/values/cell_writer.ts";
import {
  DECIMAL_SIGNS,
  GROUPING_SIGNS,
  type NumberSigns,
  plainNumbers,
  signedNumbers,
} from "../../lib/values/number_signs.ts";
import { readerFor } from "../../lib/values/reader_for.ts";
import type { DecimalAttribute, IntegerAttribute } from "../../lib/model/model.ts";
import { BASE, CODES } from "./attributes.ts";

const WHOLE: IntegerAttribute = { ...BASE, kind: "integer", default: null };

function decimal(digits: number): DecimalAttribute {
  return { ...BASE, kind: "decimal", digits, decimals: 2, default: null };
}

const GERMAN: NumberSigns = { decimal: ",", grouping: "." };
const FRENCH: NumberSigns = { decimal: ",", grouping: "space" };
const ENGLISH: NumberSigns = { decimal: ".", grouping: "," };
const COMMA: NumberSigns = { decimal: ",", grouping: null };

/** What is read of a text; null: it is refused. */
const READ: readonly (readonly [signs: NumberSigns, typed: string, plain: string | null])[] = [
  [GERMAN, "1.234,56", "1234.56"],
  [GERMAN, "-1.234.567,5", "-1234567.5"],
  [GERMAN, "+1234,56", "+1234.56"],
  [GERMAN, "12", "12"],
  [GERMAN, ",5", ".5"],
  [GERMAN, "5,", "5."],
  [GERMAN, "1.234", "1234"],
  [GERMAN, "001.234", "001234"],
  [GERMAN, "1.23", null],
  [GERMAN, "1.2345", null],
  [GERMAN, "1234.567", null],
  [GERMAN, "1.234.56", null],
  [GERMAN, "1.234567", null],
  [GERMAN, "1234567.890", null],
  [GERMAN, ".234", null],
  [GERMAN, "1.234,567.8", null],
  [GERMAN, "1,234.56", null],
  [GERMAN, "1..234", null],
  [GERMAN, "1,2,3", null],
  [GERMAN, "1.234 ", null],
  [GERMAN, "", null],
  [GERMAN, ",", null],
  [GERMAN, "-", null],
  [GERMAN, "1e5", null],
  [GERMAN, "١٢", null],
  [COMMA, "1234,56", "1234.56"],
  [COMMA, "1,234", "1.234"],
  [COMMA, "1.234", null],
  [COMMA, "1.234,56", null],
  [COMMA, "12.5", null],
  [ENGLISH, "1,234.56", "1234.56"],
  [ENGLISH, "1,234", "1234"],
  [ENGLISH, "1,23", null],
  [ENGLISH, "12,34,567", null],
  [FRENCH, "1 234,5", "1234.5"],
  [FRENCH, "1\u00a0234\u00a0567,5", "1234567.5"],
  [FRENCH, "1\u202f234", "1234"],
  [FRENCH, "1\u202f234 567", null],
  [{ decimal: ".", grouping: "'" }, "1'234.5", "1234.5"],
  [{ decimal: ".", grouping: "'" }, "1\u2019234.5", "1234.5"],
  [{ decimal: ".", grouping: "_" }, "1_234", "1234"],
];

for (const [signs, typed, plain] of READ) {
  Deno.test(`with ${signs.decimal} and ${signs.grouping ?? "no grouping"}, '${typed}' is ${plain ?? "refused"}`, () => {
    assertEquals(plainNumbers(signs)(typed), plain);
  });
}

/** A second reading that shares nothing with ours: it goes from sign to sign. */
function naive(text: string, { decimal, grouping }: NumberSigns): string | null {
  const isGrouping = (sign: string) =>
    grouping === "space"
      ? " \u00a0\u2009\u202f".includes(sign)
      : grouping === "'"
      ? "'\u2019".includes(sign)
      : sign === grouping;
  const sign = text.startsWith("-") || text.startsWith("+") ? text.slice(0, 1) : "";
  const parts = text.slice(sign.length).split(decimal);
  if (parts.length > 2) return null;
  const [whole = "", fraction] = parts;
  const digits = (part: string) => [...part].every((one) => one >= "0" && one <= "9");
  if (fraction !== undefined && !digits(fraction)) return null;
  const groups: string[] = [""];
  const signs = new Set<string>();
  for (const one of whole) {
    if (isGrouping(one)) groups.push("");
    else groups[groups.length - 1] += one;
    if (isGrouping(one)) signs.add(one);
  }
  if (!groups.every(digits) || signs.size > 1) return null;
  const [first = "", ...others] = groups;
  if (others.length > 0 && (first.length === 0 || first.length > 3 || others.some(({ length }) => length !== 3))) {
    return null;
  }
  if (first === "" && (fraction ?? "") === "") return null;
  return sign + groups.join("") + (fraction === undefined ? "" : `.${fraction}`);
}

Deno.test("any text is read as a second, naive reading does, or refused by both", () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  const alphabet = [
    "0",
    "1",
    "23",
    "456",
    "456",
    "7890",
    ".",
    ",",
    ".",
    ",",
    "'",
    "\u2019",
    " ",
    "\u00a0",
    "_",
    "-",
    "+",
    "x",
  ];
  let read = 0;
  for (let round = 0; round < 40_000; round++) {
    const text = Array.from({ length: 1 + random(6) }, () => alphabet[random(alphabet.length)]).join("");
    for (const decimal of DECIMAL_SIGNS) {
      for (const grouping of [null, ...GROUPING_SIGNS]) {
        if (grouping === decimal) continue;
        const signs = { decimal, grouping };
        const plain = plainNumbers(signs)(text);
        assertEquals(plain, naive(text, signs), `${text} with ${decimal} ${grouping}`);
        if (plain !== null) read++;
      }
    }
  }
  assert(read > 1000);
});

Deno.test("what is written is read as the same number, with every pair of signs", () => {
  const price = decimal(12);
  for (const sign of DECIMAL_SIGNS) {
    for (const grouping of [null, ...GROUPING_SIGNS]) {
      if (grouping === sign) continue;
      const context = { ...CODES, numberSigns: { decimal: sign, grouping } };
      for (const value of [0, 0.5, 12, 123, 1234, 12345.67, 123456, 1234567.89, 1234567890.12]) {
        for (const one of [value, -value]) {
          const text = writerFor(price, context)(one);
          assertEquals(readerFor(price, context).parse(text), { ok: true, value: one === 0 ? 0 : one }, text);
        }
      }
      const count = writerFor(WHOLE, context)(-2147483648);
      assertEquals(readerFor(WHOLE, context).parse(count), { ok: true, value: -2147483648 });
    }
  }
  assertEquals(signedNumbers(GERMAN)("-1234567.50"), "-1.234.567,50");
  assertEquals(signedNumbers(FRENCH)("1234"), "1 234");
});

Deno.test("what is wrong with a number is told in its own signs", () => {
  const reader = readerFor(decimal(6), { ...CODES, numberSigns: GERMAN });
  assertEquals(reader.parse("1.234,567"), {
    ok: false,
    problem: { kind: "too_many_decimals", found: "1.234,567", limit: 2 },
  });
  assertEquals(reader.parse("12.345,00"), {
    ok: false,
    problem: { kind: "out_of_range", found: "12.345,00", least: "-9.999,99", most: "9.999,99" },
  });
  assertEquals(reader.parse("1.5"), {
    ok: false,
    problem: { kind: "wrong_format", found: "1.5", expected: "decimal", suspected: null, signs: GERMAN },
  });
  assertEquals(reader.parse("12,500"), { ok: true, value: 12.5 });
  const whole = readerFor(WHOLE, { ...CODES, numberSigns: GERMAN });
  assertEquals(whole.parse("1.234"), { ok: true, value: 1234 });
  assertEquals(whole.parse("7,00"), { ok: true, value: 7 });
  assertEquals(whole.parse("7,5").ok, false);
  assertEquals(whole.parse("1,234").ok, false);
  assertEquals(whole.parse("-0"), { ok: true, value: 0 });
});
