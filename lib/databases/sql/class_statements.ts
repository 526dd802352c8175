/** Statements about all objects of a class that a user may see: examples of them, how many there are, all of them in an order. */
import { classOf, finalAttribute, isColumn } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode, ModelClass } from "../../model/model.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "./attribute_expression.ts";
import { classCondition } from "./class_condition.ts";
import type { SpokenMapping } from "./dialect.ts";
import { idExpression } from "./object_key.ts";
import { quoteName } from "./sql_text.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";

/** A class, and what of it is to be seen; null: everything. */
export interface SeenClass {
  readonly mapping: SpokenMapping;
  readonly class: ClassCode;
  readonly sees: VisibleCondition | null;
}

/** Values of the first objects by friendly name: the id, then one for each attribute. @param limit SQL of how many */
export function exampleStatement(
  seen: SeenClass,
  attributes: readonly (AttributeCode | "id")[],
  limit: string,
): string {
  const { mapping, class: code, sees } = seen;
  const { folded, ascending } = mapping.dialect ?? SQLITE_DIALECT;
  const id = idOf(seen);
  const columns = attributes.map((attribute, index) =>
    `${attributeExpression(mapping, code, attribute, { visible: sees })} AS v${index}`
  );
  return `SELECT ${[`${id} AS id`, ...columns].join(", ")} ${fromWhere(seen, visibleIn(seen))} ` +
    `ORDER BY ${ascending(folded(sortName(seen)))}, ${id} LIMIT ${limit}`;
}

export function countStatement(seen: SeenClass): string {
  return `SELECT COUNT(*) AS count ${fromWhere(seen, visibleIn(seen))}`;
}

/** One object that is not to be seen; null: every one is. */
export function hiddenStatement(seen: SeenClass): string | null {
  const visible = visibleIn(seen);
  return visible === null ? null : `SELECT ${idOf(seen)} ${fromWhere(seen, `NOT ${visible}`)} LIMIT 1`;
}

/** The ids of all objects, in an order. */
export function listStatement(seen: SeenClass, orderedBy: readonly AttributeCode[]): string {
  const id = idOf(seen);
  const order = [...orderedBy.flatMap((attribute) => orderOf(seen, attribute)), id];
  return `SELECT ${id} AS id ${fromWhere(seen, visibleIn(seen))} ORDER BY ${order.join(", ")}`;
}

/** Texts without regard to the case of ASCII letters first, so that it decides of those that are the same but for that. */
function orderOf({ mapping, class: code, sees }: SeenClass, name: AttributeCode): readonly string[] {
  const { ascending, folded, exact } = mapping.dialect ?? SQLITE_DIALECT;
  const value = attributeExpression(mapping, code, name, { visible: sees });
  const { attribute } = finalAttribute(mapping.model, classOf(mapping.model, code), name);
  const isNumber = attribute === "id" || (isColumn(attribute) && NUMBERS.has(attribute.kind));
  return isNumber ? [ascending(value)] : [ascending(folded(value)), ascending(exact(value))];
}

const NUMBERS: ReadonlySet<string> = new Set(["integer", "decimal", "external_key"]);

function idOf({ mapping, class: code }: SeenClass): string {
  return idExpression(mapping.layout.tableOf(code), OBJECT_PREFIX);
}

function visibleIn({ mapping, class: code, sees }: SeenClass): string | null {
  return sees?.(classOf(mapping.model, code), OBJECT_PREFIX) ?? null;
}

function fromWhere({ mapping: { model, layout }, class: code }: SeenClass, condition: string | null): string {
  const ofClass = classCondition(layout, classOf(model, code), OBJECT_PREFIX);
  const conditions = [ofClass, condition].filter((one) => one !== null);
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `FROM ${quoteName(layout.tableOf(code).name)} AS ${OBJECT}${where}`;
}

function sortName({ mapping, class: code, sees }: SeenClass): string {
  const name = friendlyNameIn(classOf(mapping.model, code));
  return attributeExpression(mapping, code, name ?? "id", { visible: sees });
}

function friendlyNameIn({ attributes }: ModelClass): AttributeCode | undefined {
  return [...attributes.values()].find(({ kind }) => kind === "friendly_name")?.code;
}
