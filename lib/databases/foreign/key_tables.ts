/**
 * Keys that no index of the database serves: a table of TEMP with the columns of a key and where their rows are, and an index on it. Triggers
 * of TEMP keep it true while the run writes, whoever else writes there: triggers of the database, and what it deletes by itself.
 */
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Database } from "../sqlite/connection.ts";
import { ROW, tableName } from "./foreign_table.ts";
import { handleOf, hasValue } from "./row_keys.ts";
import { freeName } from "./temp_names.ts";

/** A part of a key. */
export interface KeyPart {
  /** Its value in a row. @param of the name under which the row stands */
  readonly expression: (of: string) => string;
  readonly collation: string;
}

/** A table of keys, as SQL. */
export interface KeyTable {
  readonly name: string;
  /** Holds the parts of a key, in their order. */
  readonly parts: readonly string[];
  /** The condition that a row of the table is one of the database. @param of the name of either */
  readonly isRow: (of: string, row: string) => string;
}

export class KeyTables {
  readonly #made = new Map<string, KeyTable>();

  constructor(private readonly database: Database) {}

  /** The table of these keys, made now if it is not there. */
  tableFor(table: DerivedTable, parts: readonly KeyPart[]): KeyTable {
    const name = JSON.stringify([table.name, parts.map(({ expression, collation }) => [expression(ROW), collation])]);
    const known = this.#made.get(name);
    if (known !== undefined && this.isThere(known)) return known;
    const made = this.#make(table, parts);
    this.#made.set(name, made);
    return made;
  }

  /** Whether it is there still: it goes with the part of the transaction in which it was made. */
  isThere({ name }: KeyTable): boolean {
    return this.database.prepare("SELECT 1 AS found FROM temp.sqlite_schema WHERE name = ?").get(name) !== undefined;
  }

  /** Nothing is looked for any more: from now on others may write. */
  finish(): void {
    // Triggers are on the tables of the database, and stay when these go.
    for (const { name } of this.#made.values()) {
      for (const event of EVENTS) this.database.exec(`DROP TRIGGER IF EXISTS temp.${quoteName(`${name}_${event}`)}`);
      this.database.exec(`DROP TABLE IF EXISTS temp.${quoteName(name)}`);
    }
    this.#made.clear();
  }

  #make(table: DerivedTable, parts: readonly KeyPart[]): KeyTable {
    const name = freeName(this.database, "csvrecon_keys");
    const handle = handleOf(table);
    const handles = handle.map((_, index) => `h${index}`);
    const columns = parts.map((_, index) => `k${index}`);
    const typed = parts.map(({ collation }, index) => `k${index} COLLATE ${quoteName(collation)}`);
    const primary = table.rowid === null ? `, PRIMARY KEY (${handles.join(", ")})) WITHOUT ROWID` : ")";
    const own = table.rowid === null ? handles : ["h0 INTEGER PRIMARY KEY"];
    this.database.exec(`CREATE TEMP TABLE ${quoteName(name)} (${[...own, ...typed].join(", ")}${primary}`);
    const into = [...handles, ...columns].join(", ");
    const valuesOf = (of: string) =>
      [...handle.map((column) => `${of}.${quoteName(column.name)}`), ...parts.map(({ expression }) => expression(of))]
        .join(", ");
    this.database.exec(
      `INSERT INTO temp.${quoteName(name)} (${into}) SELECT ${valuesOf(ROW)} FROM ${tableName(table)} AS ${ROW}`,
    );
    this.database.exec(`CREATE INDEX temp.${quoteName(`${name}_keys`)} ON ${quoteName(name)} (${columns.join(", ")})`);
    const isRow = (of: string, row: string) =>
      handle.map((column, index) => hasValue(column, `${row}.`, `${of}.h${index}`)).join(" AND ");
    const isOld = handle.map(({ name: column }, index) => `h${index} = OLD.${quoteName(column)}`).join(" AND ");
    const forget = `DELETE FROM ${quoteName(name)} WHERE ${isOld};`;
    const remember = `INSERT OR REPLACE INTO ${quoteName(name)} (${into}) VALUES (${valuesOf("NEW")});`;
    const bodies = { insert: remember, update: `${forget} ${remember}`, delete: forget };
    for (const event of EVENTS) {
      this.database.exec(
        `CREATE TEMP TRIGGER ${quoteName(`${name}_${event}`)} AFTER ${event.toUpperCase()} ON ${tableName(table)} ` +
          `BEGIN ${bodies[event]} END`,
      );
    }
    return { name, parts: columns, isRow };
  }
}

const EVENTS = ["insert", "update", "delete"] as const;
