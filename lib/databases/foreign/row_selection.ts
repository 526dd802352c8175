/** Reads rows as SQLite has them. */
import type { DerivedTable } from "../../model/derive/derived_model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Database } from "../sqlite/connection.ts";
import { parameterOf, type Raw } from "../sqlite/raw_value.ts";
import { tableName } from "./foreign_table.ts";
import { boundAddress } from "./row_address.ts";
import { rowIdOf } from "./row_ids.ts";
import { hasValue, type KeyColumn, keyColumnsOf } from "./row_keys.ts";
import { bytesOfText, exactText, maybeSpoilt } from "./spoilt_texts.ts";
import { wholeTexts, wholeValues } from "./whole_texts.ts";

export interface SelectedRow {
  readonly id: ObjectId;
  /** Null: the table has none. */
  readonly rowid: Raw;
  /** Of the key's columns; without a key none. */
  readonly key: readonly Raw[];
  /** Of the columns that were asked for, exactly: a text may be bytes. */
  readonly values: readonly Raw[];
}

/** So many rows a statement; for fewer there are statements of less. */
const ROWS: readonly number[] = [256, 32, 4, 1];

/** Those of the rows that are there. @param columns names */
export function selectRows(
  database: Database,
  table: DerivedTable,
  ids: readonly ObjectId[],
  columns: readonly string[],
): ReadonlyMap<ObjectId, SelectedRow> {
  const wanted = new Set(ids);
  const addresses = [...wanted].map((id) => boundAddress(table, id)).filter((address) => address !== null);
  const found = new Map<ObjectId, SelectedRow>();
  for (const kind of ["key", "rowid"] as const) {
    const values = addresses.filter((address) => address.kind === kind).map((address) => address.values);
    if (values.length === 0) continue;
    for (const row of selectBy(database, table, addressedBy(table, kind), values, columns)) {
      // The index of a key may be of a looser collation.
      if (wanted.has(row.id)) found.set(row.id, row);
    }
  }
  return found;
}

function addressedBy(table: DerivedTable, kind: "key" | "rowid"): readonly KeyColumn[] {
  if (kind === "rowid") return [{ name: table.rowid ?? "", collation: null }];
  return table.key === null ? [] : keyColumnsOf(table, table.key);
}

/**
 * The rows in which some columns have values that belong together.
 * @param all one for each of `by`
 * @param columns names
 */
export function selectBy(
  database: Database,
  table: DerivedTable,
  by: readonly KeyColumn[],
  all: readonly (readonly Raw[])[],
  columns: readonly string[],
): readonly SelectedRow[] {
  const rows: SelectedRow[] = [];
  let size = 0;
  for (let start = 0; start < all.length; start += ROWS[size] ?? 1) {
    while ((ROWS[size] ?? 1) > all.length - start) size++;
    const count = ROWS[size] ?? 1;
    rows.push(...selectSome(database, table, by, all.slice(start, start + count), columns));
  }
  return rows;
}

function selectSome(
  database: Database,
  table: DerivedTable,
  by: readonly KeyColumn[],
  some: readonly (readonly Raw[])[],
  columns: readonly string[],
): readonly SelectedRow[] {
  const read = [
    table.rowid === null ? "NULL AS r" : `t.${quoteName(table.rowid)} AS r`,
    ...namesOfKey(table).map((name, place) => `t.${quoteName(name)} AS k${place}`),
    ...columns.map((name, place) => `t.${quoteName(name)} AS c${place}`),
    wholeTexts([...namesOfKey(table), ...columns].map((name) => `t.${quoteName(name)}`)),
  ];
  const from = selection(table, by, some);
  const given = some.flat();
  const rows = database.prepareRaw(`SELECT ${read.join(", ")} ${from}`).all(...given)
    .map((row) => rowOf(table, row, columns));
  if (!rows.some(({ values }) => values.some(maybeSpoilt))) return rows;
  const bytes = columns.map((name, place) => `${bytesOfText(`t.${quoteName(name)}`)} AS c${place}`);
  // The same statement but for what it reads: its rows come in the same order.
  const ofTexts = database.prepareRaw(`SELECT ${bytes.join(", ")} ${from}`).all(...given);
  return rows.map((row, at) => ({
    ...row,
    values: row.values.map((value, place) => exactText(database, value, ofTexts[at]?.[`c${place}`])),
  }));
}

/** SQLite takes the values one after the other, and looks each up. */
function selection(table: DerivedTable, by: readonly KeyColumn[], some: readonly (readonly Raw[])[]): string {
  const given = some.map((values) => `(${values.map(parameterOf).join(", ")})`).join(", ");
  const where = by.map((column, place) => hasValue(column, "t.", `given.column${place + 1}`)).join(" AND ");
  return `FROM (VALUES ${given}) AS given CROSS JOIN ${tableName(table)} AS t WHERE ${where}`;
}

function namesOfKey({ key }: DerivedTable): readonly string[] {
  return (key?.columns ?? []).map(({ name }) => name);
}

function rowOf(table: DerivedTable, row: Readonly<Record<string, Raw>>, columns: readonly string[]): SelectedRow {
  const rowid = row["r"] ?? null;
  const ofKey = namesOfKey(table).map((_, place) => row[`k${place}`]);
  const all = wholeValues(row, [...ofKey, ...columns.map((_, place) => row[`c${place}`])]);
  const key = all.slice(0, ofKey.length);
  return { id: rowIdOf(table.key, key, rowid), rowid, key, values: all.slice(ofKey.length) };
}
