/** Objects that a hierarchical key leads back to themselves. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { ID } from "../sql/own_layout.ts";
import { quoteName } from "../sql/sql_text.ts";
import { withoutThoseBelow } from "../shared/loops.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

/** @see ObjectStore.inLoops */
export async function objectsInLoops(
  database: PostgresDatabase,
  layout: Layout,
  code: ClassCode,
  attribute: AttributeCode,
): Promise<readonly ObjectId[]> {
  const table = quoteName(layout.tableOf(code).name);
  const [id, key] = [quoteName(ID), quoteName(layout.columnOf(code, attribute).name)];
  // Objects from which the key leads to no end: nearly always none. Each is reached from above, by the index of the key if it has one.
  const rows = await database.rows(
    `WITH RECURSIVE edges AS MATERIALIZED (SELECT ${id} AS id, ${key} AS above FROM ${table} WHERE ${key} IS NOT NULL), ` +
      `ends (id) AS (SELECT e.id FROM edges AS e WHERE NOT EXISTS ` +
      `(SELECT 1 FROM ${table} AS t WHERE t.${id} = e.above AND t.${key} IS NOT NULL) ` +
      `UNION ALL SELECT below.id FROM ends JOIN edges AS below ON below.above = ends.id) ` +
      `SELECT id, above FROM edges WHERE id NOT IN (SELECT id FROM ends)`,
  );
  return withoutThoseBelow(new Map(rows.map(([one, above]) => [one as ObjectId, above as ObjectId])));
}
