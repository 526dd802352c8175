/** The schema of a database: every statement that makes the tables, indexes and views of a model. */
import { EXIT, RunStop } from "../../errors.ts";
import { tableNameTaken } from "../../messages/database.ts";
import type { Dialect } from "./dialect.ts";
import { createIndex, indexedColumns, indexesOf } from "./index_statements.ts";
import { RESERVED_TABLE_PREFIX, reservedTableNames, systemTableStatements } from "./system_tables.ts";
import type { OwnMapping } from "./own_layout.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";
import { addReferences, createTable } from "./table_statements.ts";
import { createView, viewName } from "./view_statements.ts";

/**
 * The statements of a new database, in an order in which they can be executed.
 * @throws RunStop 78 when classes have names that cannot be tables
 */
export function schemaStatements(mapping: OwnMapping): readonly string[] {
  requireFreeNames(mapping, RESERVED_TABLE_PREFIX);
  return [...systemTableStatements(), ...modelStatements(mapping, SQLITE_DIALECT)];
}

/** Whether a statement makes a table. All others serve as well when rows are there, and indexes are made faster then. */
export function makesTable(sql: string): boolean {
  return sql.startsWith("CREATE TABLE ");
}

/** Those of the model's own tables, indexes and views. */
export function modelStatements(mapping: OwnMapping, dialect: Dialect): readonly string[] {
  const { model, layout } = mapping;
  const { schema } = dialect;
  const columnsOf = new Map(layout.tables.map((table) => [table.name, indexedColumns(table)]));
  return [
    ...layout.tables.map((table) => createTable(model, table, schema)),
    ...schema.refersAhead ? [] : layout.tables.flatMap(addReferences),
    ...indexesOf(mapping).map((index) => createIndex(index, schema, columnsOf.get(index.table))),
    ...[...model.classes.values()].map((modelClass) => createView({ ...mapping, dialect }, modelClass)),
  ];
}

/**
 * Tables and views share one set of names, in which case does not count.
 * @param prefix the beginning, in lower case, of names that belong to the database @param more names that are taken, too
 * @throws RunStop 78
 */
export function requireFreeNames({ model, layout }: OwnMapping, prefix: string, more: readonly string[] = []): void {
  const taken = new Set([...reservedTableNames, ...more]);
  for (const code of model.classes.keys()) taken.add(viewName(code).toLowerCase());
  const problems = layout.tables.flatMap(({ name, root }) => {
    const isTaken = taken.has(name) || name.startsWith(prefix);
    taken.add(name);
    return isTaken ? [tableNameTaken(root, name)] : [];
  });
  if (problems.length > 0) throw new RunStop(EXIT.databaseNotUsable, problems);
}
