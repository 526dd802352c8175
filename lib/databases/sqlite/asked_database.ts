/** SQLite as the log and the memory of feeds ask it. */
import type { AskedDatabase, AskedWords } from "../logged/asked_database.ts";
import { placeholders } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";

const SQLITE_WORDS: AskedWords = {
  among: "IN (SELECT value FROM json_each(?))",
  list: (name) => `json_each(?) AS ${name}`,
  arrayOf: (expression) => `json_group_array(${expression})`,
  arrayOfArrays: (arrays) => `json_group_array(json(${arrays}))`,
  makeArray: "json_array",
  endsOtherwise: (text) => `substr(${text}, -length(?)) <> ?`,
  same: (one, other) => `${one} IS ${other}`,
  // The other columns are those of the row that has the minimum (https://sqlite.org/lang_select.html#bareagg).
  first: ([id, ...columns], from) =>
    `SELECT min(o.${id}) AS ${id}, ${columns.map((column) => `o.${column}`).join(", ")} ${from} ` +
    "GROUP BY o.object_id, o.attribute",
};

export function askedDatabase(database: Database): AskedDatabase {
  return {
    words: SQLITE_WORDS,
    interruption: database.interruption,
    all: (sql, ...parameters) => database.prepare(sql).all(...parameters),
    run: (sql, ...parameters) => database.prepare(sql).run(...parameters),
    insert(table, values) {
      const columns = Object.keys(values);
      const row = database.prepare(
        `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${placeholders(columns.length)} RETURNING id`,
      ).get(...Object.values(values));
      return Number(row?.["id"]);
    },
  };
}
