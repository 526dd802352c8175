/** The statements that insert entries of the change log. */
import type { StoredValue } from "../../model/model.ts";
import { placeholders } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";
import { type InsertRows, rowInserter } from "./insert_rows.ts";

/** From so many objects on, statements of their own cost less than to wait for others: a row of theirs has one parameter. */
export const MANY_OBJECTS = 64;

const ATTRIBUTE_COLUMNS = ["class", "object_id", "operation", "attribute", "old_value", "new_value"];
export const OBJECT_COLUMNS = ["object_id"];
/** The columns of the constants, in their order. */
const CONSTANT_COLUMNS = ["change", "class", "operation"];

/** @param values of operations, one after the other */
export function writeOperations(
  inserter: ReturnType<typeof operationInserters>,
  change: number | null,
  values: readonly StoredValue[],
): void {
  if (values.length > MANY_OBJECTS * ATTRIBUTE_COLUMNS.length) inserter(ATTRIBUTE_COLUMNS, [String(change)])(values);
  // Statements of a few are the same for every run, and need not be prepared for each.
  else if (values.length > 0) inserter(["change", ...ATTRIBUTE_COLUMNS], [])(withRun(change, values));
}

/** The values of operations, each with that of its run before it. */
function withRun(change: number | null, values: readonly StoredValue[]): readonly StoredValue[] {
  const width = ATTRIBUTE_COLUMNS.length;
  return values.flatMap((value, index) => index % width === 0 ? [change, value] : [value]);
}

/** How operations are inserted, by the part of their rows that stays the same. */
export function operationInserters(
  database: Database,
): (columns: readonly string[], constants: readonly string[]) => InsertRows {
  const inserters = new Map<string, InsertRows>();
  return (columns, constants) => {
    const key = constants.join();
    let inserter = inserters.get(key);
    if (inserter === undefined) inserters.set(key, inserter = operationInserter(database, columns, constants));
    return inserter;
  };
}

/** @param constants SQL of the values that all rows share */
function operationInserter(
  database: Database,
  columns: readonly string[],
  constants: readonly string[],
): InsertRows {
  const names = [...CONSTANT_COLUMNS.slice(0, constants.length), ...columns];
  return rowInserter(database, {
    into: `INSERT INTO change_op (${names.join(", ")}) VALUES`,
    width: columns.length,
    row: placeholders(columns.length).replace("(", `(${constants.map((constant) => `${constant}, `).join("")}`),
  });
}
