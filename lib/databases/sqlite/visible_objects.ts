/** Which objects a user may see: those of some organisations, and those of none. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { VisibleCondition } from "../sql/attribute_expression.ts";
import type { Mapping } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Database } from "./connection.ts";
import { quoteName } from "../sql/sql_text.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { parentColumn, treeOf, withThoseBelow } from "../sql/organizations.ts";
import { SQLITE_DIALECT } from "../sql/sqlite_dialect.ts";
import { visibleConditions } from "../sql/visible_condition.ts";

export interface VisibleObjects {
  /**
   * From now on only the objects of these organisations, and of those below them, are to be seen; null: all.
   * @throws Error when the model has no organisations
   */
  limitTo(organizations: readonly ObjectId[] | null): void;
  /** The condition that an object of a class is to be seen; null: every object of every class is. It changes with `limitTo` only. */
  condition(): VisibleCondition | null;
  /** Takes note of new objects: an organisation below a visible one is visible. */
  created(code: ClassCode, ids: readonly ObjectId[]): void;
  /** Takes note of changed attributes: an organisation may have come below a visible one, or have left it. */
  updated(code: ClassCode, attributes: readonly AttributeCode[]): void;
}

/** Ids of the organisations that the user may see. It is a TEMP table: nothing of it reaches the database. */
const VISIBLE = SQLITE_DIALECT.visibleOrganizations;

export function createVisibleObjects(database: Database, mapping: Mapping): VisibleObjects {
  const { model } = mapping;
  let allowed: readonly ObjectId[] | null = null;
  const condition = visibleConditions(mapping);

  const refill = (): void => {
    database.exec(`CREATE TEMP TABLE IF NOT EXISTS "visible_organization" (id INTEGER PRIMARY KEY)`);
    database.exec(`DELETE FROM ${VISIBLE}`);
    database.prepare(`INSERT INTO ${VISIBLE} SELECT value FROM json_each(?)`)
      .run(JSON.stringify(readThoseBelow(database, mapping, allowed ?? [])));
  };
  const isOrganization = (code: ClassCode): boolean =>
    allowed !== null && classOf(model, code).root === classOf(model, treeOf(model).class).root;

  return {
    limitTo(organizations) {
      allowed = organizations;
      if (allowed !== null) refill();
    },
    condition: () => allowed === null ? null : condition,
    created(code, ids) {
      if (!isOrganization(code)) return;
      const { parent } = treeOf(model);
      if (parent === null) return;
      const { table, key } = parentColumn(mapping, parent);
      const insert = database.prepare(
        `INSERT OR IGNORE INTO ${VISIBLE} SELECT ${idExpression(table, "")} FROM ${quoteName(table.name)} ` +
          `WHERE ${hasId(table, "", "?")} AND ${key} IN (SELECT id FROM ${VISIBLE})`,
      );
      for (const id of ids) insert.run(id);
    },
    updated(code, attributes) {
      if (isOrganization(code) && attributes.includes(treeOf(model).parent ?? "")) refill();
    },
  };
}

/** Organisations and all those below them. (A recursive query would read the whole table for each of them.) */
function readThoseBelow(database: Database, mapping: Mapping, allowed: readonly ObjectId[]): readonly number[] {
  const { parent } = treeOf(mapping.model);
  if (parent === null) return withThoseBelow(allowed, []);
  const { table, key } = parentColumn(mapping, parent);
  const rows = database.prepare(
    `SELECT ${idExpression(table, "")} AS id, ${key} AS parent FROM ${quoteName(table.name)} WHERE ${key} IS NOT NULL`,
  ).all();
  return withThoseBelow(allowed, rows.map((row) => [Number(row["id"]), Number(row["parent"])] as const));
}
