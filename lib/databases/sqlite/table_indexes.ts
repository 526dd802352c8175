/** Which indexes a table has. */
import type { UsableIndex } from "../sql/search_index.ts";
import type { Database } from "./connection.ts";

/**
 * The indexes that SQLite can use for objects of a class.
 * @param ofClass the condition on the real class that the searches have; null: none
 */
export function usableIndexes(
  database: Database,
  table: string,
  ofClass: string | null,
): readonly UsableIndex[] {
  const indexes = database.prepare(
    'SELECT s.name, s.sql, l."unique" AS isUnique FROM sqlite_schema AS s JOIN pragma_index_list(s.tbl_name) AS l ON l.name = s.name ' +
      "WHERE s.type = 'index' AND s.tbl_name = ?",
  ).all(table);
  return indexes
    .filter(({ sql }) => {
      const condition = typeof sql === "string" ? conditionOf(sql) : null;
      // SQLite takes a partial index only for searches with the same condition.
      return condition === null || condition === ofClass;
    })
    .map(({ name, isUnique }) => ({ columns: columnsOf(database, String(name)), unique: isUnique === 1 }));
}

/** What stands behind WHERE in a CREATE INDEX. */
function conditionOf(sql: string): string | null {
  return / ON [^()]*\([^()]*\) WHERE (.*)$/is.exec(sql)?.[1] ?? null;
}

function columnsOf(database: Database, index: string): readonly string[] {
  return database.prepare("SELECT name FROM pragma_index_info(?) ORDER BY seqno").all(index)
    .map(({ name }) => typeof name === "string" ? name : "");
}
