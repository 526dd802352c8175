/** How objects come out of PostgreSQL: many as one JSON text, but long ones by themselves. */
import type { StoredValue } from "../../model/model.ts";
import type { FoundObject } from "../../store/objects.ts";
import { type FoundRow, foundRowsIn, jsonArray, jsonRow, LONGEST_ROW, longValuesIn } from "../sql/json_rows.ts";
import type { PostgresValue } from "./postgres_connection.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

/** Pieces of SQL. */
export interface FoundRowsSql {
  /** The index of the key, the id, the class. */
  readonly head: readonly string[];
  readonly values: readonly string[];
  /** Finds one object by its id, `$1`. */
  readonly fromId: string;
}

const MAKE = "json_build_array";

export class FoundRows {
  constructor(private readonly database: PostgresDatabase, private readonly sql: FoundRowsSql) {}

  /** The columns of a query that `find` can make rows of. */
  get columns(): string {
    const { head, values } = this.sql;
    const heads = head.map((column, place) => `${column} AS h${place}`);
    return `${jsonRow(head, values, MAKE)}::text AS row, ${heads.join(", ")}`;
  }

  /**
   * The query of a subquery `r` that has these columns. What stands in place of a long row is made for such alone: to make it takes a fifth
   * of the whole query.
   * @param from SQL from FROM on
   */
  query(from: string): string {
    const head = `${jsonArray(this.sql.head.map((_, place) => `r.h${place}`), MAKE)}::text`;
    return `SELECT '[' || coalesce(string_agg(CASE WHEN octet_length(r.row) <= ${LONGEST_ROW} THEN r.row ELSE ${head} END, ','), '') ` +
      `|| ']' ${from}`;
  }

  async find(query: string, values: readonly PostgresValue[]): Promise<readonly FoundRow[]> {
    return foundRowsIn((await this.database.row(query, ...values))?.[0], this.sql.values.length);
  }

  /** Reads the values of a long object. */
  async valuesOf(object: FoundObject): Promise<readonly StoredValue[]> {
    if (object.values !== null) return object.values;
    const { values, fromId } = this.sql;
    const row = await this.database.row(`SELECT ${jsonArray(values, MAKE)}::text ${fromId}`, object.id);
    return longValuesIn(row?.[0], object);
  }
}
