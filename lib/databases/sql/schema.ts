/** The schema of a database: every statement that makes the tables, indexes and views of a model. */
import { EXIT, RunStop } from "../../errors.ts";
import { tableNameTaken } from "../../messages/database.ts";
import type { Model } from "../../model/model.ts";
import { createIndex, indexesOf } from "./index_statements.ts";
import { RESERVED_TABLE_PREFIX, reservedTableNames, systemTableStatements } from "./system_tables.ts";
import { tablesOf } from "./own_layout.ts";
import { createTable } from "./table_statements.ts";
import { createView, viewName } from "./view_statements.ts";

/**
 * The statements of a new database, in an order in which they can be executed.
 * @throws RunStop 78 when classes have names that cannot be tables
 */
export function schemaStatements(model: Model): readonly string[] {
  requireFreeNames(model);
  return [
    ...systemTableStatements(),
    ...tablesOf(model).map((table) => createTable(model, table)),
    ...indexesOf(model).map(createIndex),
    ...[...model.classes.values()].map((modelClass) => createView(model, modelClass)),
  ];
}

/** Tables and views share one set of names, in which case does not count. */
function requireFreeNames(model: Model): void {
  const taken = new Set(reservedTableNames);
  for (const code of model.classes.keys()) taken.add(viewName(code).toLowerCase());
  const problems = tablesOf(model).flatMap(({ name, root }) => {
    const isTaken = taken.has(name) || name.startsWith(RESERVED_TABLE_PREFIX);
    taken.add(name);
    return isTaken ? [tableNameTaken(root.code, name)] : [];
  });
  if (problems.length > 0) throw new RunStop(EXIT.databaseNotUsable, problems);
}
