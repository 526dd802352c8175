/** The JSON Schemas of `lib/report`, which say what `output=json` prints. */
import { Ajv2020 } from "ajv/2020";
import { assert } from "@std/assert";
import { fromFileUrl } from "@std/path";

type Json = Readonly<Record<string, unknown>>;
export type PublishedSchema = "report" | "undo" | "explanation" | "check";

const NAMES: readonly PublishedSchema[] = ["report", "undo", "explanation", "check"];
const OPTIONS = { strict: true, strictTypes: false, validateFormats: false } as const;

export const SCHEMAS = Object.fromEntries(NAMES.map((name) => [name, read(name)])) as Record<PublishedSchema, Json>;

/** As they are: they allow what they do not know. */
const OPEN = new Ajv2020(OPTIONS);
/** They allow nothing of it, to find what is missing in them. */
const CLOSED = new Ajv2020(OPTIONS);

for (const name of NAMES) {
  OPEN.addSchema(SCHEMAS[name], fileOf(name));
  CLOSED.addSchema(closed(SCHEMAS[name]) as Json, fileOf(name));
}

function fileOf(name: PublishedSchema): string {
  return `${name}.schema.json`;
}

function read(name: PublishedSchema): Json {
  return JSON.parse(Deno.readTextFileSync(fromFileUrl(new URL(`../../lib/report/${fileOf(name)}`, import.meta.url))));
}

/** A schema in which objects have no other properties than those that it names, and no kinds that come later. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.filter((one) => !String(one?.$ref).startsWith("#/$defs/new_")).map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, closed(value)]));
  const isObject = (schema as Json)["type"] === "object" && "properties" in schema;
  return isObject ? { ...inner, additionalProperties: false } : inner;
}

/** Whether a value is as the published schema says. */
export function fits(value: unknown, name: PublishedSchema): boolean {
  const validate = OPEN.getSchema(fileOf(name));
  assert(validate !== undefined);
  return validate(value) as boolean;
}

/** Asserts that the schema says all of what a value is. @param part of the schema, as `#/$defs/message`; left out: the whole of it */
export function assertFits(value: unknown, name: PublishedSchema, part = ""): void {
  const validate = CLOSED.getSchema(fileOf(name) + part);
  assert(validate !== undefined);
  assert(validate(value), `${JSON.stringify(value)}: ${JSON.stringify(validate.errors?.slice(-3))}`);
  if (part === "") assert(fits(value, name), JSON.stringify(value));
}
