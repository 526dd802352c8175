/** Objects that a hierarchical key leads back to themselves. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import { withoutThoseBelow } from "../shared/loops.ts";
import type { Database } from "./connection.ts";

/** Objects and those above them. It is a TEMP table: it may be large, and nothing of it reaches the database. */
const EDGES = 'temp."edges_upwards"';

/** @see ObjectStore.inLoops */
export function objectsInLoops(
  database: Database,
  layout: Layout,
  code: ClassCode,
  attribute: AttributeCode,
): readonly ObjectId[] {
  const table = layout.tableOf(code);
  const key = quoteName(layout.columnOf(code, attribute).name);
  database.exec(`DROP TABLE IF EXISTS ${EDGES}`);
  database.exec(`CREATE TEMP TABLE "edges_upwards" (id PRIMARY KEY, above) WITHOUT ROWID`);
  try {
    database.exec(
      `INSERT INTO ${EDGES} SELECT ${idExpression(table, "")}, ${key} FROM ${
        quoteName(table.name)
      } WHERE ${key} IS NOT NULL`,
    );
    database.exec(`CREATE INDEX temp."edges_upwards_above" ON "edges_upwards" (above)`);
    return withoutThoseBelow(endless(database));
  } finally {
    database.exec(`DROP TABLE ${EDGES}`);
  }
}

/** Objects from which the key leads to no end, and the one above each: nearly always none. */
function endless(database: Database): Map<ObjectId, ObjectId> {
  const rows = database.prepare(
    `WITH RECURSIVE ends (id) AS (SELECT id FROM ${EDGES} WHERE above NOT IN (SELECT id FROM ${EDGES}) ` +
      `UNION ALL SELECT below.id FROM ends JOIN ${EDGES} AS below ON below.above = ends.id) ` +
      `SELECT id, above FROM ${EDGES} WHERE id NOT IN (SELECT id FROM ends)`,
  ).all();
  return new Map(rows.map((row) => [row["id"] as ObjectId, row["above"] as ObjectId]));
}
