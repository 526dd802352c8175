/** The id of an object, as SQL: the value of its table's key. */
import type { Table } from "../../store/layout.ts";
import { quoteName } from "./sql_text.ts";

/** Of several columns, it is a JSON array of them, as text. @param prefix begins the name of every column */
export function idExpression({ key }: Table, prefix: string): string {
  const columns = key.map((name) => prefix + quoteName(name));
  return columns.length === 1 ? columns.join() : `(json_array(${columns.join(", ")}) || '')`;
}

/** The condition that an object has an id. @param id SQL that stands in it once */
export function hasId(table: Table, prefix: string, id: string): string {
  if (table.key.length === 1) return `${idExpression(table, prefix)} = ${id}`;
  // Column by column, so that an index serves.
  const columns = table.key.map((name) => prefix + quoteName(name));
  const values = table.key.map((_, index) => `json_extract(id, '$[${index}]')`);
  return `(${columns.join(", ")}) = (SELECT ${values.join(", ")} FROM (SELECT ${id} AS id))`;
}
