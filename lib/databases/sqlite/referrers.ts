/** Who refers to objects, by whichever external key; and indexes that SQLite needs when many objects are deleted. */
import { classOf } from "../../model/look_up.ts";
import type { ClassCode } from "../../model/model.ts";
import type { Column, Layout, Mapping, Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Referrer } from "../../store/objects.ts";
import { classExpression } from "../sql/class_condition.ts";
import { idCondition } from "../sql/id_condition.ts";
import { createIndex } from "../sql/index_statements.ts";
import { idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";
import { attributeIn, keysTo } from "../writes/consequences.ts";
import { usableIndexes } from "./table_indexes.ts";

/** @see ObjectStore.referrersTo */
export function referrersTo(
  database: Database,
  layout: Layout,
  code: ClassCode,
  ids: readonly ObjectId[],
): readonly Referrer[] {
  const target = layout.tableOf(code);
  const condition = idCondition(ids);
  const referrers: Referrer[] = [];
  for (const { table, column } of keysTo(layout, target)) {
    const [id, key] = [idExpression(table, ""), quoteName(column.name)];
    const isSame = table.name === target.name;
    const [asked, own] = [condition.of(key), isSame ? condition.of(id) : null];
    // The other columns are those of the row with the least id (https://sqlite.org/lang_select.html#bareagg).
    const rows = database.prepare(
      `SELECT ${key} AS target, min(${id}) AS id, ${classExpression(table, "")} AS class FROM ${
        quoteName(table.name)
      } ` +
        `WHERE ${asked.sql}${own === null ? "" : ` AND NOT ${own.sql}`} GROUP BY ${key}`,
    ).all(...asked.parameters, ...own?.parameters ?? []);
    for (const row of rows) {
      const real = String(row["class"]);
      const attribute = attributeIn(column, real);
      referrers.push({ class: real, id: row["id"] as ObjectId, attribute, target: row["target"] as ObjectId });
    }
  }
  return referrers;
}

function isServed(database: Database, table: Table, column: Column): boolean {
  return usableIndexes(database, table.name, null).some(({ columns: [first] }) => first === column.name);
}

/**
 * For each object that goes, SQLite looks for those that refer to it: without an index of the external key it reads their whole table each
 * time. The indexes live as long as the run: others would only have to keep them up to date.
 */
export class DeletionIndexes {
  readonly #made = new Set<string>();

  constructor(private readonly database: Database, private readonly mapping: Mapping) {}

  expect(classes: readonly ClassCode[]): void {
    const { model, layout } = this.mapping;
    const targets = new Set(classes.map((code) => layout.tableOf(classOf(model, code).root)));
    for (const target of targets) {
      for (const { table, column } of keysTo(layout, target)) {
        // A point stands in no code. Most objects have most of their keys empty.
        if (isServed(this.database, table, column)) continue;
        const name = `deletion_${table.name}.${column.name}`;
        if (this.#made.has(name)) continue;
        const condition = `${quoteName(column.name)} IS NOT NULL`;
        this.database.exec(
          createIndex({ name, table: table.name, columns: [column.name], unique: false, condition }),
        );
        this.#made.add(name);
      }
    }
  }

  finish(): void {
    for (const name of this.#made) this.database.exec(`DROP INDEX ${quoteName(name)}`);
    this.#made.clear();
  }
}
