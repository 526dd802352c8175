/** PostgreSQL as the log and the memory of feeds ask it. */
import type { AskedDatabase, AskedWords } from "../logged/asked_database.ts";
import { placeholders } from "../sql/sql_text.ts";
import { noteUsed, readUsedNumber } from "./id_table.ts";
import type { PostgresDatabase } from "./postgres_database.ts";

const ELEMENTS = "json_array_elements_text(?::json)";

const POSTGRES_WORDS: AskedWords = {
  among: `= ANY (ARRAY(SELECT e.value::bigint FROM ${ELEMENTS} AS e (value)))`,
  list: (name) => `(SELECT e.value::bigint AS value FROM ${ELEMENTS} AS e (value)) AS ${name}`,
  arrayOf: (expression) => `coalesce(json_agg(${expression}), '[]')::text`,
  arrayOfArrays: (arrays) => `coalesce(json_agg(${arrays}), '[]')::text`,
  makeArray: "json_build_array",
  endsOtherwise: (text) => `"right"(${text}, length(?::text)) <> ?`,
  same: (one, other) => `${one} IS NOT DISTINCT FROM ${other}`,
  first: (columns, from) =>
    `SELECT DISTINCT ON (o.object_id, o.attribute) ${columns.map((column) => `o.${column}`).join(", ")} ${from} ` +
    "ORDER BY o.object_id, o.attribute, o.id",
};

export function askedDatabase(database: PostgresDatabase): AskedDatabase {
  return {
    words: POSTGRES_WORDS,
    interruption: database.interruption,
    all: (sql, ...parameters) => database.named(sql, parameters),
    run: (sql, ...parameters) => database.run(database.numbered(sql), ...parameters),
    async insert(table, values) {
      const id = await readUsedNumber(database, table) + 1;
      const columns = ["id", ...Object.keys(values)];
      const sql = `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${placeholders(columns.length)}`;
      await database.run(database.numbered(sql), id, ...Object.values(values));
      await noteUsed(database, table, id);
      return id;
    },
  };
}
