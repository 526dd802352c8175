import { assert, assertEquals } from "@std/assert";
import type { Overlay } from "../../../lib/model/derive/overlay_type.ts";
import { overlayProblem } from "../../../lib/messages/overlay.ts";
import { readOverlay } from "../../../lib/model/overlay/read_overlay.ts";

function overlayOf(value: unknown): Overlay {
  const reading = readOverlay(JSON.stringify(value));
  assert(reading.ok, JSON.stringify(reading));
  return reading.overlay;
}

/** What is said of the text of an overlay that is wrong. */
function mistakes(text: string): readonly string[] {
  const reading = readOverlay(text);
  return reading.ok ? [] : reading.problems.map(overlayProblem);
}

/** The same of what is said of one column. */
function mistakesOf(attribute: unknown): readonly string[] {
  return mistakes(JSON.stringify({ classes: { t: { attributes: { c: attribute } } } }));
}

Deno.test("an overlay with everything", () => {
  const overlay = overlayOf({
    $schema: "overlay.schema.json",
    classes: {
      "Order Details": {
        labels: "Lines",
        reconciliation_keys: ["Order ID", "größe, select"],
        friendly_name: "{Order ID} / {größe, select}",
        hidden: false,
        attributes: {
          flag: { kind: "boolean", stored: ["f", "t"] },
          at: { kind: "datetime", stored: "unix_milliseconds", null: false },
          state: { kind: "enum", values: { o: "Open", c: { "EN US": "Closed", "FR FR": "Fermé" } } },
          note: { kind: "text", length: 50, empty: "text", collation: "NOCASE", labels: { "FR FR": "Remarque" } },
          product: { target: "Products.ProductID", aliases: { "DE DE": ["Ware"] } },
          uuid: { generate: "uuid" },
          made: { default: { sql: "CURRENT_TIMESTAMP" } },
        },
      },
    },
  });
  assertEquals(overlay.classes["Order Details"], {
    labels: new Map([["EN US", "Lines"]]),
    reconciliationKeys: ["Order ID", "größe, select"],
    friendlyName: "{Order ID} / {größe, select}",
    hidden: false,
    attributes: {
      flag: { kind: "boolean", stored: ["f", "t"] },
      at: { kind: "datetime", stored: "unix_milliseconds", null: false },
      state: {
        kind: "enum",
        values: [
          { code: "o", labels: new Map([["EN US", "Open"]]) },
          { code: "c", labels: new Map([["EN US", "Closed"], ["FR FR", "Fermé"]]) },
        ],
      },
      note: { kind: "text", length: 50, empty: "text", collation: "NOCASE", labels: new Map([["FR FR", "Remarque"]]) },
      product: { target: "Products.ProductID", aliases: new Map([["DE DE", ["Ware"]]]) },
      uuid: { generate: "uuid" },
      made: { default: { sql: "CURRENT_TIMESTAMP" } },
    },
  });
});

Deno.test("an overlay may say nothing, and have comments and a comma too many", () => {
  assertEquals(mistakes('// nothing\n{ "classes": { /* none */ }, }'), []);
  assertEquals(overlayOf({ classes: {} }), { classes: {} });
});

Deno.test("tables and columns may be called like what objects have by themselves", () => {
  const text = '{"classes": {"__proto__": {"attributes": {"constructor": {"length": 3}, "__proto__": {"length": 4}}}}}';
  const reading = readOverlay(text);
  assert(reading.ok);
  assertEquals(Object.keys(reading.overlay.classes), ["__proto__"]);
  const [table] = Object.values(reading.overlay.classes);
  assertEquals(Object.entries(table?.attributes ?? {}), [["constructor", { length: 3 }], ["__proto__", { length: 4 }]]);
});

Deno.test("what is no overlay is told with its place", () => {
  assertEquals(mistakes('{ "classes": tru }'), [
    "line 1, column 14: unexpected 'tru'. Expected JSON, in which comments are allowed",
  ]);
  assertEquals(mistakes("[]"), ["$: found a list. Expected an object"]);
  assertEquals(mistakes("{}"), ["$: 'classes' is missing"]);
  assertEquals(mistakes('{"classes": {}, "name": "x"}'), [
    "$.name: unknown property 'name'. Expected one of $schema, classes",
  ]);
  assertEquals(mistakes('{"classes": {"a": {}, "a": {}}}'), [
    "$.classes.a: 'a' stands here a second time, on line 1. Each name may stand once",
  ]);
});

