/** Deleting objects, with an account of all that goes or is emptied with them. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { ClassCode, StoredValue } from "../../model/model.ts";
import type { Layout, Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Consequence } from "../../store/objects.ts";
import { loggedValue } from "../../store/logged_value.ts";
import { classExpression } from "../sql/class_condition.ts";
import { writtenColumn } from "../sql/obsolescence.ts";
import { ID } from "../sql/own_layout.ts";
import { quoteName } from "../sql/sql_text.ts";
import { doneLater } from "../shared/steps.ts";
import type { ChangeEntries } from "../writes/change_entries.ts";
import { consequencesIn } from "../writes/consequences.ts";
import { logDeletedObject, lostAttributes } from "../writes/deletion_entries.ts";
import { NothingWritten } from "../writes/nothing_written.ts";
import { noteUsed } from "./id_table.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import type { WriteContext } from "./write_context.ts";

/** What came of it. */
export interface Deletion {
  /** How many of the objects were there. */
  readonly deleted: number;
  /** What happened to other objects. */
  readonly consequences: readonly Consequence[];
}

/** @see ObjectStore.consequencesOf */
export function consequencesOf(
  database: PostgresDatabase,
  layout: Layout,
  code: ClassCode,
  ids: readonly ObjectId[],
): Promise<readonly Consequence[]> {
  return doneLater(consequencesIn(layout, code, ids, async (table, column, objects) => {
    const rows = await database.rows(
      `SELECT ${quoteName(ID)}, ${classExpression(table, "")} FROM ${quoteName(table.name)} ` +
        `WHERE ${quoteName(column.name)} = ANY($1::bigint[]) ORDER BY ${quoteName(ID)}`,
      objects,
    );
    return rows.map(([id, real]) => ({ class: String(real), id: id as ObjectId }));
  }));
}

/**
 * Deletes objects of this class, or of classes below it. Each attribute that is not empty is one entry of the log, of the objects that the
 * database deletes along with them too; a key that it empties is an entry as well.
 */
export async function deleteObjects(
  context: WriteContext,
  log: ChangeEntries,
  code: ClassCode,
  ids: readonly ObjectId[],
): Promise<Deletion> {
  const { database, layout } = context;
  const table = layout.tableOf(code);
  const consequences = await consequencesOf(database, layout, code, ids);
  const present = await realClassesOf(database, table, ids);
  await logDeletions(context, log, present);
  await logConsequences(context, log, consequences);
  await noteGoing(context, code, ids, consequences);
  await remove(database, table, ids);
  await requireNoneLeft(database, table, ids);
  return { deleted: present.length, consequences };
}

/** An object as it is told. */
interface Going {
  readonly class: ClassCode;
  readonly id: ObjectId;
}

/** @param consequences that are still to come */
export async function logConsequences(
  context: WriteContext,
  log: ChangeEntries,
  consequences: readonly Consequence[],
): Promise<void> {
  // Neighbours of one kind are read together.
  for (let start = 0; start < consequences.length;) {
    const emptied = consequences[start]?.emptied ?? null;
    let end = start + 1;
    while (end < consequences.length && isAlike(consequences[start], consequences[end])) end++;
    const some = consequences.slice(start, end);
    if (emptied === null) await logDeletions(context, log, some);
    else await logEmptied(context, log, some, emptied);
    start = end;
  }
}

function isAlike(one: Consequence | undefined, other: Consequence | undefined): boolean {
  if (one?.emptied === null) return other?.emptied === null;
  return one?.emptied === other?.emptied && one?.class === other?.class;
}

/** Those of the objects that are there, in their order. */
async function realClassesOf(
  database: PostgresDatabase,
  table: Table,
  ids: readonly ObjectId[],
): Promise<readonly Going[]> {
  const rows = await database.rows(
    `SELECT t.${quoteName(ID)}, ${
      classExpression(table, "t.")
    } FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, n) ` +
      `JOIN ${quoteName(table.name)} AS t ON t.${quoteName(ID)} = k.id ORDER BY k.n`,
    ids,
  );
  return rows.map(([id, real]) => ({ class: String(real), id: id as ObjectId }));
}

async function logDeletions(context: WriteContext, log: ChangeEntries, objects: readonly Going[]): Promise<void> {
  const { model, layout } = context;
  for (const group of neighbours(objects)) {
    const code = group[0]?.class ?? "";
    const modelClass = classOf(model, code);
    const attributes = lostAttributes(layout, modelClass);
    const columns = attributes.map((attribute) => writtenColumn(layout, modelClass, attribute.code));
    const values = await valuesOf(context, code, columns, group);
    for (const { id } of group) {
      const row = values.get(Number(id));
      if (row !== undefined) logDeletedObject(log, code, id, attributes, row);
    }
  }
}

