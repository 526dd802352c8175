import { assert, assertEquals } from "@std/assert";
import type { DecimalAttribute, IntegerAttribute } from "../../lib/model/model.ts";
import { readerFor } from "../../lib/values/reader_for.ts";
import type { SuspectedSign } from "../../lib/values/value_form.ts";
import type { ValueReader } from "../../lib/values/value_reader.ts";
import { processorSeconds } from "../helpers/processor_time.ts";
import { BASE, CODES, problem, value } from "./attributes.ts";

const INTEGER: IntegerAttribute = { ...BASE, kind: "integer", default: null };
const SPEED: DecimalAttribute = { ...BASE, kind: "decimal", digits: 12, decimals: 2, default: null };

/** The kind of a refusal, what was found, and what was expected. */
function refusalOf(reader: ValueReader, cell: string): unknown[] {
  const parsed = reader.parse(cell);
  return !parsed.ok && parsed.problem.kind === "wrong_format"
    ? [parsed.problem.kind, parsed.problem.found, parsed.problem.expected]
    : [parsed];
}

const integer = readerFor(INTEGER, CODES);
const speed = readerFor(SPEED, CODES);

Deno.test("an integer is a sign and digits", () => {
  const accepted: readonly (readonly [string, number])[] = [
    ["42", 42],
    ["042", 42],
    ["007", 7],
    ["+7", 7],
    ["-1", -1],
    ["0", 0],
    ["2147483647", 2147483647],
    ["-2147483648", -2147483648],
    ["0000000000000000000005", 5],
    // Zeros behind a point are no loss (SPEC 14, Numbers).
    ["5.0", 5],
    ["-12.000", -12],
  ];
  for (const [cell, expected] of accepted) {
    assertEquals(integer.parse(cell), value(expected));
    assertEquals(integer.parseKey(cell), expected);
  }
});

Deno.test("a negative zero is zero", () => {
  for (const reader of [integer, speed]) {
    const parsed = reader.parse("-0");
    assert(parsed.ok && Object.is(parsed.value, 0));
  }
  const zero = speed.parse("-0.000");
  assert(zero.ok && Object.is(zero.value, 0));
});

Deno.test("an integer is nothing else", () => {
  for (
    const cell of [
      "two",
      "3 units",
      "1.9",
      "42.9",
      "1e3",
      "0x1A",
      "1 000",
      " 42",
      "42abc",
      "--1",
      "+",
      "1,5",
      "٣",
      "5.",
    ]
  ) {
    assertEquals(refusalOf(integer, cell), ["wrong_format", cell, "integer"]);
    assertEquals(integer.parseKey(cell), undefined);
  }
});

Deno.test("an integer that does not fit into 32 bits is out of range", () => {
  for (const found of ["2147483648", "-2147483649", "99999999999999999999", "1" + "0".repeat(400)]) {
    assertEquals(
      integer.parse(found),
      problem({ kind: "out_of_range", found, least: "-2147483648", most: "2147483647" }),
    );
    assertEquals(integer.parseKey(found), undefined);
  }
});

Deno.test("the report shows an integer as a number", () => {
  assertEquals(integer.report(42, "042"), 42);
  assertEquals(integer.report(null, ""), null);
});

Deno.test("an integer is the same when its number is", () => {
  assert(integer.same(42, 42));
  assert(!integer.same(42, 43));
  assert(!integer.same(0, null));
});

Deno.test("a decimal is a sign, digits and one decimal point, shown with its decimals; zeros behind are no loss", () => {
  const accepted: readonly (readonly [string, number, string])[] = [
    ["1", 1, "1.00"],
    ["1.5", 1.5, "1.50"],
    ["-3.25", -3.25, "-3.25"],
    ["1234567890.12", 1234567890.12, "1234567890.12"],
    ["9999999999.99", 9999999999.99, "9999999999.99"],
    ["+7", 7, "7.00"],
    ["5.", 5, "5.00"],
    [".5", 0.5, "0.50"],
    ["-.5", -0.5, "-0.50"],
    ["1.2300", 1.23, "1.23"],
    ["12.500", 12.5, "12.50"],
    ["1.0000000000000000000000", 1, "1.00"],
    [".990", 0.99, "0.99"],
    ["-0.000", 0, "0.00"],
    ["00012.30", 12.3, "12.30"],
  ];
  for (const [cell, stored, report] of accepted) {
    assertEquals(speed.parse(cell), value(stored));
    assertEquals(speed.parseKey(cell), stored);
    assertEquals(speed.report(stored, cell), report);
  }
  assertEquals(speed.report(null, ""), null);
});

