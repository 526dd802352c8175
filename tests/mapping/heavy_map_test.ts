/** Maps and files that are made to take long: what is looked for is bounded. */
import { assert, assertEquals } from "@std/assert";
import { columnMapper } from "../../lib/columns/mapped_columns.ts";
import { knownColumns } from "../../lib/columns/known_columns.ts";
import { readMap } from "../../lib/mapping/read_map.ts";
import { readModel } from "../../lib/model/file/read_model.ts";
import { SHOP } from "./shop_world.ts";

const reading = readModel(JSON.stringify(SHOP));
if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
const { model } = reading;
const naming = { codes: true, language: "EN US" };

/** Seconds of the processor, more or less: nothing here waits. */
function secondsFor(map: unknown, header: readonly string[]): number {
  const product = model.classes.get("Product");
  assert(product !== undefined);
  const begin = performance.now();
  const read = readMap(JSON.stringify(map), "m.json");
  assert(read.ok, JSON.stringify(read));
  const { problems } = columnMapper(read.map, model, product, naming)(header, knownColumns(model, product, naming));
  assert(problems.length > 0);
  return (performance.now() - begin) / 1000;
}

Deno.test("columns that a file has not are looked for in no time, however many and long they are", () => {
  const many = (count: number, length: number, letter: string) =>
    Array.from({ length: count }, (_, index) => `${letter.repeat(length)}${index}`);
  const columns = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "name"]));
  assert(secondsFor({ columns: columns(many(3000, 3, "a")) }, many(4000, 3, "b")) < 10);
  assert(secondsFor({ columns: columns(many(60, 990, "a")) }, many(2000, 990, "b")) < 10);
  assert(secondsFor({ constants: columns(many(3000, 3, "a")) }, many(4000, 3, "b")) < 10);
  assert(
    secondsFor({ make: { name: many(3000, 3, "a").map((name) => `{${name}}`).join("") } }, many(5000, 3, "b")) < 10,
  );
});

Deno.test("attributes that are made of each other end somewhere, and say what is wrong", () => {
  const chain = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`a${index}`, `{a${index + 1}}`]));
  const read = readMap(JSON.stringify({ make: chain }), "m.json");
  assert(read.ok);
  const product = model.classes.get("Product");
  assert(product !== undefined);
  const { problems } = columnMapper(read.map, model, product, naming)(["sku"], knownColumns(model, product, naming));
  assertEquals(problems.some(({ text }) => text.includes("made of what is made of others")), true);
});

Deno.test("a map has no more filters than a row of long cells can go through at once", () => {
  const read = (attributes: number, filters: number) => {
    const make = Array.from({ length: attributes }, (_, index) => [`a${index}`, `{x${"|lower".repeat(filters)}}`]);
    const map = readMap(JSON.stringify({ make: Object.fromEntries(make) }), "m.json");
    return map.ok ? [] : map.problems;
  };
  assertEquals(read(10, 100), []);
  assertEquals(read(11, 99), [{ kind: "too_many_filters", path: "$.make", found: 1089, most: 1000 }]);
});
