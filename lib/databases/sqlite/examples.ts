/** Some existing objects, to show what would have been found. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode, ModelClass } from "../../model/model.ts";
import type { Examples } from "../../store/objects.ts";
import { attributeExpression, OBJECT, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classCondition } from "../sql/class_condition.ts";
import type { Row } from "./connection.ts";
import type { SearchContext } from "./search.ts";
import { quoteName } from "../sql/sql_text.ts";
import { tableOf } from "../sql/own_layout.ts";

/** The first `count` objects of a class that the user may see, by friendly name. */
export function readExamples(
  context: SearchContext,
  code: ClassCode,
  attributes: readonly (AttributeCode | "id")[],
  count: number,
): Examples {
  const { database, model } = context;
  const modelClass = classOf(model, code);
  const sees = context.visible.condition();
  const visible = sees?.(modelClass, `${OBJECT}.`) ?? null;
  const columns = attributes.map((attribute, index) =>
    `${attributeExpression(model, code, attribute, { visible: sees })} AS v${index}`
  );
  const rows = database.prepare(
    `SELECT ${[`${OBJECT}."id" AS id`, ...columns].join(", ")} ${fromWhere(context, modelClass, visible)} ` +
      `ORDER BY ${sortName(context, modelClass, sees)} COLLATE NOCASE, ${OBJECT}."id" LIMIT ?`,
  ).all(count + 1);
  return {
    rows: rows.slice(0, count).map((row) => valuesOf(row, attributes.length)),
    more: rows.length > count,
    hidden: visible !== null && isAnyHidden(context, modelClass, visible),
  };
}

function valuesOf(row: Row, count: number): Examples["rows"][number] {
  return Array.from({ length: count }, (_, index) => row[`v${index}`] ?? null);
}

function isAnyHidden(context: SearchContext, modelClass: ModelClass, visible: string): boolean {
  const from = fromWhere(context, modelClass, `NOT ${visible}`);
  return context.database.prepare(`SELECT ${OBJECT}."id" ${from} LIMIT 1`).get() !== undefined;
}

function fromWhere(context: SearchContext, modelClass: ModelClass, condition: string | null): string {
  const ofClass = classCondition(context.model, modelClass, `${OBJECT}.`);
  const conditions = [ofClass, condition].filter((one) => one !== null);
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `FROM ${quoteName(tableOf(context.model, modelClass.code).name)} AS ${OBJECT}${where}`;
}

function sortName(context: SearchContext, modelClass: ModelClass, visible: VisibleCondition | null): string {
  const name = [...modelClass.attributes.values()].find(({ kind }) => kind === "friendly_name");
  return attributeExpression(context.model, modelClass.code, name?.code ?? "id", { visible });
}
