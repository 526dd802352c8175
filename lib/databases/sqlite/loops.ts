/** Objects that a hierarchical key leads back to themselves. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
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

/** Those that lie in a loop themselves: to all of these the key of one leads. @param above the object above each that has one */
export function withoutThoseBelow(above: ReadonlyMap<ObjectId, ObjectId>): readonly ObjectId[] {
  const waiting = new Map<ObjectId, number>();
  for (const target of above.values()) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  const free = [...above.keys()].filter((id) => !waiting.has(id));
  const outside = new Set<ObjectId>();
  while (true) {
    const id = free.pop();
    if (id === undefined) return [...above.keys()].filter((one) => !outside.has(one));
    outside.add(id);
    const target = above.get(id);
    const left = target === undefined ? 0 : (waiting.get(target) ?? 0) - 1;
    if (target === undefined) continue;
    waiting.set(target, left);
    if (left === 0) free.push(target);
  }
}
