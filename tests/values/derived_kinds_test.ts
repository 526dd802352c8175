/** Kinds of attributes that only databases have which we did not make. */
import { assertEquals } from "@std/assert";
import type {
  EnumAttribute,
  IntegerAttribute,
  LooseAttribute,
  NumberAttribute,
  StoredValue,
} from "../../lib/model/model.ts";
import { loggedValue } from "../../lib/store/logged_value.ts";
import { valueFromLog } from "../../lib/store/value_from_log.ts";
import { writerFor } from "../../lib/values/cell_writer.ts";
import { readerFor, type ValueAttribute, type ValueContext } from "../../lib/values/reader_for.ts";
import { BASE, CODES, shown, text, value } from "./attributes.ts";

const WIDE: IntegerAttribute = { ...BASE, kind: "integer", bits: 64, default: null };
const NUMBER: NumberAttribute = { ...BASE, kind: "number", default: null };
const LOOSE: LooseAttribute = { ...BASE, kind: "loose", isNumeric: false, default: null };
const NUMERIC: LooseAttribute = { ...LOOSE, isNumeric: true };

type Values = readonly (readonly [cell: string, stored: StoredValue])[];

function reads(attribute: ValueAttribute, values: Values, context: ValueContext = CODES): void {
  const reader = readerFor(attribute, context);
  for (const [cell, stored] of values) {
    assertEquals(reader.parse(cell), value(stored), cell);
    assertEquals(reader.parseKey(cell), stored === null ? undefined : stored, cell);
  }
}

function refuses(attribute: ValueAttribute, cells: readonly string[], kind: string, context = CODES): void {
  const reader = readerFor(attribute, context);
  for (const cell of cells) {
    const parsed = reader.parse(cell);
    assertEquals(parsed.ok ? parsed.value : parsed.problem.kind, kind, cell);
    assertEquals(reader.parseKey(cell), undefined);
  }
}

function areSame(attribute: ValueAttribute, a: StoredValue, b: StoredValue): boolean {
  const { same } = readerFor(attribute, CODES);
  assertEquals(same(a, b), same(b, a));
  return same(a, b);
}

Deno.test("an integer of 64 bits has all its digits", () => {
  reads(WIDE, [
    ["42", 42],
    ["-0", 0],
    ["007.00", 7],
    ["9007199254740991", 9007199254740991],
    ["9007199254740993", "9007199254740993"],
    ["+09007199254740993", "9007199254740993"],
    ["9223372036854775807", "9223372036854775807"],
    ["-9223372036854775808", "-9223372036854775808"],
    ["", null],
  ]);
  refuses(WIDE, ["9223372036854775808", "-9223372036854775809", "9".repeat(2000)], "out_of_range");
  refuses(WIDE, ["1e3", "1.5", "abc", " 7", "0x10"], "wrong_format");
  assertEquals(
    shown(readerFor(WIDE, CODES).parse("9223372036854775808")),
    "Unexpected value for attribute 'attribute': Out of range [9223372036854775808], expected -9223372036854775808 to 9223372036854775807",
  );
});

Deno.test("a number is any double or an integer of 64 bits", () => {
  reads(NUMBER, [
    ["1.50", 1.5],
    ["0.990", 0.99],
    ["15e-1", 1.5],
    [".5", 0.5],
    ["5.", 5],
    ["-0.0", 0],
    ["1e300", 1e300],
    ["0.30000000000000004", 0.30000000000000004],
    ["9007199254740993", "9007199254740993"],
    ["Infinity", Infinity],
    ["", null],
  ]);
  refuses(NUMBER, ["1e999", "-1e999", "9223372036854775808", "1" + "0".repeat(400)], "out_of_range");
  refuses(NUMBER, ["free", "1,75", " 7", "7 ", "1e", "NaN", "0x10", "--1"], "wrong_format");
});

Deno.test("numbers are read with the signs of the file", () => {
  const signs: ValueContext = { ...CODES, numberSigns: { decimal: ",", grouping: "." } };
  reads(NUMBER, [["1.234,50", 1234.5], ["1,5e3", 1500], ["9.007.199.254.740.993", "9007199254740993"]], signs);
  reads(WIDE, [["9.007.199.254.740.993", "9007199254740993"]], signs);
  refuses(NUMBER, ["1.5", "1,5,5"], "wrong_format", signs);
  refuses(NUMBER, ["9.223.372.036.854.775.808"], "out_of_range", signs);
});

Deno.test("numbers are compared as numbers", () => {
  assertEquals(areSame(NUMBER, 0.1 + 0.2, 0.3), false);
  assertEquals(areSame(NUMBER, 1e16, "10000000000000000"), true);
  assertEquals(areSame(NUMBER, "9007199254740993", "9007199254740992"), false);
  assertEquals(areSame(NUMBER, 7, "7"), false);
  assertEquals(areSame(WIDE, "9007199254740993", "9007199254740993"), true);
});

