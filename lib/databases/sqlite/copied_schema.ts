/** What is in an SQLite database: tables with their columns, views, and triggers of others. */
import type { CopiedColumn, CopiedTable, Holds, TablesByName } from "../copying/copied_table.ts";
import { OWN_TRIGGERS } from "../sql/spelling_tables.ts";
import { quoteText } from "../sql/sql_text.ts";
import type { Database } from "./connection.ts";

/** Columns that are hidden are worked out of the others. */
const COLUMNS = "SELECT t.name AS home, c.name, c.type, c.pk FROM pragma_table_list AS t " +
  "JOIN pragma_table_xinfo(t.name) AS c WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') " +
  "AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND c.hidden IN (0, 1) ORDER BY t.name, c.cid";

export function tablesOf(database: Database): TablesByName {
  const found = new Map<string, { readonly columns: CopiedColumn[]; readonly key: [number, string][] }>();
  for (const { home, name, type, pk } of database.prepare(COLUMNS).all()) {
    const table = found.get(String(home)) ?? { columns: [], key: [] };
    found.set(String(home), table);
    table.columns.push({ name: String(name), holds: holdsOf(String(type)) });
    if (Number(pk) > 0) table.key.push([Number(pk), String(name)]);
  }
  return new Map([...found].map(([name, { columns, key }]): [string, CopiedTable] => [
    name,
    { name, columns, key: key.sort(([one], [other]) => one - other).map(([, column]) => column) },
  ]));
}

/** Of the types that our tables have. */
function holdsOf(type: string): Holds {
  return type === "INTEGER" ? "integer" : type === "NUMERIC" ? "number" : "text";
}

export function viewsAndTriggers(
  database: Database,
): { readonly views: readonly string[]; readonly triggers: readonly string[] } {
  const named = (condition: string) =>
    database.prepare(`SELECT name FROM sqlite_schema WHERE ${condition} ORDER BY name`).all()
      .map(({ name }) => String(name));
  return {
    views: named("type = 'view'"),
    triggers: named(`type = 'trigger' AND name NOT GLOB ${quoteText(OWN_TRIGGERS)}`),
  };
}
