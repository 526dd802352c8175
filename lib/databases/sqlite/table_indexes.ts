/** Which indexes a table has. */
import type { Database } from "./connection.ts";

/**
 * The columns of each index that SQLite can use for objects of a class.
 * @param ofClass the condition on the real class that the searches have; null: none
 */
export function usableIndexes(
  database: Database,
  table: string,
  ofClass: string | null,
): readonly (readonly string[])[] {
  const indexes = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?").all(
    table,
  );
  return indexes
    .filter(({ sql }) => {
      const condition = typeof sql === "string" ? conditionOf(sql) : null;
      // SQLite takes a partial index only for searches with the same condition.
      return condition === null || condition === ofClass;
    })
    .map(({ name }) => columnsOf(database, String(name)));
}

/** What stands behind WHERE in a CREATE INDEX. */
function conditionOf(sql: string): string | null {
  return / ON [^()]*\([^()]*\) WHERE (.*)$/is.exec(sql)?.[1] ?? null;
}

/** An expression is no column: it is given as empty text. */
function columnsOf(database: Database, index: string): readonly string[] {
  return database.prepare("SELECT name FROM pragma_index_info(?) ORDER BY seqno").all(index)
    .map(({ name }) => typeof name === "string" ? name : "");
}
