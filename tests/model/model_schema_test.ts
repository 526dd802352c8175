import { assert, assertEquals } from "@std/assert";
import schema from "../../lib/model/model.schema.json" with { type: "json" };
import overlaySchema from "../../lib/model/overlay.schema.json" with { type: "json" };
import itop from "../../lib/model/itop.json" with { type: "json" };
import { ATTRIBUTE_SCHEMA, checkModelShape } from "../../lib/model/checks/check_model_shape.ts";
import type { Attribute } from "../../lib/model/model.ts";

/** Keywords that the checks act on, and keywords that only explain. */
const CHECKED = [
  "$ref",
  "type",
  "enum",
  "pattern",
  "format",
  "minimum",
  "maximum",
  "minItems",
  "maxItems",
  "uniqueItems",
  "items",
  "properties",
  "required",
  "additionalProperties",
  "propertyNames",
  "allOf",
  "if",
  "then",
  "$defs",
];
const EXPLAINING = ["$schema", "title", "description"];

/** Every keyword of a schema and of those within it. */
function keywordsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(keywordsOf);
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([keyword, value]) => {
    const isMap = keyword === "properties" || keyword === "$defs";
    const inner = keyword === "enum" ? [] : keywordsOf(isMap ? Object.values(value) : value);
    return [keyword, ...inner];
  });
}

for (const [name, one] of [["models", schema], ["overlays", overlaySchema]] as const) {
  Deno.test(`the schema of ${name} uses only keywords that the checks know`, () => {
    const unknown = keywordsOf(one).filter((keyword) => ![...CHECKED, ...EXPLAINING].includes(keyword));
    assertEquals(unknown, []);
  });

  Deno.test(`each text of the schema of ${name} that has a pattern says which form it asks for`, () => {
    const patterns = JSON.stringify(one).match(/"pattern":/g)?.length;
    assertEquals(JSON.stringify(one).match(/"format":"(?:code|language|words)"/g)?.length, patterns);
  });
}

/** Of databases that we did not make: no model file has them. */
type DerivedKind = "number" | "loose" | "bytes";

/** A kind that is missing here does not compile. */
const KINDS: { readonly [kind in Exclude<Attribute["kind"], DerivedKind>]: true } = {
  string: true,
  text: true,
  html: true,
  email: true,
  phone: true,
  url: true,
  ip: true,
  ipv4: true,
  enum: true,
  language: true,
  boolean: true,
  integer: true,
  decimal: true,
  date: true,
  datetime: true,
  password: true,
  case_log: true,
  external_key: true,
  external_field: true,
  link_set: true,
  object_list: true,
  friendly_name: true,
  final_class: true,
  obsolescence_flag: true,
  obsolescence_date: true,
};

Deno.test("the schema knows every kind of attribute, and the properties of each", () => {
  assertEquals(ATTRIBUTE_SCHEMA.properties?.["kind"]?.enum, Object.keys(KINDS));
  const described = ATTRIBUTE_SCHEMA.allOf?.flatMap((part) => part.if?.properties?.["kind"]?.enum ?? []);
  assertEquals([...described ?? []].sort(), Object.keys(KINDS).sort());
});

Deno.test("the built-in model has the form of the schema", () => {
  assertEquals(checkModelShape(itop, (problem) => assert(false, JSON.stringify(problem))), itop as unknown);
});
