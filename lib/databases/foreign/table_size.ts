/** When it pays to make a table of keys. */
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { Database } from "../sqlite/connection.ts";
import { tableName } from "./foreign_table.ts";

/** Fewer keys than these are looked for by hand. */
const FEW_KEYS = 32;
/** So many rows may have been looked at in vain: that takes some milliseconds, and to make a table of them not much more. */
const MOST_LOOKS = 32 * 1024;

export class TableSize {
  #asked = 0;
  /** How many keys had been asked when rows were last counted. */
  #countedAt = 0;
  #rows = 0;

  constructor(private readonly database: Database, private readonly table: DerivedTable) {}

  count(): number {
    const row = this.database.prepare(`SELECT COUNT(*) AS count FROM ${tableName(this.table)}`).get();
    return this.#rows = Number(row?.["count"]);
  }

  /** @param asked how many keys more */
  isWorthTable(asked: number): boolean {
    this.#asked += asked;
    if (this.#asked < FEW_KEYS) return false;
    // Rows that the run creates count too.
    if (this.#asked >= 2 * this.#countedAt) {
      this.count();
      this.#countedAt = this.#asked;
    }
    return this.#rows * this.#asked >= MOST_LOOKS;
  }
}
