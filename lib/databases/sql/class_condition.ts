/** The class of an object, as SQL, and which rows of a table are objects of a class. */
import type { ModelClass } from "../../model/model.ts";
import type { Layout, Table } from "../../store/layout.ts";
import { quoteName, quoteTexts } from "./sql_text.ts";

/** The code of an object's real class. @param prefix begins the name of the column */
export function classExpression({ classColumn, classes }: Table, prefix: string): string {
  return classColumn === null ? quoteTexts(classes) : prefix + quoteName(classColumn);
}

/**
 * The condition on an object's real class; null when every row of the table is an object of the class.
 * @param prefix `t.`, or nothing in an index: SQLite uses a partial index only where a statement has the same condition
 */
export function classCondition(layout: Layout, modelClass: ModelClass, prefix: string): string | null {
  const table = layout.tableOf(modelClass.code);
  if (modelClass.concreteClasses.length === table.classes.length) return null;
  return `${classExpression(table, prefix)} IN (${quoteTexts(modelClass.concreteClasses)})`;
}
