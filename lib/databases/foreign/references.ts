/**
 * External keys: a column holds a value of its target, the program the target's id. Where the value is that of the target's key both are the
 * same; else one is looked up by the other.
 */
import { isSameName } from "../../model/derive/ascii_names.ts";
import type { DerivedColumn, DerivedModel, DerivedTable } from "../../model/derive/derived_model.ts";
import type { StoredValue } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Database } from "../sqlite/connection.ts";
import { isRawText, type Raw, rawIn, rawText, storedOf } from "../sqlite/raw_value.ts";
import { columnOf, tableName } from "./foreign_table.ts";
import { type KeyRows, keyRows } from "./key_rows.ts";
import { addressColumns, type AddressKind, boundAddress, hasAddress, rawOf } from "./row_address.ts";
import { rowIdOf } from "./row_ids.ts";
import { asHeld } from "./stored_affinity.ts";
import { wholeTexts, wholeValues } from "./whole_texts.ts";

/** Where an external key leads. */
interface Target {
  readonly table: DerivedTable;
  readonly column: DerivedColumn;
  /** The value is the id. */
  readonly isPlain: boolean;
}

/** The name of a target's table in a statement. */
const TARGET = "r";

export class References {
  readonly #targets = new Map<DerivedColumn, Target | null>();
  readonly #values = new Map<string, KeyRows>();

  constructor(private readonly database: Database, private readonly derived: DerivedModel) {}

  /** SQL of what the id of the target is made of, beside the column's own value; none where that says it. */
  expressions(column: DerivedColumn, of: string): readonly string[] {
    const target = this.#targetOf(column);
    if (target === null || target.isPlain) return [];
    // The sign keeps the affinity of the referenced column alone: so SQLite itself compares them.
    const condition = `${columnOf(target.column, TARGET)} = +${columnOf(column, of)}`;
    return addressColumns(target.table, TARGET).map((value) =>
      `(SELECT ${value} FROM ${tableName(target.table)} AS ${TARGET} WHERE ${condition} LIMIT 1)`
    );
  }

  /** @param value of the column @param found those of `expressions` */
  idOf(column: DerivedColumn, value: Raw, found: readonly Raw[]): StoredValue {
    if (value === null || value === "") return null;
    const target = this.#targetOf(column);
    if (target === null) return storedOf(value);
    if (target.isPlain) return storedOf(asHeld(value, target.column.affinity));
    if (found.every((one) => one === null)) return rawText(value);
    const { key, rowid } = target.table;
    const count = key?.columns.length ?? 0;
    return rowIdOf(key, found.slice(0, count), rowid === null || key?.isRowid === true ? null : found[count] ?? null);
  }

  /** What the column holds where it refers to each of these; those that nothing has are left out. */
  valuesOf(column: DerivedColumn, ids: readonly ObjectId[]): ReadonlyMap<ObjectId, Raw> {
    const values = new Map<ObjectId, Raw>();
    const target = this.#targetOf(column);
    const asked: ObjectId[] = [];
    for (const id of ids) {
      if (typeof id === "string" && isRawText(id)) values.set(id, rawIn(id));
      else if (target === null || target.isPlain) values.set(id, asHeld(rawOf(id), column.affinity));
      else if (!values.has(id)) asked.push(id);
    }
    if (target !== null && asked.length > 0) {
      for (const [id, value] of this.#read(target, asked)) values.set(id, asHeld(value, column.affinity));
    }
    return values;
  }

  *#read(target: Target, ids: readonly ObjectId[]): Generator<readonly [ObjectId, Raw]> {
    for (const kind of ["key", "rowid"] as const) {
      const asked = ids.flatMap((id) => {
        const address = boundAddress(target.table, id);
        return address?.kind === kind ? [{ id, values: address.values }] : [];
      });
      if (asked.length === 0) continue;
      const rows = this.#finder(target, kind).all(asked.map(({ values }) => values));
      for (const { place, row } of rows) {
        const one = asked[place];
        const [value = null] = wholeValues(row, [row["value"]]);
        if (one !== undefined) yield [one.id, value];
      }
    }
  }

  #finder({ table, column }: Target, kind: AddressKind): KeyRows {
    const name = JSON.stringify([table.name, column.name, kind]);
    let made = this.#values.get(name);
    if (made === undefined) {
      const width = kind === "rowid" ? 1 : table.key?.columns.length ?? 0;
      made = keyRows(
        this.database,
        width,
        (keys) =>
          `SELECT ${keys.place} AS place, ${columnOf(column)} AS value, ${wholeTexts([columnOf(column)])} ` +
          `FROM ${keys.table} CROSS JOIN ${tableName(table)} AS t ` +
          `WHERE ${hasAddress(table, kind, keys.values)}`,
      );
      this.#values.set(name, made);
    }
    return made;
  }

  #targetOf(column: DerivedColumn): Target | null {
    const known = this.#targets.get(column);
    if (known !== undefined) return known;
    const target = this.#findTarget(column);
    this.#targets.set(column, target);
    return target;
  }

  #findTarget({ references }: DerivedColumn): Target | null {
    if (references === null) return null;
    const table = this.derived.tables.get(references.class);
    if (table === undefined) return null;
    const key = table.key?.columns ?? [];
    const columns = [...table.columns.values(), ...key];
    const column = columns.find(({ name }) => isSameName(name, references.column));
    if (column === undefined) return null;
    const isKey = key.length === 1 && key[0]?.name === column.name;
    // Where the target is found by another spelling, the value is not the id.
    return { table, column, isPlain: isKey && declaredCollation(table, column) === "BINARY" && !isOfBytes(column) };
  }
}

/** By which SQLite compares the column, whatever its indexes say. */
export function declaredCollation({ facts }: DerivedTable, { name }: DerivedColumn): string {
  return (facts.columns.find((column) => column.name === name)?.collation ?? "BINARY").toUpperCase();
}

function isOfBytes({ form }: DerivedColumn): boolean {
  return form.kind === "bytes";
}
