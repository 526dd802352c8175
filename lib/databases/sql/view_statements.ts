/** CREATE VIEW for the classes of a model: what people look at. */
import type { ModelClass } from "../../model/model.ts";
import { isShown, OBJECT, OBJECT_PREFIX, shownExpression } from "./attribute_expression.ts";
import { classCondition } from "./class_condition.ts";
import type { SpokenMapping } from "./dialect.ts";
import { idExpression } from "./object_key.ts";
import { quoteName } from "./sql_text.ts";

export function viewName(code: string): string {
  return `view_${code}`;
}

/** The view of a class: `id` and every attribute that may be shown, under its code, in the model's order. */
export function createView(mapping: SpokenMapping, modelClass: ModelClass): string {
  const table = mapping.layout.tableOf(modelClass.code);
  const columns = [...modelClass.attributes.values()].filter(isShown).map(({ code }) =>
    `${shownExpression(mapping, modelClass.code, code)} AS ${quoteName(code)}`
  );
  const lines = [`${idExpression(table, OBJECT_PREFIX)} AS "id"`, ...columns];
  const condition = classCondition(mapping.layout, modelClass, OBJECT_PREFIX);
  return `CREATE VIEW ${quoteName(viewName(modelClass.code))} AS SELECT\n  ${lines.join(",\n  ")}\n` +
    `FROM ${quoteName(table.name)} AS ${OBJECT}` +
    (condition === null ? "" : `\nWHERE ${condition}`);
}
