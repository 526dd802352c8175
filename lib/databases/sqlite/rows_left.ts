/** Rows that a trigger of the database takes away again when they have just been inserted: they count as inserted, and are not there. */
import type { ObjectId } from "../../store/object_id.ts";
import type { Table } from "../../store/layout.ts";
import { hasId } from "../sql/object_key.ts";
import { OWN_TRIGGERS } from "../sql/spelling_tables.ts";
import { quoteName, quoteText } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";

/** Whether rows with these ids are all there. */
export type AreAllThere = (ids: readonly ObjectId[]) => boolean;

/** Null: the table has no triggers but ours, which delete nothing, and nothing need be asked. */
export function rowsLeftCheck(database: Database, table: Table): AreAllThere | null {
  const triggers = database.prepare(
    `SELECT 1 FROM sqlite_schema
     WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE AND name NOT GLOB ${quoteText(OWN_TRIGGERS)} LIMIT 1`,
  );
  if (triggers.get(table.name) === undefined) return null;
  const count = database.prepare(
    `SELECT COUNT(*) AS count FROM json_each(?) AS k CROSS JOIN ${quoteName(table.name)} AS t WHERE ${
      hasId(table, "t.", "k.value")
    }`,
  );
  return (ids) => Number(count.get(JSON.stringify(ids))?.["count"]) === ids.length;
}
