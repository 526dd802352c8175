/**
 * Which rows of a table without a key the entries of a run are about. The log knows such a row by all that it held before, so the row that
 * is meant holds that by now, but for what the run has changed. Where several do, or somebody has changed the row since, nobody can tell.
 */
import type { DerivedTable } from "../../../model/derive/derived_model.ts";
import type { ObjectId } from "../../../store/object_id.ts";
import { quoteName } from "../../sql/sql_text.ts";
import type { Database } from "../../sqlite/connection.ts";
import type { Raw } from "../../sqlite/raw_value.ts";
import { writtenNames } from "../row_context.ts";
import { rowIdOf } from "../row_ids.ts";
import { tableName } from "../foreign_table.ts";
import { keyValues, rawInEntry } from "./logged_keys.ts";

/** Ids are remembered for so many rows: entries of one row stand together. */
const MOST_REMEMBERED = 1024;

export interface KeylessReading {
  readonly database: Database;
  /** The log as it is now; null: nothing was logged yet. */
  log(): Database | null;
  readonly tables: { readonly operations: string };
}

export class KeylessRows {
  readonly #known = new Map<string, ObjectId | null>();

  constructor(private readonly reading: KeylessReading) {}

  /** @param key what the row held before, as the log has it */
  idOf(table: DerivedTable, run: number, key: string): ObjectId | null {
    const place = JSON.stringify([run, table.class, key]);
    const known = this.#known.get(place);
    if (known !== undefined) return known;
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    const id = this.#find(table, this.#heldNow(table, run, key));
    this.#known.set(place, id);
    return id;
  }

  /** By column; null: the table has other columns than it had. */
  #heldNow(table: DerivedTable, run: number, key: string): ReadonlyMap<string, Raw> | null {
    const names = writtenNames(table);
    const values = keyValues(key);
    if (names.length !== values.length) return null;
    const held = new Map(names.map((name, place) => [name, values[place] ?? null]));
    const changes = this.reading.log()?.prepare(
      `SELECT attribute, CAST(new_value AS TEXT) AS value FROM ${this.reading.tables.operations} ` +
        "WHERE change = ? AND class = ? AND object_key = ? AND operation = 'update' ORDER BY id",
    ).all(run, table.class, key) ?? [];
    for (const { attribute, value } of changes) {
      held.set(String(attribute), value === null || value === undefined ? null : rawInEntry(String(value)));
    }
    return held;
  }

  #find(table: DerivedTable, held: ReadonlyMap<string, Raw> | null): ObjectId | null {
    if (held === null || table.rowid === null) return null;
    const where = [...held.keys()].map((name) => `${quoteName(name)} COLLATE BINARY IS ?`).join(" AND ");
    const rows = this.reading.database.prepareRaw(
      `SELECT ${quoteName(table.rowid)} AS id FROM ${tableName(table)} WHERE ${where} LIMIT 2`,
    ).all(...held.values());
    return rows.length === 1 ? rowIdOf(null, [], rows[0]?.["id"] ?? null) : null;
  }
}
