/** Which rows refer to others, by whichever external key. */
import { isSameName } from "../../model/derive/ascii_names.ts";
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Referrer } from "../../store/objects.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { columnOf, ROW, tableName } from "./foreign_table.ts";
import { declaredCollation } from "./references.ts";
import { addressColumns } from "./row_address.ts";
import { rowIdOf } from "./row_ids.ts";
import { wholeTexts, wholeValues } from "./whole_texts.ts";

/** @see ObjectStore.referrersTo */
export function rowReferrers(context: ForeignContext, code: ClassCode, ids: readonly ObjectId[]): readonly Referrer[] {
  const target = tableOf(context, code);
  const referrers: Referrer[] = [];
  for (const { table, column } of keysTo(context, code)) {
    const finder = new ReferrerFinder(context, table, column, collationOf(target, column));
    const values = context.references.valuesOf(column, ids);
    const own: ReadonlySet<ObjectId> = new Set(table === target ? ids : []);
    for (const [id, value] of values) {
      const referrer = finder.first(value, own);
      if (referrer === null) continue;
      referrers.push({ class: table.class, id: referrer, attribute: column.attribute, target: id });
    }
  }
  return referrers;
}

function* keysTo(
  { derived }: ForeignContext,
  code: ClassCode,
): Generator<{ readonly table: DerivedTable; readonly column: DerivedColumn }> {
  for (const table of derived.tables.values()) {
    for (const column of table.columns.values()) if (column.references?.class === code) yield { table, column };
  }
}

/** SQLite compares as the column does that is referred to. */
function collationOf(target: DerivedTable, { references }: DerivedColumn): string {
  const columns = [...target.columns.values(), ...target.key?.columns ?? []];
  const column = columns.find(({ name }) => isSameName(name, references?.column ?? ""));
  return column === undefined ? "BINARY" : declaredCollation(target, column);
}

/** Finds the first row that has a value in a column. */
class ReferrerFinder {
  readonly #sql: string;
  readonly #address: readonly string[];

  constructor(
    private readonly context: ForeignContext,
    private readonly table: DerivedTable,
    column: DerivedColumn,
    collation: string,
  ) {
    this.#address = addressColumns(table);
    const selected = this.#address.map((sql, place) => `${sql} AS h${place}`).join(", ");
    this.#sql = `SELECT ${selected}, ${wholeTexts(this.#address)} FROM ${tableName(table)} AS ${ROW} ` +
      `WHERE ${columnOf(column)} COLLATE ${quoteName(collation)} = ? ORDER BY ${placesOf(this.#address)} LIMIT ?`;
  }

  /** @param own rows that do not count; null: there is none */
  first(value: Raw, own: ReadonlySet<ObjectId>): ObjectId | null {
    // One more than those that do not count.
    const rows = this.context.database.prepareRaw(this.#sql).all(value, BigInt(own.size + 1));
    for (const row of rows) {
      const id = this.#idOf(row);
      if (!own.has(id)) return id;
    }
    return null;
  }

  #idOf(row: Readonly<Record<string, Raw>>): ObjectId {
    const own = wholeValues(row, this.#address.map((_, place) => row[`h${place}`]));
    const count = this.table.key?.columns.length ?? 0;
    return rowIdOf(this.table.key, own.slice(0, count), own[count] ?? null);
  }
}

/** `1, 2`: the columns of an answer. */
function placesOf(columns: readonly string[]): string {
  return columns.map((_, place) => String(place + 1)).join(", ");
}
