/** The schema of a database: every statement that makes the tables, indexes and views of a model. */
import { EXIT, RunStop } from "../../errors.ts";
import { tableNameTaken } from "../../messages/database.ts";
import { createIndex, indexesOf } from "./index_statements.ts";
import { RESERVED_TABLE_PREFIX, reservedTableNames, systemTableStatements } from "./system_tables.ts";
import type { OwnMapping } from "./own_layout.ts";
import { createTable } from "./table_statements.ts";
import { createView, viewName } from "./view_statements.ts";

/**
 * The statements of a new database, in an order in which they can be executed.
 * @throws RunStop 78 when classes have names that cannot be tables
 */
export function schemaStatements(mapping: OwnMapping): readonly string[] {
  const { model, layout } = mapping;
  requireFreeNames(mapping);
  return [
    ...systemTableStatements(),
    ...layout.tables.map((table) => createTable(model, table)),
    ...indexesOf(mapping).map(createIndex),
    ...[...model.classes.values()].map((modelClass) => createView(mapping, modelClass)),
  ];
}

/** Tables and views share one set of names, in which case does not count. */
function requireFreeNames({ model, layout }: OwnMapping): void {
  const taken = new Set(reservedTableNames);
  for (const code of model.classes.keys()) taken.add(viewName(code).toLowerCase());
  const problems = layout.tables.flatMap(({ name, root }) => {
    const isTaken = taken.has(name) || name.startsWith(RESERVED_TABLE_PREFIX);
    taken.add(name);
    return isTaken ? [tableNameTaken(root, name)] : [];
  });
  if (problems.length > 0) throw new RunStop(EXIT.databaseNotUsable, problems);
}
