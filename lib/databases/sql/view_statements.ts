/** CREATE VIEW for the classes of a model: what people look at. */
import type { Model, ModelClass } from "../../model/model.ts";
import { isShown, OBJECT, shownExpression } from "./attribute_expression.ts";
import { classCondition } from "./class_condition.ts";
import { quoteName } from "./sql_text.ts";
import { tableOf } from "./own_layout.ts";

export function viewName(code: string): string {
  return `view_${code}`;
}

/** The view of a class: `id` and every attribute that may be shown, under its code, in the model's order. */
export function createView(model: Model, modelClass: ModelClass): string {
  const columns = [...modelClass.attributes.values()].filter(isShown).map(({ code }) =>
    `${shownExpression(model, modelClass.code, code)} AS ${quoteName(code)}`
  );
  const lines = [`${OBJECT}."id" AS "id"`, ...columns];
  const condition = classCondition(model, modelClass, `${OBJECT}.`);
  return `CREATE VIEW ${quoteName(viewName(modelClass.code))} AS SELECT\n  ${lines.join(",\n  ")}\n` +
    `FROM ${quoteName(tableOf(model, modelClass.code).name)} AS ${OBJECT}` +
    (condition === null ? "" : `\nWHERE ${condition}`);
}
