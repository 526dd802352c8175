/** Creating rows: with the columns that were given, and what tells the row apart. */
import { LEFT_OUT, noNumberLeft } from "../../messages/stored_values.ts";
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { AttributeCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { NewObject } from "../../store/objects.ts";
import { quoteNames } from "../sql/sql_text.ts";
import type { Database } from "../sqlite/connection.ts";
import { type InsertRows, rawRowInserter } from "../sqlite/insert_rows.ts";
import { parameterOf, type Raw, TextBytes } from "../sqlite/raw_value.ts";
import { NothingWritten, ValueNotTold } from "../sqlite/sqlite_refusal.ts";
import { requireDeferredKeys } from "./deferred_keys.ts";
import { tableOf } from "./foreign_context.ts";
import { tableName } from "./foreign_table.ts";
import { generated } from "./generated_values.ts";
import { requireStatement } from "./probe.ts";
import { boundAddress } from "./row_address.ts";
import { columnOfAttribute, type RowContext } from "./row_context.ts";
import { addressOf, isRowid } from "./row_ids.ts";
import { selectRows } from "./row_selection.ts";
import { valueWriter } from "./row_values.ts";
import { isOf64Bits } from "./stored_affinity.ts";

/** How rows of one table with the same attributes are written. */
interface Insertion {
  readonly table: DerivedTable;
  readonly columns: readonly DerivedColumn[];
  /** Which values of an id stand before those of the columns: the others are among these. */
  readonly fromId: readonly number[];
  /** By the place of a column which value of an id it is. */
  readonly ofId: ReadonlyMap<number, number>;
  /** What is made up for columns that were not given, behind those that were. */
  readonly madeUp: readonly (() => Raw)[];
  readonly insertRows: InsertRows<Raw>;
  /** A trigger may take away what was just inserted. */
  readonly hasTriggers: boolean;
}

export class RowCreation {
  readonly #insertions = new Map<string, Insertion>();

  constructor(private readonly context: RowContext) {}

  /** @param objects of one class, with the same attributes */
  create(objects: readonly NewObject[]): void {
    // Nearly always all of them have a key.
    if (!objects.some(({ id }) => isRowid(id))) return this.#insert(objects, "key");
    const { rowid = [], key = [] } = Object.groupBy(objects, ({ id }) => isRowid(id) ? "rowid" : "key");
    this.#insert(rowid, "rowid");
    this.#insert(key, "key");
  }

  #insert(objects: readonly NewObject[], kind: "rowid" | "key"): void {
    const [first] = objects;
    if (first === undefined) return;
    const insertion = this.#insertionOf(first, kind);
    if (insertion.insertRows(this.#valuesOf(insertion, objects)) < objects.length) throw new NothingWritten(LEFT_OUT);
    const ids = objects.map(({ id }) => id);
    if (insertion.hasTriggers) requireAll(this.context, insertion.table, ids);
    requireDeferredKeys(this.context, insertion.table, ids);
  }

  #valuesOf({ table, columns, fromId, ofId, madeUp }: Insertion, objects: readonly NewObject[]): readonly Raw[] {
    const writers = columns.map((column, place) =>
      valueWriter(
        this.context,
        table,
        column,
        column.references === null ? [] : objects.map(({ values }) => values[place] ?? null),
      )
    );
    const all: Raw[] = [];
    for (const { class: code, id, values } of objects) {
      this.context.ids.use(code, id);
      const own = valuesOfId(table, id);
      for (const place of fromId) all.push(own[place] ?? null);
      for (let place = 0; place < columns.length; place++) {
        const value = writers[place]?.(values[place] ?? null, null) ?? null;
        // A key that the file leaves out.
        all.push(value ?? own[ofId.get(place) ?? -1] ?? null);
      }
      for (const make of madeUp) all.push(make());
    }
    return all;
  }

  #insertionOf({ class: code, attributes }: NewObject, kind: "rowid" | "key"): Insertion {
    const name = JSON.stringify([code, kind, attributes]);
    let insertion = this.#insertions.get(name);
    if (insertion === undefined) {
      insertion = prepare(this.context.database, tableOf(this.context, code), attributes, kind);
      this.#insertions.set(name, insertion);
    }
    return insertion;
  }
}

