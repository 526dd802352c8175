import { assertEquals } from "@std/assert";
import { nearestName, nearestNames } from "../../lib/nearest_name.ts";

const KNOWN = ["id", "name", "first name", "last name", "employee number", "Prénom"];

const CASES: readonly (readonly [typed: string, nearest: string | null])[] = [
  ["nme", "name"],
  ["nam", "name"],
  ["nm", null],
  ["Last Nme", "last name"],
  ["LAST NAME", "last name"],
  ["Lst Nme", null],
  ["employe numbr", "employee number"],
  ["PRÉNON", "Prénom"],
  ["", null],
  ["ip", "id"],
  ["nmae", "name"],
  ["namee first", null],
  ["something else", null],
];

for (const [typed, nearest] of CASES) {
  Deno.test(`nearest to '${typed}' is ${nearest ?? "nothing"}`, () => {
    assertEquals(nearestName(typed, KNOWN), nearest);
  });
}

Deno.test("short names may differ in one letter, longer ones in a quarter of theirs", () => {
  assertEquals(nearestNames("abcdefg", ["abcdefX", "abcdeXX"], 5), ["abcdefX"]);
  assertEquals(nearestNames("abcdefgh", ["abcdefXX", "abcdeXXX"], 5), ["abcdefXX"]);
});

Deno.test("several near names: the nearest first, equals in the given order, no more than asked for", () => {
  const known = ["colours", "color", "colors", "dolor"];
  assertEquals(nearestNames("Color", known, 5), ["color", "colors", "dolor"]);
  assertEquals(nearestNames("Color", known, 2), ["color", "colors"]);
  assertEquals(nearestNames("zzz", known, 2), []);
});