Deno.test("unknown properties of a class and of a column are told with the nearest one", () => {
  assertEquals(mistakes('{"classes": {"my table": {"lables": "x"}}}'), [
    "$.classes[\"my table\"].lables: unknown property 'lables'. Did you mean 'labels'? " +
    "Expected one of labels, reconciliation_keys, friendly_name, hidden, attributes",
  ]);
  // Classes are named exactly, as in model files: another name would do nothing.
  assertEquals(mistakes('{"classes": {"my table": {"aliases": ["x"]}}}').length, 1);
  assertEquals(mistakesOf({ strored: "text" }), [
    "$.classes.t.attributes.c.strored: unknown property 'strored'. Did you mean 'stored'? " +
    "Expected one of kind, stored, values, length, null, empty, target, default, generate, collation, labels, aliases",
  ]);
});

const COLUMNS: readonly (readonly [attribute: unknown, problem: string])[] = [
  [
    { kind: "boolan" },
    ".kind: found 'boolan'. Did you mean 'boolean'? Expected one of string, text, html, email, phone, url, " +
    "ip, ipv4, enum, boolean, integer, number, decimal, loose, date, datetime",
  ],
  [
    { kind: "datetime", stored: "unix_second" },
    ".stored: found 'unix_second'. Did you mean 'unix_seconds'? Expected one " +
    "of text, unix_seconds, unix_milliseconds, unix_microseconds, mac_seconds, julian_days",
  ],
  [{ kind: "datetime", stored: ["f", "t"] }, ".stored: found a list. Expected a text"],
  [{ kind: "boolean", stored: "unix_seconds" }, ".stored: found a text. Expected a list"],
  [{ stored: ["f"] }, ".stored: the list is too short. Expected at least 2"],
  [{ stored: ["f", "t", ""] }, ".stored: the list is too long. Expected at most 2"],
  [{ stored: ["t", "t"] }, ".stored[1]: 't' stands here a second time. Each may stand once"],
  [{ stored: [1, "1"] }, ".stored[1]: '1' stands here a second time. Each may stand once"],
  [
    { kind: "integer", length: 3 },
    ".length: unknown property 'length'. Expected one of kind, null, default, labels, aliases",
  ],
  [{ length: 0 }, ".length: found 0. Expected a number from 1 to 100000000"],
  [{ null: "no" }, ".null: found a text. Expected true or false"],
  [{ empty: "null" }, ".empty: found 'null'. Expected text"],
  [
    { target: "Genre", kind: "integer" },
    ".kind: unknown property 'kind'. Expected one of target, null, empty, default, " +
    "generate, collation, labels, aliases",
  ],
  [{ default: "CURRENT_DATE" }, ".default: found a text. Expected an object"],
  [{ default: {} }, ".default: 'sql' is missing"],
  [
    { default: { sql: "load_extension('x')" } },
    ".default.sql: 'load_extension' may not stand there. Expected one " +
    "expression of literals, CURRENT_TIMESTAMP, CURRENT_DATE, CURRENT_TIME and functions such as unixepoch()",
  ],
  [
    { default: { sql: "CURRENT_DATE" }, generate: "uuid" },
    ".generate: 'generate' and 'default' say two things of one " +
    "value. Leave one out",
  ],
  [{ generate: "guid" }, ".generate: found 'guid'. Did you mean 'uuid'? Expected one of uuid, hex32"],
  [{ collation: "nocase" }, ".collation: found 'nocase'. Did you mean 'NOCASE'? Expected one of BINARY, NOCASE, RTRIM"],
  [
    { kind: "enum", values: ["a", "b", "a"] },
    ".values[2]: 'a' already stands for the value 'a'. " +
    "Each code and each label may stand once",
  ],
  [
    { kind: "enum", values: { a: "X", b: "X" } },
    ".values.b: 'X' already stands for the value 'a'. " +
    "Each code and each label may stand once",
  ],
  [{ kind: "enum", values: [] }, ".values: the list is too short. Expected at least 1"],
  [{ labels: { english: "x" } }, ".labels.english: found 'english'. Expected language and country, as in 'EN US'"],
];

for (const [attribute, problem] of COLUMNS) {
  Deno.test(`a mistake of a column: ${JSON.stringify(attribute)}`, () => {
    assertEquals(mistakesOf(attribute), [`$.classes.t.attributes.c${problem}`]);
  });
}

Deno.test("all mistakes are told at once, but no more than somebody reads", () => {
  const attributes = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`c${at}`, { kind: "x" }]));
  assertEquals(mistakes(JSON.stringify({ classes: { t: { attributes } } })).length, 1000);
});

Deno.test("names in messages cannot leave their line", () => {
  const [mistake = ""] = mistakes(JSON.stringify({ classes: { "a\u001b[2J\nb": { x: 1 } } }));
  for (const control of ["\u001b", "\n"]) assert(!mistake.includes(control), mistake);
});
