/**
 * Checks a JSON value against a published schema. It knows just the keywords that `model.schema.json`, `overlay.schema.json` and
 * `map.schema.json` use (tests hold them together), so that editors and the program follow one description.
 * https://json-schema.org/draft/2020-12
 */
import { itemPath, propertyPath } from "../file/json_path.ts";
import type { Report, TextForm } from "../file/model_problem.ts";
import { nearestName } from "../../nearest_name.ts";

/** The part of JSON Schema that we use. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  /** Names what `pattern` asks for. */
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly allOf?: readonly Schema[];
  readonly if?: Schema;
  readonly then?: Schema;
  readonly $defs?: { readonly [name: string]: Schema };
}

type JsonObject = { readonly [name: string]: unknown };

/** Stands for a value that is of no use: its problem was reported. */
export const INVALID = Symbol("invalid");

/**
 * Checks a value and gives back what is right of it: wrong properties and items are left out, and an object that lacks something it
 * needs is `INVALID`.
 * @param root the whole schema, to which `$ref` refers
 */
export function checkShape(value: unknown, schema: Schema, path: string, report: Report, root: Schema): unknown {
  if (schema.$ref !== undefined) {
    const { $ref, ...own } = schema;
    return checkShape(value, { ...own, ...definition(root, $ref) }, path, report, root);
  }
  if (!checkSimple(value, schema, path, report)) return INVALID;
  if (Array.isArray(value)) return checkList(value, schema, path, report, root);
  if (!isObject(value)) return value;
  const checked = checkObject(value, schema, path, report, root);
  // A property that is there but wrong was reported already, and is not missing.
  const reportMissing: Report = (problem) => {
    const isThere = problem.kind === "missing_property" && problem.path === path && Object.hasOwn(value, problem.name);
    if (!isThere) report(problem);
  };
  return checkConditions(checked, schema, path, reportMissing, root);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws Error when the schema refers to what it has not */
export function definition(root: Schema, reference: string): Schema {
  const found = root.$defs?.[reference.replace("#/$defs/", "")];
  if (found === undefined) throw new Error(`the schema has no ${reference}`);
  return found;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (Number.isInteger(value)) return "integer";
  return typeof value;
}

/** Keywords that look at the value alone. False: it is of no use. */
function checkSimple(value: unknown, schema: Schema, path: string, report: Report): boolean {
  const found = typeOf(value);
  const expected = typeof schema.type === "string" ? [schema.type] : schema.type;
  if (
    expected !== undefined && !expected.some((type) => type === found || (type === "number" && found === "integer"))
  ) {
    report({ kind: "wrong_type", path, found, expected });
    return false;
  }
  if (schema.enum !== undefined && !schema.enum.includes(value)) {
    const allowed = schema.enum.map(String);
    const nearest = typeof value === "string" ? nearestName(value, allowed) : null;
    report({ kind: "not_one_of", path, found: String(value), nearest, allowed });
    return false;
  }
  if (typeof value === "number") return checkRange(value, schema, path, report);
  if (typeof value === "string" && schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
    report({ kind: "wrong_form", path, found: value, form: schema.format as TextForm });
    return false;
  }
  return true;
}

function checkRange(value: number, schema: Schema, path: string, report: Report): boolean {
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (value >= minimum && value <= maximum) return true;
  report({ kind: "out_of_range", path, found: value, least: minimum, most: maximum });
  return false;
}

function checkList(
  list: readonly unknown[],
  schema: Schema,
  path: string,
  report: Report,
  root: Schema,
): unknown {
  if (list.length < (schema.minItems ?? 0)) {
    report({ kind: "too_few_items", path, least: schema.minItems ?? 0 });
    return INVALID;
  }
  if (schema.maxItems !== undefined && list.length > schema.maxItems) {
    report({ kind: "too_many_items", path, most: schema.maxItems });
    return INVALID;
  }
  const kept: unknown[] = [];
  const seen = new Set<unknown>();
  for (const [index, item] of list.entries()) {
    const checked = checkShape(item, schema.items ?? {}, itemPath(path, index), report, root);
    if (schema.uniqueItems === true && seen.has(item)) {
      report({ kind: "repeated_item", path: itemPath(path, index), found: String(item) });
    } else if (checked !== INVALID) kept.push(checked);
    seen.add(item);
  }
  return kept;
}

function checkObject(
  object: JsonObject,
  schema: Schema,
  path: string,
  report: Report,
  root: Schema,
): JsonObject | typeof INVALID {
  const kept = new Map<string, unknown>();
  for (const [name, value] of Object.entries(object)) {
    const checked = checkProperty(name, value, schema, path, report, root);
    if (checked !== INVALID) kept.set(name, checked);
  }
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(object, name)) report({ kind: "missing_property", path, name });
  }
  const whole = (schema.required ?? []).every((name) => kept.has(name));
  return whole ? Object.fromEntries(kept) : INVALID;
}

function checkProperty(
  name: string,
  value: unknown,
  schema: Schema,
  path: string,
  report: Report,
  root: Schema,
): unknown {
  const propertyAt = propertyPath(path, name);
  const properties = schema.properties ?? {};
  const names = schema.propertyNames;
  const known = names?.enum?.map(String) ??
    (schema.additionalProperties === false ? Object.keys(properties) : undefined);
  if (known !== undefined && !known.includes(name)) {
    report({ kind: "unknown_property", path: propertyAt, name, nearest: nearestName(name, known), known });
    return INVALID;
  }
  const nameIsGood = names?.enum !== undefined || names === undefined ||
    checkShape(name, names, propertyAt, report, root) !== INVALID;
  const additional = isObject(schema.additionalProperties) ? schema.additionalProperties : {};
  const valueSchema = Object.hasOwn(properties, name) ? properties[name] ?? {} : additional;
  const checked = checkShape(value, valueSchema, propertyAt, report, root);
  return nameIsGood ? checked : INVALID;
}

/** `allOf` and `if`/`then`: further demands on an object whose parts are right so far. */
function checkConditions(
  object: JsonObject | typeof INVALID,
  schema: Schema,
  path: string,
  report: Report,
  root: Schema,
): unknown {
  let kept: unknown = object;
  for (const part of [...schema.allOf ?? [], ...(schema.then === undefined ? [] : [schema])]) {
    if (kept === INVALID || part.then === undefined || !holds(kept, part.if ?? {}, path, root)) continue;
    kept = checkShape(kept, part.then, path, report, root);
  }
  return kept;
}

function holds(value: unknown, schema: Schema, path: string, root: Schema): boolean {
  let good = true;
  checkShape(value, schema, path, () => good = false, root);
  return good;
}
