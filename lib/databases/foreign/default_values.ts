/** The values that SQLite gives to columns of which a new row says nothing, before there is the row. */
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Database } from "../sqlite/connection.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { requireStatement } from "./probe.ts";
import { freeName } from "./temp_names.ts";
import { wholeTexts, wholeValues } from "./whole_texts.ts";

/** A word, or a name in quotes: SQLite takes both as texts only where they stand alone. */
const ALONE = /^(?:[A-Za-z_][A-Za-z_0-9]*|"(?:[^"]|"")*"|\[[^\]]*\]|`(?:[^`]|``)*`)$/;

export class DefaultValues {
  readonly #tables = new Map<DerivedColumn, string>();

  constructor(private readonly database: Database) {}

  /** Null: there is no default. @throws RunStop 78 when it cannot be worked out */
  next(of: DerivedTable, column: DerivedColumn): Raw {
    const sql = column.fill ?? column.default;
    if (sql === null) return null;
    const isFirst = !this.#tables.has(column);
    const table = this.#tableOf(column);
    const creation = creationOf(table, column, sql);
    const insertion = `INSERT INTO temp.${quoteName(table)} DEFAULT VALUES RETURNING value, ${wholeTexts(["value"])}`;
    if (isFirst) requireStatement(this.database, creation, of);
    // A savepoint that is taken back takes the table with it.
    this.database.prepare(creation).run();
    if (isFirst) requireStatement(this.database, insertion, of);
    const [row] = this.database.prepareRaw(insertion).all();
    this.database.prepare(`DELETE FROM temp.${quoteName(table)}`).run();
    return row === undefined ? null : wholeValues(row, [row["value"]])[0] ?? null;
  }

  /** A table of its own: those of the runs before stay as long as the connection, and have other defaults. */
  #tableOf(column: DerivedColumn): string {
    let table = this.#tables.get(column);
    if (table === undefined) this.#tables.set(column, table = freeName(this.database, "csvrecon_default"));
    return table;
  }
}

/** The default is that of the schema, or of the overlay. A comment may end it, up to the end of its line. */
function creationOf(table: string, { affinity }: DerivedColumn, sql: string): string {
  const type = affinity === "BLOB" ? "" : ` ${affinity}`;
  const value = ALONE.test(sql) ? sql : `(${sql}\n)`;
  return `CREATE TABLE IF NOT EXISTS temp.${quoteName(table)} (value${type} DEFAULT ${value})`;
}
