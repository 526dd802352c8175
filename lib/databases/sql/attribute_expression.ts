/** Any attribute of a class as an SQL expression: for views, searches and examples. */
import { EXIT, RunStop } from "../../errors.ts";
import { attributeRefersToItself } from "../../messages/database.ts";
import { attributeOf, classOf, finalAttribute, isColumn } from "../../model/look_up.ts";
import type { Attribute, AttributeCode, ClassCode, ExternalFieldAttribute, ModelClass } from "../../model/model.ts";
import type { Table } from "../../store/layout.ts";
import { classExpression } from "./class_condition.ts";
import type { SpokenMapping } from "./dialect.ts";
import { hasId, idExpression } from "./object_key.ts";
import { quoteName, quoteText, quoteTexts } from "./sql_text.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";

/** A chain of external fields and friendly names that is longer than this goes round in a circle. */
const LONGEST_CHAIN = 16;

/** The name under which the table of the searched class stands in every statement. */
export const OBJECT = "t";
export const OBJECT_PREFIX = `${OBJECT}.`;

/** The condition that an object is to be seen, whose columns have names that begin with `prefix`; null: every one is. */
export type VisibleCondition = (modelClass: ModelClass, prefix: string) => string | null;

/** How an expression is made. What is left out: of a searched object, for somebody who may see everything. */
export interface ExpressionOptions {
  /** Begins the name of every column of the class's table. */
  readonly prefix?: string;
  /** Begins the names of other tables; not the same in an expression within another one. */
  readonly alias?: string;
  /** An object behind an external key that is not to be seen has no values, and its id is told by no other attribute. */
  readonly visible?: VisibleCondition | null;
}

/** Where in a statement the objects stand whose attribute is asked for. */
interface Place extends Required<ExpressionOptions>, Required<SpokenMapping> {
  /** `prefix` is `t.`, and `t1.`, `t2.` … for the targets of external keys. */
  readonly depth: number;
}

/**
 * The value of an attribute as it is stored; of a friendly name, the one that the object's real class gives.
 * @throws RunStop 78 when the model's friendly names and external fields refer to each other in a circle
 */
export function attributeExpression(
  { model, layout, dialect = SQLITE_DIALECT }: SpokenMapping,
  code: ClassCode,
  attribute: AttributeCode | "id",
  { prefix = OBJECT_PREFIX, alias = OBJECT, visible = null }: ExpressionOptions = {},
): string {
  return expression({ model, layout, dialect, prefix, alias, visible, depth: 0 }, code, attribute);
}

/** As `attributeExpression`, in the form that people see: no external key is 0, decimals have all their digits. */
export function shownExpression(
  { model, layout, dialect = SQLITE_DIALECT }: SpokenMapping,
  code: ClassCode,
  attribute: AttributeCode,
): string {
  const place = { model, layout, dialect, prefix: OBJECT_PREFIX, alias: OBJECT, visible: null, depth: 0 };
  return shown(place, code, attribute);
}

function expression(place: Place, code: ClassCode, name: AttributeCode | "id"): string {
  const { model, layout, prefix } = place;
  if (place.depth > LONGEST_CHAIN) throw new RunStop(EXIT.databaseNotUsable, [attributeRefersToItself(code, name)]);
  const modelClass = classOf(model, code);
  const attribute = name === "id" ? "id" : attributeOf(modelClass, name);
  if (attribute === "id") return idExpression(layout.tableOf(code), prefix);
  if (isColumn(attribute)) return prefix + quoteName(layout.columnOf(code, attribute.code).name);
  switch (attribute.kind) {
    case "external_field":
      return ofTarget(place, modelClass, attribute);
    case "friendly_name":
      return byRealClass(place, modelClass, prefix, (real) => friendlyName(place, real));
    case "final_class":
      return classExpression(layout.tableOf(code), prefix);
    case "obsolescence_flag":
      return byRealClass(place, modelClass, prefix, (real) => obsolescenceFlag(place, real));
    case "obsolescence_date":
      return obsolescenceDate(layout.tableOf(code), prefix);
    default:
      throw new Error(`${code}.${name} has no value: it is a ${attribute.kind}`);
  }
}

