/** Some rows of a table, to show what would have been found, and how many there are. */
import type { AttributeCode, ClassCode, StoredValue } from "../../model/model.ts";
import type { ObjectId, ShownId } from "../../store/object_id.ts";
import type { Examples } from "../../store/objects.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { ROW, tableName } from "./foreign_table.ts";
import { foundRows } from "./found_rows.ts";
import { friendlyName } from "./read_attribute.ts";
import { addressColumns } from "./row_address.ts";

/** The first `count` rows by friendly name. @param shownId an id as people see it */
export function readExamples(
  context: ForeignContext,
  code: ClassCode,
  attributes: readonly (AttributeCode | "id")[],
  count: number,
  shownId: (id: ObjectId) => ShownId,
): Examples {
  const table = tableOf(context, code);
  const isId = (attribute: AttributeCode | "id") => attribute === "id" && !table.columns.has("id");
  const found = foundRows(context, code, attributes.filter((attribute) => !isId(attribute)));
  const order = [`${friendlyName(context, code, ROW)} COLLATE NOCASE`, ...addressColumns(table)];
  const from = `FROM ${tableName(table)} AS ${ROW} ORDER BY ${order.join(", ")} LIMIT ${count + 1}`;
  const rows = found.rowsIn(context.database.prepareRaw(found.select("0", from)).all());
  const shown = rows.slice(0, count).map((row) => {
    const object = found.objectOf(row);
    const values = [...found.valuesOf(object)];
    return attributes.map((attribute): StoredValue => isId(attribute) ? shownId(object.id) : values.shift() ?? null);
  });
  return { rows: shown, more: rows.length > count, hidden: false };
}

export function countRows(context: ForeignContext, code: ClassCode): number {
  const table = tableName(tableOf(context, code));
  return Number(context.database.prepare(`SELECT COUNT(*) AS count FROM ${table}`).get()?.["count"]);
}
