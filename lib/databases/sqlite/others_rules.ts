/** What others have added to tables that csvrecon has made, and may refuse or alter a row. */
import type { ClassCode } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import type { ObjectStore } from "../../store/objects.ts";
import { ownLayout } from "../sql/own_layout.ts";
import { createTable } from "../sql/table_statements.ts";
import type { Database } from "./connection.ts";
import { hasTriggers } from "./sqlite_refusal.ts";

/**
 * The statement of a table, and whether it has indexes that may refuse a row, for it is not the only one or an expression fails. Ours have
 * names with a point, which no code has.
 */
const RULES =
  "SELECT t.sql, EXISTS (SELECT 1 FROM sqlite_schema AS s JOIN pragma_index_list(s.tbl_name) AS l ON l.name = s.name " +
  "WHERE s.type = 'index' AND s.tbl_name = t.name AND s.sql IS NOT NULL " +
  "AND s.name NOT GLOB 'unique_*.*' AND s.name NOT GLOB 'search_*.*' AND s.name NOT GLOB 'link_*.*' " +
  'AND (l."unique" OR l.partial OR EXISTS (SELECT 1 FROM pragma_index_info(s.name) WHERE cid = -2))) AS refuses ' +
  "FROM sqlite_schema AS t WHERE t.type = 'table' AND t.name = ?";

/** Asked once for a run: nobody else changes the tables meanwhile. */
export function rulesOfOthers(database: Database, mapping: Mapping): Pick<ObjectStore, "mayAlter" | "mayRefuse"> {
  let triggers: boolean | null = null;
  const mayAlter = () => triggers ??= hasTriggers(database);
  const refusing = new Map<ClassCode, boolean>();
  return {
    mayAlter,
    mayRefuse(code) {
      const known = refusing.get(code);
      if (known !== undefined) return known;
      const found = mayAlter() || hasRules(database, mapping, code);
      refusing.set(code, found);
      return found;
    },
  };
}

function hasRules(database: Database, { model, layout }: Mapping, code: ClassCode): boolean {
  const own = ownLayout(model);
  if (layout !== own) return true;
  const { name } = own.tableOf(code);
  const table = own.tables.find((one) => one.name === name);
  const row = database.prepare(RULES).get(name);
  return table === undefined || row?.["sql"] !== createTable(model, table) || row["refuses"] !== 0;
}
