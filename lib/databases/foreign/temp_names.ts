/** Names for what a run makes in TEMP: there it would hide what the database has under the same name. */
import type { Database } from "../sqlite/connection.ts";

/** Of a process: each has a name of its own. */
let made = 0;

/** A name with which nothing begins that is there. @param begin in small letters */
export function freeName(database: Database, begin: string): string {
  for (;;) {
    const name = `${begin}_${++made}`;
    const like = database.prepare(
      "SELECT 1 AS found FROM (SELECT name FROM main.sqlite_schema UNION ALL SELECT name FROM temp.sqlite_schema) " +
        "WHERE substr(lower(name), 1, ?) = ?",
    ).get(name.length, name);
    if (like === undefined) return name;
  }
}
