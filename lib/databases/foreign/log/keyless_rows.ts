/**
 * Which rows of a table without a key the entries of a run are about. The log knows such a row by all that it held before, so the row that
 * is meant holds that by now, but for what the run has changed. Where several do, or somebody has changed the row since, nobody can tell.
 */
import type { DerivedTable } from "../../../model/derive/derived_model.ts";
import type { ObjectId } from "../../../store/object_id.ts";
import { quoteName } from "../../sql/sql_text.ts";
import type { Database } from "../../sqlite/connection.ts";
import { parameterOf, type Raw } from "../../sqlite/raw_value.ts";
import { writtenNames } from "../row_context.ts";
import { rowIdOf } from "../row_ids.ts";
import { keyText } from "../row_keys.ts";
import { tableName } from "../foreign_table.ts";
import { keyValues, rawInEntry } from "./logged_keys.ts";

/** Ids are remembered for so many rows: entries of one row stand together. */
const MOST_REMEMBERED = 1024;

/** A statement looks for so many rows: SQLite makes an index for it by itself, and goes through the table once. */
const MOST_TOGETHER = 256;
const MOST_PARAMETERS = 8192;

export interface KeylessReading {
  readonly database: Database;
  /** The log as it is now; null: nothing was logged yet. */
  log(): Database | null;
  readonly tables: { readonly operations: string };
}

/** A row as the entries of a run have it. */
export interface KeylessRow {
  readonly table: DerivedTable;
  readonly run: number;
  /** What it held before. */
  readonly key: string;
}

export class KeylessRows {
  readonly #known = new Map<string, ObjectId | null>();

  constructor(private readonly reading: KeylessReading) {}

  /** Looks for rows, all at once: `idOf` knows them then. */
  find(rows: readonly KeylessRow[]): void {
    const unknown = new Map(
      rows.map((row) => [placeOf(row), row] as const).filter(([place]) => !this.#known.has(place)),
    );
    if (this.#known.size + unknown.size > MOST_REMEMBERED) this.#known.clear();
    for (const [table, those] of Map.groupBy(unknown, ([, row]) => row.table)) {
      const heldBy = new Map(those.map(([place, row]) => [place, this.#heldNow(row)]));
      const ids = this.#idsOf(table, [...heldBy.values()].filter((held) => held !== null));
      for (const [place, held] of heldBy) this.#known.set(place, held === null ? null : ids.get(keyText(held)) ?? null);
    }
  }

  /** Null: nobody can tell. */
  idOf(row: KeylessRow): ObjectId | null {
    return this.#known.get(placeOf(row)) ?? null;
  }

  /** In the order of the columns; null: the table has other columns than it had. */
  #heldNow({ table, run, key }: KeylessRow): readonly Raw[] | null {
    const names = writtenNames(table);
    const values = keyValues(key);
    if (names.length !== values.length) return null;
    const changes = this.reading.log()?.prepare(
      `SELECT attribute, CAST(new_value AS TEXT) AS value FROM ${this.reading.tables.operations} ` +
        "WHERE change = ? AND class = ? AND object_key = ? AND operation = 'update' ORDER BY id",
    ).all(run, table.class, key) ?? [];
    const changed = new Map(changes.map(({ attribute, value }) => [String(attribute), value ?? null]));
    if ([...changed.keys()].some((name) => !names.includes(name))) return null;
    return names.map((name, place) => {
      const value = changed.get(name);
      if (value === undefined) return values[place] ?? null;
      return value === null ? null : rawInEntry(String(value));
    });
  }

  /** By what they hold. */
  #idsOf(table: DerivedTable, all: readonly (readonly Raw[])[]): ReadonlyMap<string, ObjectId> {
    const ids = new Map<string, ObjectId>();
    const names = writtenNames(table);
    // Rows that hold the same are asked for once: so each row of the table is found once at most.
    const asked = [...new Map(all.map((held) => [keyText(held), held]))];
    const together = Math.max(1, Math.min(MOST_TOGETHER, Math.floor(MOST_PARAMETERS / names.length)));
    for (let start = 0; start < asked.length && table.rowid !== null; start += together) {
      const some = asked.slice(start, start + together);
      const held = some.map(([, values]) => values);
      const rows = this.reading.database.prepareRaw(searchFor(table, table.rowid, names, held)).all(...held.flat());
      for (const { place, id } of rows) {
        ids.set(some[Number(place)]?.[0] ?? "", rowIdOf(null, [], id ?? null));
      }
    }
    return ids;
  }
}

function placeOf({ table, run, key }: KeylessRow): string {
  return JSON.stringify([run, table.class, key]);
}

/** Those are left out which several rows are. */
function searchFor(
  table: DerivedTable,
  rowid: string,
  names: readonly string[],
  all: readonly (readonly Raw[])[],
): string {
  const given = all.map((held, place) => `(${[place, ...held.map(parameterOf)].join(", ")})`);
  const isRow = names.map((name, place) => `t.${quoteName(name)} COLLATE BINARY IS given.column${place + 2}`);
  return `SELECT given.column1 AS place, min(t.${quoteName(rowid)}) AS id FROM (VALUES ${given.join(", ")}) AS given ` +
    `CROSS JOIN ${tableName(table)} AS t WHERE ${isRow.join(" AND ")} GROUP BY given.column1 HAVING count(*) = 1`;
}
