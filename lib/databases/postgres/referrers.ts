/** Who refers to objects, by whichever external key; and indexes that are needed when many objects are deleted. */
import { classOf } from "../../model/look_up.ts";
import type { ClassCode } from "../../model/model.ts";
import type { Layout, Mapping } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Referrer } from "../../store/objects.ts";
import { classExpression } from "../sql/class_condition.ts";
import { createIndex } from "../sql/index_statements.ts";
import { ID } from "../sql/own_layout.ts";
import { quoteName } from "../sql/sql_text.ts";
import { attributeIn, keysTo } from "../writes/consequences.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import type { SearchIndexes } from "./search_indexes.ts";
import { shortName } from "./short_names.ts";

/** @see ObjectStore.referrersTo */
export async function referrersTo(
  database: PostgresDatabase,
  layout: Layout,
  code: ClassCode,
  ids: readonly ObjectId[],
): Promise<readonly Referrer[]> {
  const target = layout.tableOf(code);
  const referrers: Referrer[] = [];
  for (const { table, column } of keysTo(layout, target)) {
    const [id, key] = [quoteName(ID), quoteName(column.name)];
    const others = table.name === target.name ? ` AND ${id} <> ALL($1::bigint[])` : "";
    const rows = await database.rows(
      `SELECT DISTINCT ON (${key}) ${key}, ${id}, ${classExpression(table, "")} FROM ${quoteName(table.name)} ` +
        `WHERE ${key} = ANY($1::bigint[])${others} ORDER BY ${key}, ${id}`,
      ids,
    );
    for (const [to, referrer, real] of rows) {
      const attribute = attributeIn(column, String(real));
      referrers.push({ class: String(real), id: referrer as ObjectId, attribute, target: to as ObjectId });
    }
  }
  return referrers;
}

/**
 * For each object that goes, the database looks for those that refer to it: without an index of the external key it reads their whole table
 * each time. The indexes live as long as the run: others would only have to keep them up to date.
 */
export class DeletionIndexes {
  readonly #made = new Set<string>();

  constructor(
    private readonly database: PostgresDatabase,
    private readonly mapping: Mapping,
    private readonly indexes: SearchIndexes,
  ) {}

  async expect(classes: readonly ClassCode[]): Promise<void> {
    // Others would only be slower.
    if (this.database.schemaChanges !== "as_owner") return;
    const { model, layout } = this.mapping;
    const targets = new Set(classes.map((code) => layout.tableOf(classOf(model, code).root)));
    for (const target of targets) {
      for (const { table, column } of keysTo(layout, target)) {
        // A point stands in no code. Most objects have most of their keys empty.
        const name = shortName(`deletion_${table.name}.${column.name}`);
        if (this.#made.has(name) || await this.indexes.isServed(table.name, column.name)) continue;
        const condition = `${quoteName(column.name)} IS NOT NULL`;
        const index = { name, table: table.name, columns: [column.name], unique: false, condition };
        await this.database.execute(createIndex(index, this.database.dialect.schema));
        this.#made.add(name);
      }
    }
  }

  async finish(): Promise<void> {
    for (const name of this.#made) await this.database.execute(`DROP INDEX ${quoteName(name)}`);
    this.#made.clear();
  }
}