Deno.test("a decimal is nothing else", () => {
  for (const cell of ["abc", "1,5", "1e3", "1.2.3", ".", "+", "-.", " 1", "1 ", "3 units", "0x1A", "Infinity", "NaN"]) {
    assertEquals(refusalOf(speed, cell), ["wrong_format", cell, "decimal"]);
    assertEquals(speed.parseKey(cell), undefined);
  }
});

Deno.test("a decimal with more decimals than its attribute has is refused, as a key too: nothing is rounded", () => {
  for (const found of ["1.234", "12.345", "1.005", "999.999", "-0.004", "0.001", "1.0049999999999999999999", ".999"]) {
    assertEquals(speed.parse(found), problem({ kind: "too_many_decimals", found, limit: 2 }));
    assertEquals(speed.parseKey(found), undefined);
  }
});

Deno.test("a decimal with too many digits is out of range", () => {
  for (const found of ["12345678901", "-12345678901", "10000000000.00", "1" + "0".repeat(40)]) {
    assertEquals(
      speed.parse(found),
      problem({ kind: "out_of_range", found, least: "-9999999999.99", most: "9999999999.99" }),
    );
  }
});

Deno.test("a decimal may have no decimals, or be all decimals", () => {
  const whole = readerFor({ ...SPEED, digits: 3, decimals: 0 }, CODES);
  assertEquals(whole.parse("1.5"), problem({ kind: "too_many_decimals", found: "1.5", limit: 0 }));
  assertEquals(whole.parse("1.0"), value(1));
  assertEquals(whole.parse("1000"), problem({ kind: "out_of_range", found: "1000", least: "-999", most: "999" }));
  assertEquals(whole.report(2, "2"), "2");
  const fraction = readerFor({ ...SPEED, digits: 2, decimals: 2 }, CODES);
  assertEquals(fraction.parse(".999"), problem({ kind: "too_many_decimals", found: ".999", limit: 2 }));
  assertEquals(fraction.parse("1.00"), problem({ kind: "out_of_range", found: "1.00", least: "-0.99", most: "0.99" }));
  assertEquals(fraction.parse(".99"), value(0.99));
});

Deno.test("what is nearly a number is suspected of its sign", () => {
  const suspected: readonly (readonly [string, SuspectedSign | null])[] = [
    ["12,50", "decimal_comma"],
    ["-0,5", "decimal_comma"],
    ["1234,567", "decimal_comma"],
    ["1,000", "either"],
    ["1.234,50", "grouping"],
    ["1,234.50", "grouping"],
    ["1 234", "grouping"],
    ["1\u00a0234,50", "grouping"],
    ["1'234'567", "grouping"],
    ["12,345,678", "grouping"],
    ["1.234.567", "grouping"],
    ["1,2,3", null],
    ["two", null],
    ["1e3", null],
  ];
  for (const [found, sign] of suspected) {
    assertEquals(speed.parse(found), problem({ kind: "wrong_format", found, expected: "decimal", suspected: sign }));
    assertEquals(integer.parse(found), problem({ kind: "wrong_format", found, expected: "integer", suspected: sign }));
  }
});

Deno.test("every decimal of 15 digits is shown as it was typed", () => {
  const reader = readerFor({ ...SPEED, digits: 15, decimals: 5 }, CODES);
  for (const cell of ["9999999999.99999", "1234567890.12345", "0.00001", "-9007199254.74099"]) {
    const parsed = reader.parse(cell);
    assertEquals(parsed.ok && reader.report(parsed.value, cell), cell);
  }
});

Deno.test("a decimal is the same when its rounded value is", () => {
  assert(speed.same(1.5, 1.5));
  assert(speed.same(0.30000000000000004, 0.3));
  assert(!speed.same(1.5, 1.51));
  assert(!speed.same(0, null));
  assert(speed.same(null, null));
});

Deno.test("no number is null, where the attribute allows it, and never a key", () => {
  for (const attribute of [INTEGER, SPEED]) {
    for (const cell of ["", null]) {
      assertEquals(readerFor(attribute, CODES).parse(cell), value(null));
      assertEquals(readerFor(attribute, CODES).parseKey(cell), undefined);
      const mandatory = readerFor({ ...attribute, nullAllowed: false }, CODES);
      assertEquals(mandatory.parse(cell), problem({ kind: "null_not_allowed" }));
    }
  }
});

Deno.test("100,000 digits and something else are no number, and told in time", async () => {
  const cell = `${"9".repeat(100_000)}x`;
  for (const attribute of [INTEGER, SPEED]) {
    const reader = readerFor(attribute, CODES);
    assert(await processorSeconds(() => assert(!reader.parse(cell).ok)) < 2, attribute.kind);
  }
});
