/** Which rows of a root class's table are objects of a class. */
import type { Model, ModelClass } from "../../model/model.ts";
import { quoteTexts } from "./sql_text.ts";
import { FINAL_CLASS, tableOf } from "./own_layout.ts";

/**
 * The condition on `finalclass`; null when every row of the table is an object of the class.
 * @param prefix `t.`, or nothing in an index: SQLite uses a partial index only where a statement has the same condition
 */
export function classCondition(model: Model, modelClass: ModelClass, prefix: string): string | null {
  const all = tableOf(model, modelClass.code).root.concreteClasses;
  if (modelClass.concreteClasses.length === all.length) return null;
  return `${prefix}"${FINAL_CLASS}" IN (${quoteTexts(modelClass.concreteClasses)})`;
}