async function logEmptied(
  context: WriteContext,
  log: ChangeEntries,
  objects: readonly Going[],
  attribute: string,
): Promise<void> {
  const code = objects[0]?.class ?? "";
  const { model, layout } = context;
  const values = await valuesOf(context, code, [layout.columnOf(code, attribute).name], objects);
  for (const { id: objectId } of objects) {
    const [value = null] = values.get(Number(objectId)) ?? [];
    const oldValue = loggedValue(attributeOf(classOf(model, code), attribute), value);
    log.add({ operation: "update", class: code, objectId, attribute, oldValue, newValue: null });
  }
}

/** Objects of one class that follow each other, in their order. */
function neighbours(objects: readonly Going[]): readonly (readonly Going[])[] {
  const groups: Going[][] = [];
  for (const object of objects) {
    if (groups.at(-1)?.[0]?.class === object.class) groups.at(-1)?.push(object);
    else groups.push([object]);
  }
  return groups;
}

/** JSON tells numbers of every kind as numbers. */
async function valuesOf(
  { database, layout }: WriteContext,
  code: ClassCode,
  columns: readonly string[],
  objects: readonly Going[],
): Promise<ReadonlyMap<number, readonly StoredValue[]>> {
  const names = columns.map((column) => `to_json(t.${quoteName(column)})::text`);
  const rows = await database.rows(
    `SELECT ${[`t.${quoteName(ID)}`, ...names].join(", ")} FROM ${quoteName(layout.tableOf(code).name)} AS t ` +
      `WHERE t.${quoteName(ID)} = ANY($1::bigint[])`,
    objects.map(({ id }) => id),
  );
  return new Map(rows.map(([id, ...values]) => [
    Number(id),
    values.map((value) => value === null ? null : JSON.parse(String(value)) as StoredValue),
  ]));
}

/** Ids of objects that the run itself has made, and that go, are not known by what is there any more. */
export async function noteGoing(
  { database, model, layout, ids: known }: WriteContext,
  code: ClassCode,
  ids: readonly ObjectId[],
  consequences: readonly Consequence[],
): Promise<void> {
  const largest = new Map<string, number>();
  const note = (of: ClassCode, id: ObjectId) => {
    const { root } = classOf(model, of);
    if (Number(id) > Math.max(known.lastBefore(root), largest.get(root) ?? 0)) largest.set(root, Number(id));
  };
  for (const id of ids) note(code, id);
  for (const one of consequences) if (one.emptied === null) note(one.class, one.id);
  for (const [root, id] of largest) await noteUsed(database, layout.tableOf(root).name, id);
}

/** One by one where they may refer to each other: what comes first may then be in the way of a reference. */
export async function remove(database: PostgresDatabase, table: Table, ids: readonly ObjectId[]): Promise<void> {
  const own = table.columns.filter(({ references }) => references?.table === table.name);
  if (own.length === 0 || ids.length === 1 || !await mayReferToOwn(database, table, own.map(({ name }) => name), ids)) {
    await database.run(`DELETE FROM ${quoteName(table.name)} WHERE ${quoteName(ID)} = ANY($1::bigint[])`, ids);
    return;
  }
  for (const id of ids) {
    await database.run(`DELETE FROM ${quoteName(table.name)} WHERE ${quoteName(ID)} = $1`, id);
  }
}

async function mayReferToOwn(
  database: PostgresDatabase,
  table: Table,
  keys: readonly string[],
  ids: readonly ObjectId[],
): Promise<boolean> {
  const isFilled = keys.map((name) => `${quoteName(name)} IS NOT NULL`).join(" OR ");
  const row = await database.row(
    `SELECT 1 FROM ${quoteName(table.name)} WHERE ${quoteName(ID)} = ANY($1::bigint[]) AND (${isFilled}) LIMIT 1`,
    ids,
  );
  return row !== undefined;
}

/** What goes with an object before it is not counted as deleted; what a trigger keeps is still there. @throws NothingWritten */
export async function requireNoneLeft(
  database: PostgresDatabase,
  table: Table,
  ids: readonly ObjectId[],
): Promise<void> {
  if (database.rulesOfTables.get(table.name)?.hasTriggers !== true) return;
  const left = await database.row(
    `SELECT 1 FROM ${quoteName(table.name)} WHERE ${quoteName(ID)} = ANY($1::bigint[]) LIMIT 1`,
    ids,
  );
  if (left !== undefined) throw new NothingWritten();
}