function prepare(
  database: Database,
  table: DerivedTable,
  attributes: readonly AttributeCode[],
  kind: "rowid" | "key",
): Insertion {
  const columns = attributes.map((attribute) => columnOfAttribute(table, attribute));
  const names = kind === "rowid" ? [table.rowid ?? ""] : (table.key?.columns ?? []).map(({ name }) => name);
  const fromId: number[] = [];
  const ofId = new Map<number, number>();
  names.forEach((name, place) => {
    const index = columns.findIndex((column) => column.name === name);
    if (index < 0) fromId.push(place);
    else ofId.set(index, place);
  });
  const given = [...fromId.map((place) => names[place] ?? ""), ...columns.map(({ name }) => name)];
  const others = othersThan(table, given);
  const madeUp = others.flatMap(({ generate }) => generate === null ? [] : [() => generated(generate)]);
  const insertion = insertionInto(table, given, others);
  requireStatement(database, `${insertion.into} ${insertion.rowOf(insertion.parameters)}`, table);
  const insertRows = inserterOf(database, insertion);
  return { table, columns, fromId, ofId, madeUp, insertRows, hasTriggers: hasTriggers(database, table) };
}

/** Columns that were not given, and get what an overlay says. */
function othersThan(table: DerivedTable, given: readonly string[]): readonly DerivedColumn[] {
  return [...table.columns.values()].filter(({ name, generate, fill }) =>
    !given.includes(name) && (generate !== null || fill !== null)
  );
}

/** How a row of a table is written. */
interface RowSql {
  readonly into: string;
  /** SQL of the values that are bound. */
  readonly parameters: readonly string[];
  /** The text of a row. */
  rowOf(parameters: readonly string[]): string;
}

/** Rows with texts that are bound as bytes, which an undo alone has, have statements of their own. */
function inserterOf(database: Database, { into, parameters, rowOf }: RowSql): InsertRows<Raw> {
  const width = parameters.length;
  const insertPlain = rawRowInserter(database, { into, width, row: rowOf(parameters) });
  return (values) => {
    if (!values.some((value) => value instanceof TextBytes)) return insertPlain(values);
    let count = 0;
    for (let start = 0; start < values.length; start += width) {
      const row = values.slice(start, start + width);
      count += database.prepareRaw(`${into} ${rowOf(row.map(parameterOf))}`).run(...row);
    }
    return count;
  };
}

/** What an overlay says in SQL is worked out by SQLite for each row. */
function insertionInto(
  table: DerivedTable,
  given: readonly string[],
  others: readonly DerivedColumn[],
): RowSql {
  const bound = [...given, ...others.filter(({ generate }) => generate !== null).map(({ name }) => name)];
  const filled = others.filter(({ generate }) => generate === null);
  const columns = quoteNames([...bound, ...filled.map(({ name }) => name)]);
  const fills = filled.map(({ fill }) => `(${fill}\n)`);
  const into = `INSERT ${conflictClause(table)}INTO ${tableName(table)} (${columns}) VALUES`;
  return {
    into,
    parameters: bound.map(() => "?"),
    rowOf: (parameters) => `(${[...parameters, ...fills].join(", ")})`,
  };
}

/** A table may say that a new row takes the place of another one, or goes without a word: neither is what a file says. */
export function conflictClause({ facts }: DerivedTable): string {
  return /\bON\s+CONFLICT\b/i.test(facts.sql) ? "OR ABORT " : "";
}

/** SQLite makes an integer of a rowid that is bound as a real. */
function valuesOfId(table: DerivedTable, id: ObjectId): readonly Raw[] {
  if (table.key?.isRowid === true && typeof id === "number" && Number.isSafeInteger(id)) return [id];
  requireRowid(table, id);
  return boundAddress(table, id)?.values ?? [];
}

/** Behind the last number there is none that could be counted on to. @throws ValueNotTold */
function requireRowid({ name, key, rowid }: DerivedTable, id: ObjectId): void {
  const address = addressOf(id);
  const number = address.kind === "rowid" ? address.rowid : key?.isRowid === true ? address.values[0] : null;
  if (typeof number !== "string" || !/^[0-9]{19,}$/.test(number) || isOf64Bits(BigInt(number))) return;
  const column = key?.columns[0]?.name ?? rowid ?? "";
  throw new ValueNotTold(column, noNumberLeft(`${name}.${column}`));
}

/** Whether what is written may become something else. */
export function hasTriggers(database: Database, { name }: DerivedTable): boolean {
  return database.prepare(
    "SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE LIMIT 1",
  ).get(name) !== undefined;
}

/** @throws NothingWritten when one of the rows is not there */
function requireAll({ database }: RowContext, table: DerivedTable, ids: readonly ObjectId[]): void {
  if (selectRows(database, table, ids, []).size < new Set(ids).size) throw new NothingWritten(LEFT_OUT);
}
