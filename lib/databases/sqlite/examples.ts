/** The objects of a class that a user may see: some of them, to show what would have been found, and how many there are. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode, ModelClass } from "../../model/model.ts";
import type { Examples } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classCondition } from "../sql/class_condition.ts";
import type { Row } from "./connection.ts";
import type { SearchContext } from "./search_statement.ts";
import { idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";

/** The first `count` objects of a class that the user may see, by friendly name. */
export function readExamples(
  context: SearchContext,
  code: ClassCode,
  attributes: readonly (AttributeCode | "id")[],
  count: number,
): Examples {
  const { database, model, layout } = context;
  const modelClass = classOf(model, code);
  const id = idExpression(layout.tableOf(code), OBJECT_PREFIX);
  const sees = context.visible.condition();
  const visible = sees?.(modelClass, OBJECT_PREFIX) ?? null;
  const columns = attributes.map((attribute, index) =>
    `${attributeExpression(context, code, attribute, { visible: sees })} AS v${index}`
  );
  const rows = database.prepare(
    `SELECT ${[`${id} AS id`, ...columns].join(", ")} ${fromWhere(context, modelClass, visible)} ` +
      `ORDER BY ${sortName(context, modelClass, sees)} COLLATE NOCASE, ${id} LIMIT ?`,
  ).all(count + 1);
  return {
    rows: rows.slice(0, count).map((row) => valuesOf(row, attributes.length)),
    more: rows.length > count,
    hidden: visible !== null && isAnyHidden(context, modelClass, visible),
  };
}

/** How many objects of a class the user may see. */
export function countObjects(context: SearchContext, code: ClassCode): number {
  const modelClass = classOf(context.model, code);
  const visible = context.visible.condition()?.(modelClass, OBJECT_PREFIX) ?? null;
  const row = context.database.prepare(`SELECT COUNT(*) AS count ${fromWhere(context, modelClass, visible)}`).get();
  return Number(row?.["count"]);
}

function valuesOf(row: Row, count: number): Examples["rows"][number] {
  return Array.from({ length: count }, (_, index) => row[`v${index}`] ?? null);
}

function isAnyHidden(context: SearchContext, modelClass: ModelClass, visible: string): boolean {
  const from = fromWhere(context, modelClass, `NOT ${visible}`);
  const id = idExpression(context.layout.tableOf(modelClass.code), OBJECT_PREFIX);
  return context.database.prepare(`SELECT ${id} ${from} LIMIT 1`).get() !== undefined;
}

function fromWhere({ layout }: SearchContext, modelClass: ModelClass, condition: string | null): string {
  const ofClass = classCondition(layout, modelClass, OBJECT_PREFIX);
  const conditions = [ofClass, condition].filter((one) => one !== null);
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `FROM ${quoteName(layout.tableOf(modelClass.code).name)} AS ${OBJECT}${where}`;
}

function sortName(context: SearchContext, modelClass: ModelClass, visible: VisibleCondition | null): string {
  const name = [...modelClass.attributes.values()].find(({ kind }) => kind === "friendly_name");
  return attributeExpression(context, modelClass.code, name?.code ?? "id", { visible });
}
