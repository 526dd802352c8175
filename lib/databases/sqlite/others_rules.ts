/** What others have added to tables that csvrecon has made, and may refuse or alter a row. */
import type { ClassCode } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import { ownLayout } from "../sql/own_layout.ts";
import { createTable } from "../sql/table_statements.ts";
import type { Database } from "./connection.ts";
import { hasTriggers } from "./sqlite_refusal.ts";

/** Indexes that may refuse a row, for it is not the only one or an expression fails. Ours have names with a point, which no code has. */
const INDEXES_OF_OTHERS =
  "SELECT 1 FROM sqlite_schema AS s JOIN pragma_index_list(s.tbl_name) AS l ON l.name = s.name " +
  "WHERE s.type = 'index' AND s.tbl_name = ? AND s.sql IS NOT NULL " +
  "AND s.name NOT GLOB 'unique_*.*' AND s.name NOT GLOB 'search_*.*' AND s.name NOT GLOB 'link_*.*' " +
  'AND (l."unique" OR l.partial OR EXISTS (SELECT 1 FROM pragma_index_info(s.name) WHERE cid = -2))';

const TABLE = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?";

/** @see ObjectStore.mayRefuse */
export function mayRefuse(database: Database, { model, layout }: Mapping, code: ClassCode): boolean {
  const own = ownLayout(model);
  if (layout !== own || hasTriggers(database)) return true;
  const { name } = own.tableOf(code);
  const table = own.tables.find((one) => one.name === name);
  if (table === undefined || database.prepare(TABLE).get(name)?.["sql"] !== createTable(model, table)) return true;
  return database.prepare(INDEXES_OF_OTHERS).get(name) !== undefined;
}
