import { assertEquals } from "@std/assert";
import { isOverlayText } from "../../../lib/model/overlay/is_overlay.ts";
import { LIBRARY_TEXT } from "../changed_model.ts";

const OVERLAYS: readonly string[] = [
  '{ "classes": {} }',
  '// nothing\n{ "$schema": "overlay.schema.json", "classes": { "A": { "hidden": true } } }',
  '{ "classes": { "A": { "labels": "B", "attributes": { "c": { "kind": "datetime", "stored": "text" } } } } }',
  '{ "classes": { "A": { "attributes": { "c": 1 }, "d": 2 }, "E": 3 } }',
];

for (const text of OVERLAYS) {
  Deno.test(`an overlay: ${text}`, () => {
    assertEquals(isOverlayText(text, false), true);
    assertEquals(isOverlayText(text, true), true);
  });
}

/** The second value: whether it is taken for one beside a database. */
const OTHERS: readonly (readonly [string, boolean])[] = [
  ['{ "name": "x", "classes": {} }', false],
  ['{ "languages": ["EN US"], "classes": {} }', false],
  ['{ "classes": { "A": { "parent": "B" } } }', true],
  ['{ "classes": { "A": { "attributes": { "c": { "kind": "string", "compare": "exact" } } } } }', true],
  ['{ "classes": { "A": { "attributes": { "c": { "kind": "case_log" } } } } }', true],
  ['{ "classes": [] }', false],
  ["{}", false],
  ["[]", false],
  ["{", false],
];

for (const [text, isForDatabase] of OTHERS) {
  Deno.test(`no overlay: ${text}`, () => {
    assertEquals(isOverlayText(text, false), false);
    assertEquals(isOverlayText(text, true), isForDatabase);
  });
}

Deno.test("a model file is no overlay", () => {
  assertEquals(isOverlayText(LIBRARY_TEXT, false), false);
  assertEquals(isOverlayText(LIBRARY_TEXT, true), false);
});
