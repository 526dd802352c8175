/** Rows that a key to their own table leads back to themselves. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import { idIn, type ObjectId } from "../../store/object_id.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { withoutThoseBelow } from "../shared/loops.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { columnOf, ROW, tableName } from "./foreign_table.ts";
import { addressColumns } from "./row_address.ts";
import { columnOfAttribute } from "./row_context.ts";
import { rowIdOf } from "./row_ids.ts";

/** @see ObjectStore.inLoops */
export function rowsInLoops(context: ForeignContext, code: ClassCode, key: AttributeCode): readonly ObjectId[] {
  const table = tableOf(context, code);
  const column = columnOfAttribute(table, key);
  const address = addressColumns(table);
  const target = context.references.expressions(column, ROW);
  const selected = [
    `${columnOf(column)} AS value`,
    ...address.map((sql, place) => `${sql} AS h${place}`),
    ...target.map((sql, place) => `${sql} AS r${place}`),
  ];
  const rows = context.database.prepareRaw(
    `SELECT ${selected.join(", ")} FROM ${tableName(table)} AS ${ROW} WHERE ${columnOf(column)} IS NOT NULL`,
  ).all();
  const count = table.key?.columns.length ?? 0;
  const above = new Map<ObjectId, ObjectId>();
  for (const row of rows) {
    const at = (name: string): Raw => row[name] ?? null;
    const own = address.map((_, place) => at(`h${place}`));
    const id = rowIdOf(table.key, own.slice(0, count), own[count] ?? null);
    const other = idIn(context.references.idOf(column, at("value"), target.map((_, place) => at(`r${place}`))));
    if (other !== null) above.set(id, other);
  }
  return withoutThoseBelow(above);
}
