/** How a statement finds a row by its id. */
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { isRawText, type Raw, rawIn } from "../sqlite/raw_value.ts";
import { encoded, type Encoding } from "./encoded_value.ts";
import { columnOf, ROW, rowidOf } from "./foreign_table.ts";
import { addressOf } from "./row_ids.ts";
import { hasValue, keyColumnsOf } from "./row_keys.ts";
import { asHeld, numberIn } from "./stored_affinity.ts";

export type AddressKind = ReturnType<typeof addressOf>["kind"];

/** What is to be bound for an id. */
export interface BoundAddress {
  readonly kind: AddressKind;
  readonly values: readonly Raw[];
}

/** Null: no row of the table has it. */
export function boundAddress({ key, rowid }: DerivedTable, id: ObjectId): BoundAddress | null {
  // An external key that refers to nothing has no row.
  if (typeof id === "string" && isRawText(id)) return null;
  const address = addressOf(id);
  if (address.kind === "rowid") {
    const value = numberIn(String(address.rowid));
    return rowid === null || typeof value !== "bigint" ? null : { kind: "rowid", values: [value] };
  }
  if (key === null || key.columns.length !== address.values.length) return null;
  const values = key.columns.map(({ affinity }, index) => asHeld(rawOf(address.values[index] ?? null), affinity));
  return { kind: "key", values };
}

/** What a value of an id stands for. */
export function rawOf(value: number | string | null): Raw {
  if (typeof value === "number") return Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof value === "string" && isRawText(value) ? rawIn(value) : value;
}

/** The condition on a row, with a piece of SQL for each value of its address. */
export function hasAddress(table: DerivedTable, kind: AddressKind, values: readonly string[], of = ROW): string {
  if (kind === "rowid") return `${rowidOf(table, of)} = ${values[0]}`;
  if (table.key === null) throw new Error(`rows of ${table.name} have no key`);
  // By the collation that keeps the key unique: the id of another spelling may be that of another row.
  return keyColumnsOf(table, table.key).map((column, place) => hasValue(column, `${of}.`, values[place] ?? "NULL"))
    .join(
      " AND ",
    );
}

/** What is read of a row so that its id is known: the columns of the key, and the rowid behind them. */
export function addressColumns({ key, rowid }: DerivedTable, of = ROW): readonly string[] {
  const columns = (key?.columns ?? []).map((column) => columnOf(column, of));
  return rowid === null || key?.isRowid === true ? columns : [...columns, `${of}.${rowid}`];
}

/** The same as elements of JSON. */
export function encodedAddress({ key, rowid }: DerivedTable, encoding: Encoding): readonly string[] {
  const columns = (key?.columns ?? []).map((column) =>
    encoded(columnOf(column), key?.isRowid === true ? "INTEGER" : column.affinity, encoding)
  );
  return rowid === null || key?.isRowid === true
    ? columns
    : [...columns, encoded(`${ROW}.${rowid}`, "INTEGER", encoding)];
}
