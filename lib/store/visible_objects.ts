/** Which objects a user may see: those of some organisations, and those of none. */
import { classOf } from "../model/look_up.ts";
import type { ClassCode, Model, ModelClass, OrganizationTree } from "../model/model.ts";
import { attributeExpression, byRealClass, OBJECT } from "./attribute_expression.ts";
import type { Database } from "./connection.ts";
import { quoteName } from "./sql_text.ts";
import { columnName, tableOf } from "./table_layout.ts";

export interface VisibleObjects {
  /**
   * From now on only the objects of these organisations, and of those below them, are to be seen; null: all.
   * @throws Error when the model has no organisations
   */
  limitTo(organizations: readonly number[] | null): void;
  /** The condition that an object of the class is to be seen; null: every one is. It changes with `limitTo`. */
  condition(modelClass: ModelClass): string | null;
  /** Takes note of new objects, or of changed ones: an organisation may have come below a visible one, or have left it. */
  written(modelClass: ClassCode): void;
}

/** Ids of the organisations that the user may see. It is a TEMP table: nothing of it reaches the database. */
const VISIBLE = 'temp."visible_organization"';

export function createVisibleObjects(database: Database, model: Model): VisibleObjects {
  let allowed: readonly number[] | null = null;

  return {
    limitTo(organizations) {
      allowed = organizations;
      if (organizations !== null) fillVisible(database, model, treeOf(model), organizations);
    },
    condition(modelClass) {
      if (allowed === null) return null;
      const organization = byRealClass(model, modelClass, `${OBJECT}.`, (real) => organizationOf(model, real));
      if (organization === "NULL") return null;
      // The sign keeps SQLite from looking for the organisation first: it would find far too many objects.
      return `(${organization} IS NULL OR +${organization} IN (SELECT id FROM ${VISIBLE}))`;
    },
    written(code) {
      if (allowed === null) return;
      const tree = treeOf(model);
      if (classOf(model, code).root === classOf(model, tree.class).root) fillVisible(database, model, tree, allowed);
    },
  };
}

function treeOf(model: Model): OrganizationTree {
  if (model.organizations === null) throw new Error("the model has no organisations to limit users to");
  return model.organizations;
}

function organizationOf(model: Model, modelClass: ModelClass): string {
  return modelClass.organization === null ? "NULL" : attributeExpression(model, modelClass.code, modelClass.organization);
}

function fillVisible(database: Database, model: Model, tree: OrganizationTree, allowed: readonly number[]): void {
  database.exec(`CREATE TEMP TABLE IF NOT EXISTS "visible_organization" (id INTEGER PRIMARY KEY)`);
  database.exec(`DELETE FROM ${VISIBLE}`);
  const below = tree.parent === null ? "" : childrenOf(model, tree.class, tree.parent);
  database.prepare(
    `WITH RECURSIVE visible (id) AS (SELECT value FROM json_each(?)${below}) INSERT INTO ${VISIBLE} SELECT DISTINCT id FROM visible`,
  ).run(JSON.stringify(allowed));
}

function childrenOf(model: Model, code: ClassCode, parent: string): string {
  const table = quoteName(tableOf(model, code).name);
  const key = quoteName(columnName(model, code, parent));
  return ` UNION SELECT child.id FROM ${table} AS child JOIN visible ON child.${key} = visible.id`;
}