/** An attribute of the object that an external key refers to. */
function ofTarget(place: Place, modelClass: ModelClass, field: ExternalFieldAttribute): string {
  const key = attributeOf(modelClass, field.key);
  if (key.kind !== "external_key") throw new Error(`${modelClass.code}.${field.key} is no external key`);
  const keyColumn = expression(place, modelClass.code, key.code);
  if (field.attribute === "id") return seenKey(place, key.target, keyColumn);
  const depth = place.depth + 1;
  const alias = `${place.alias}${depth}`;
  const prefix = `${alias}.`;
  const value = seenValue({ ...place, prefix, depth }, key.target, field.attribute);
  const table = place.layout.tableOf(key.target);
  const visible = place.visible?.(classOf(place.model, key.target), prefix) ?? null;
  const andVisible = visible === null ? "" : ` AND ${visible}`;
  return `(SELECT ${value} FROM ${quoteName(table.name)} AS ${alias} WHERE ${
    hasId(table, prefix, keyColumn)
  }${andVisible})`;
}

/** As `expression`; an external key to what is not to be seen is none. */
function seenValue(place: Place, code: ClassCode, name: AttributeCode): string {
  const value = expression(place, code, name);
  const attribute = attributeOf(classOf(place.model, code), name);
  return attribute.kind === "external_key" ? seenKey(place, attribute.target, value) : value;
}

/** @param column holds the id of an object of `target` */
function seenKey(place: Place, target: ClassCode, column: string): string {
  const alias = `${place.alias}${place.depth + 1}`;
  const visible = place.visible?.(classOf(place.model, target), `${alias}.`) ?? null;
  if (visible === null) return column;
  const table = place.layout.tableOf(target);
  const id = idExpression(table, `${alias}.`);
  return `(SELECT ${id} FROM ${quoteName(table.name)} AS ${alias} WHERE ${
    hasId(table, `${alias}.`, column)
  } AND ${visible})`;
}

/** An expression that may differ from one concrete class to another. */
export function byRealClass(
  { model, layout }: SpokenMapping,
  modelClass: ModelClass,
  prefix: string,
  build: (real: ModelClass) => string,
): string {
  const classes = new Map<string, ClassCode[]>();
  for (const code of modelClass.concreteClasses) {
    const built = build(classOf(model, code));
    classes.set(built, [...classes.get(built) ?? [], code]);
  }
  const [first, ...others] = classes.keys();
  if (first === undefined) return build(modelClass);
  if (others.length === 0) return first;
  const realClass = classExpression(layout.tableOf(modelClass.code), prefix);
  const cases = [...classes].map(([built, codes]) => `WHEN ${realClass} IN (${quoteTexts(codes)}) THEN ${built}`);
  return `CASE ${cases.join(" ")} END`;
}

/** The pieces of the name joined; without the blanks that an empty last piece would leave. */
function friendlyName(place: Place, real: ModelClass): string {
  const parts = real.friendlyName.map((part) =>
    "text" in part ? quoteText(part.text) : textOf({ ...place, depth: place.depth + 1 }, real, part.attribute)
  );
  if (parts.length <= 1) return parts[0] ?? "''";
  return `rtrim(${parts.join(" || ")})`;
}

/** An attribute as text, never null. */
function textOf(place: Place, modelClass: ModelClass, name: AttributeCode): string {
  const attribute = attributeOf(modelClass, name);
  const value = shown(place, modelClass.code, name);
  const emptyIsText = isColumn(attribute) && place.layout.columnOf(modelClass.code, name).emptyIsText;
  return emptyIsText ? value : `COALESCE(${place.dialect.piece(value)}, '')`;
}

function shown(place: Place, code: ClassCode, name: AttributeCode): string {
  const value = seenValue(place, code, name);
  const { attribute } = finalAttribute(place.model, classOf(place.model, code), name);
  if (attribute === "id" || attribute.kind === "external_key") return `COALESCE(${value}, 0)`;
  if (attribute.kind !== "decimal") return value;
  return `CASE WHEN ${value} IS NOT NULL THEN ${place.dialect.fixed(value, attribute.decimals)} END`;
}

function obsolescenceFlag(place: Place, real: ModelClass): string {
  if (real.obsoleteWhen === null) return "'no'";
  const value = expression(place, real.code, real.obsoleteWhen.attribute);
  const isObsolete = place.dialect.is(value, quoteText(real.obsoleteWhen.value));
  return `CASE WHEN ${isObsolete} THEN 'yes' ELSE 'no' END`;
}

function obsolescenceDate({ obsolescenceDate: column }: Table, prefix: string): string {
  return column === null ? "NULL" : prefix + quoteName(column);
}

/** Whether the attribute has one value that may be shown: no link set, no list, no password. */
export function isShown(attribute: Attribute): boolean {
  return attribute.kind !== "link_set" && attribute.kind !== "object_list" && attribute.kind !== "password";
}