Deno.test("a loose value is a text, and a number where the database makes one of it", () => {
  reads(LOOSE, [["007", "007"], ["10", "10"], [" a ", " a "], ["", ""]]);
  reads(NUMERIC, [
    ["007", 7],
    [" 7 ", 7],
    ["1.50", 1.5],
    ["2e3", 2000],
    ["9007199254740993", "9007199254740993"],
    ["123e4567-e89b", "123e4567-e89b"],
    ["0x10", "0x10"],
    ["", ""],
  ]);
  refuses(NUMERIC, ["12345678901234567890", "1e999"], "out_of_range");
  refuses({ ...LOOSE, nullAllowed: false }, [], "");
  assertEquals(readerFor({ ...LOOSE, nullAllowed: false }, CODES).parse("").ok, false);
});

Deno.test("loose values are the same that are written the same", () => {
  assertEquals(areSame(LOOSE, 10, "10"), true);
  assertEquals(areSame(LOOSE, 10, "010"), false);
  assertEquals(areSame(NUMERIC, 1e16, "10000000000000000"), true);
  assertEquals(areSame(LOOSE, "a", "a "), false);
});

Deno.test("null and the empty text are both nothing, for every kind", () => {
  const attributes: readonly ValueAttribute[] = [
    WIDE,
    NUMBER,
    LOOSE,
    NUMERIC,
    text("string"),
    text("text"),
    { ...BASE, kind: "boolean", default: null },
    { ...BASE, kind: "date", default: null },
    { ...BASE, kind: "enum", values: [], default: null },
  ];
  for (const attribute of attributes) {
    assertEquals(areSame(attribute, null, ""), true, attribute.kind);
    assertEquals(areSame(attribute, "", "0"), false, attribute.kind);
  }
});

Deno.test("cells and the log give every value back", () => {
  const values: readonly (readonly [ValueAttribute, readonly StoredValue[]])[] = [
    [WIDE, [7, "9007199254740993", "-9223372036854775808", "abc"]],
    [NUMBER, [0.1, 1e300, 1e-7, "9007199254740993", Infinity, -1.5]],
    [NUMERIC, [7, 1.5, "007x", "9007199254740993"]],
    [LOOSE, ["007", "text", '"quoted"']],
  ];
  const signs: ValueContext = { ...CODES, numberSigns: { decimal: ",", grouping: "space" } };
  for (const [attribute, all] of values) {
    for (const stored of all) {
      const logged = loggedValue(attribute, stored);
      assertEquals(valueFromLog(attribute, logged, { idFromText: () => null }), stored);
      for (const context of [CODES, signs]) {
        const parsed = readerFor(attribute, context).parse(writerFor(attribute, context)(stored));
        assertEquals(parsed.ok ? parsed.value : stored, stored);
      }
    }
  }
  assertEquals(writerFor(WIDE, signs)("9007199254740993"), "9 007 199 254 740 993");
});

Deno.test("the log tells a loose number from the text of it", () => {
  const back = (stored: StoredValue) => valueFromLog(LOOSE, loggedValue(LOOSE, stored), { idFromText: () => null });
  assertEquals([loggedValue(LOOSE, 10), loggedValue(LOOSE, "10")], ["10", '"10"']);
  assertEquals([back(10), back("10"), back(null)], [10, "10", null]);
});

Deno.test("an enumeration that counts case takes its codes only", () => {
  const status: EnumAttribute = {
    ...BASE,
    kind: "enum",
    default: null,
    values: ["NORMAL", "ARCHIVED"].map((code) => ({ code, labels: new Map() })),
  };
  for (const codesNotLabels of [true, false]) {
    const reader = readerFor({ ...status, countsCase: true }, { ...CODES, codesNotLabels });
    assertEquals(reader.parse("ARCHIVED"), value("ARCHIVED"));
    assertEquals(reader.parse("archived").ok, false);
    assertEquals(readerFor(status, CODES).parse("archived").ok, true);
  }
  assertEquals(
    shown(
      readerFor({ ...status, countsCase: true }, { ...CODES, codesNotLabels: false }).parse("archived"),
      "row_status",
    ),
    "Allowed 'row_status' value(s): NORMAL,ARCHIVED. Did you mean 'ARCHIVED'?",
  );
});

Deno.test("an empty text is a code where the list has it and nothing is not allowed", () => {
  const mood: EnumAttribute = {
    ...BASE,
    kind: "enum",
    nullAllowed: false,
    default: null,
    values: ["", "x"].map((code) => ({ code, labels: new Map() })),
    countsCase: true,
  };
  assertEquals(readerFor(mood, CODES).parse(""), value(""));
});

Deno.test("an empty cell of a column that must have a value says how an overlay could take it", () => {
  const name = text("string", { nullAllowed: false, mayHoldEmptyText: true });
  assertEquals(
    shown(readerFor(name, CODES).parse(""), "name"),
    `Unexpected value for attribute 'name': Null not allowed. If the empty text is a value there, say "empty": "text" in the model's overlay`,
  );
});
