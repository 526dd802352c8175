/** Which objects a user may see: those of some organisations, and those of none. */
import { linkEnds } from "../../model/link_ends.ts";
import { classOf } from "../../model/look_up.ts";
import type {
  AttributeCode,
  ClassCode,
  ExternalKeyAttribute,
  Model,
  ModelClass,
  OrganizationTree,
} from "../../model/model.ts";
import { attributeExpression, byRealClass, type VisibleCondition } from "../sql/attribute_expression.ts";
import type { Mapping, Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Database } from "./connection.ts";
import { quoteName } from "../sql/sql_text.ts";
import { hasId, idExpression } from "../sql/object_key.ts";

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

/** The name under which the table of a link's end stands in a condition. */
const LINK_END = "o";
const LINK_END_PREFIX = `${LINK_END}.`;

/** Begins the names of other tables in a condition: it may stand in an expression that has the usual ones. */
const ALIAS = "v";

/** Ids of the organisations that the user may see. It is a TEMP table: nothing of it reaches the database. */
const VISIBLE = 'temp."visible_organization"';

export function createVisibleObjects(database: Database, mapping: Mapping): VisibleObjects {
  const { model } = mapping;
  let allowed: readonly ObjectId[] | null = null;
  const conditions = new Map<string, string | null>();
  const condition: VisibleCondition = (modelClass, prefix) => {
    const name = prefix + modelClass.code;
    const known = conditions.get(name);
    if (known !== undefined) return known;
    const condition = visibleCondition(mapping, modelClass, prefix);
    conditions.set(name, condition);
    return condition;
  };

  const refill = (): void => {
    database.exec(`CREATE TEMP TABLE IF NOT EXISTS "visible_organization" (id INTEGER PRIMARY KEY)`);
    database.exec(`DELETE FROM ${VISIBLE}`);
    database.prepare(`INSERT INTO ${VISIBLE} SELECT value FROM json_each(?)`)
      .run(JSON.stringify(withThoseBelow(database, mapping, allowed ?? [])));
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

function treeOf(model: Model): OrganizationTree {
  if (model.organizations === null) throw new Error("the model has no organisations to limit users to");
  return model.organizations;
}

/** Of each real class its own: a class below may be one of links. */
function visibleCondition(mapping: Mapping, modelClass: ModelClass, prefix: string): string | null {
  const condition = byRealClass(
    mapping,
    modelClass,
    prefix,
    (real) => conditionOfReal(mapping, real, prefix) ?? ALWAYS,
  );
  return condition === ALWAYS ? null : condition;
}

/** A condition that every object meets. */
const ALWAYS = "TRUE";

function conditionOfReal(mapping: Mapping, real: ModelClass, prefix: string): string | null {
  const organizations = [
    organizationOf(mapping, real, prefix),
    ...linkEnds(mapping.model, real).map((key) => organizationBehind(mapping, real, key, prefix)),
  ].filter((organization) => organization !== null);
  if (organizations.length === 0) return null;
  // The sign keeps SQLite from looking for the organisation first: it would find far too many objects.
  const conditions = organizations.map((one) => `(${one} IS NULL OR +${one} IN (SELECT id FROM ${VISIBLE}))`);
  return conditions.length === 1 ? conditions[0] ?? null : `(${conditions.join(" AND ")})`;
}

/** The organisation of an object; null: objects of the class have none. @param prefix begins the name of every column */
function organizationOf(mapping: Mapping, modelClass: ModelClass, prefix: string): string | null {
  const organization = byRealClass(
    mapping,
    modelClass,
    prefix,
    ({ code, organization }) =>
      organization === null ? "NULL" : attributeExpression(mapping, code, organization, { prefix, alias: ALIAS }),
  );
  return organization === "NULL" ? null : organization;
}

/** The organisation of the object that a key refers to. */
function organizationBehind(
  mapping: Mapping,
  modelClass: ModelClass,
  key: ExternalKeyAttribute,
  prefix: string,
): string | null {
  const organization = organizationOf(mapping, classOf(mapping.model, key.target), LINK_END_PREFIX);
  if (organization === null) return null;
  const column = attributeExpression(mapping, modelClass.code, key.code, { prefix });
  const table = mapping.layout.tableOf(key.target);
  return `(SELECT ${organization} FROM ${quoteName(table.name)} AS ${LINK_END} WHERE ${
    hasId(table, LINK_END_PREFIX, column)
  })`;
}

function parentColumn(
  { model, layout }: Mapping,
  parent: AttributeCode,
): { readonly table: Table; readonly key: string } {
  const { class: code } = treeOf(model);
  return { table: layout.tableOf(code), key: quoteName(layout.columnOf(code, parent).name) };
}

/** Organisations and all those below them. (A recursive query would read the whole table for each of them.) */
function withThoseBelow(database: Database, mapping: Mapping, allowed: readonly ObjectId[]): readonly number[] {
  const { parent } = treeOf(mapping.model);
  const children = new Map<number, number[]>();
  if (parent !== null) {
    const { table, key } = parentColumn(mapping, parent);
    const rows = database.prepare(
      `SELECT ${idExpression(table, "")} AS id, ${key} AS parent FROM ${
        quoteName(table.name)
      } WHERE ${key} IS NOT NULL`,
    ).all();
    for (const row of rows) {
      const siblings = children.get(Number(row["parent"]));
      if (siblings === undefined) children.set(Number(row["parent"]), [Number(row["id"])]);
      else siblings.push(Number(row["id"]));
    }
  }
  const visible = new Set<number>(allowed.map(Number));
  // A set gives what is added while it is walked, too.
  for (const id of visible) for (const child of children.get(id) ?? []) visible.add(child);
  return [...visible];
}
