/** The file of a map: what it may say, and every mistake by its place. */
import { assert, assertEquals } from "@std/assert";
import { readMap } from "../../lib/mapping/read_map.ts";
import { mapProblemMessage } from "../../lib/messages/map.ts";

function mistakes(text: string): readonly string[] {
  const read = readMap(text, "m.json");
  return read.ok
    ? []
    : read.problems.map((problem) => mapProblemMessage("m.json", problem).text.replace("#Map 'm.json', ", ""));
}

Deno.test("all parts may be left out, comments and a schema may stand there", () => {
  assertEquals(mistakes("{}"), []);
  assertEquals(mistakes('// what it is\n{ "$schema": "map.schema.json", /* nothing */ "columns": {}, }'), []);
  const read = readMap('{ "values": { "status": { "ja": "active", "": null } } }', "m.json");
  assert(read.ok);
  assertEquals(read.map.values, [{
    name: "status",
    words: [{ word: "ja", means: "active" }, { word: "", means: null }],
  }]);
  assertEquals(read.map.sha256.length, 64);
});

const WRONG: readonly (readonly [string, readonly string[]])[] = [
  ["", ["line 1, column 1: the text ends too early. Expected JSON, in which comments are allowed"]],
  ["[]", ["$: found a list. Expected an object"]],
  ["null", ["$: found null. Expected an object"]],
  ['{ "colums": {} }', [
    "$.colums: unknown property 'colums'. Did you mean 'columns'? Expected one of $schema, columns, constants, defaults, values, make",
  ]],
  ['{ "columns": { "a": 1, "b": "" , "": "x" } }', [
    "$.columns.a: found a whole number. Expected a text",
    "$.columns.b: found ''. Expected a text that is not empty",
    "$.columns[\"\"]: found ''. Expected a text that is not empty",
  ]],
  ['{ "columns": { "a": "x", "A ": "y" } }', [
    "$.columns[\"A \"]: 'A ' is the same name as 'a' above. Each may stand once",
  ]],
  ['{ "columns": { "a": "x", "a": "y" } }', [
    "$.columns.a: 'a' stands here a second time, on line 1. Each name may stand once",
  ]],
  ['{ "constants": { "a": "\\u0000", "b": "\\ud800", "c\\u001b": "x" } }', [
    '$.constants["c\\u001b"]: found the control character U+001B. Of these a text may have tabs and line breaks',
    "$.constants.a: found the control character U+0000. Of these a text may have tabs and line breaks",
    "$.constants.b: found half a character (a surrogate without its partner). Expected whole ones",
  ]],
  ['{ "values": { "a": { "Ja": "1", "JA": "2", "ja ": "1" } } }', [
    "$.values.a.JA: 'JA' is the same word as 'Ja' above, with another meaning: case and blanks at the ends do not count",
  ]],
  ['{ "values": { "a": "x" } }', ["$.values.a: found a text. Expected an object"]],
  ['{ "make": { "a": "{b|lowr}{c", "d": "x" } }', [
    "$.make.a: there is no filter 'lowr'. Did you mean 'lower'? Expected one of lower, upper, trim, before:X, after:X, " +
    "part:X,N (N from 1, or from -1 at the end), replace:A,B",
    "$.make.a: '{' has no partner. Expected {column}; a brace as such is written {{",
    "$.make.d: the template names no column. Expected one, as in {Name}; what every row has is a constant",
  ]],
  [`{ "columns": { "${"x".repeat(1001)}": "y" } }`, [
    `$.columns.${"x".repeat(190)}… (1010 characters): the name has 1001 characters. Expected at most 1000`,
  ]],
];

Deno.test("every mistake is told at once, by its place", () => {
  for (const [text, expected] of WRONG) assertEquals(mistakes(text), expected, text.slice(0, 80));
});

Deno.test("names of the language are names like others", () => {
  const read = readMap('{ "columns": { "__proto__": "a", "constructor": "b", "toString": "c" } }', "m.json");
  assert(read.ok);
  assertEquals(read.map.columns.map(({ name }) => name), ["__proto__", "constructor", "toString"]);
  assertEquals(mistakes('{ "__proto__": { "columns": { "a": "b" } } }').length, 1);
  assertEquals(structuredClone(read.map), read.map);
});

Deno.test("a huge or deep map is told, and takes no time", () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`c${index}`, "x"]));
  assertEquals(mistakes(JSON.stringify({ columns: many })), ["$.columns: found 10001 entries. Expected at most 10000"]);
  assertEquals(mistakes("[".repeat(200_000)).length, 1);
  assertEquals(
    mistakes(`{ "values": { "a": {${Array.from({ length: 20_000 }, (_, i) => `"${i}": "x"`).join(",")}} } }`),
    [],
  );
});

Deno.test("a password that stands in a map is in no message", () => {
  const told = mistakes('{ "constants": { "password": 7, "pwd": "S3cret\\u0007" }, "make": { "password": "S3cret" } }')
    .join("\n");
  assert(!told.includes("S3cret"), told);
});
