/** The statements of a search: one for each way in which a key may be given, made when it is first needed. */
import type { SearchPlan } from "../../store/objects.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import { quoteName } from "../sql/sql_text.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { ROW, tableName } from "./foreign_table.ts";
import { type FoundRow, type FoundRows, foundRows } from "./found_rows.ts";
import { type AskedKeys, askedRows, type KeyRows, keyRows } from "./key_rows.ts";
import type { KeyTable } from "./key_tables.ts";
import { addressColumns } from "./row_address.ts";
import { type ConditionForm, isNothing, type SearchCondition, searchCondition } from "./search_condition.ts";
import { type ServedColumns, servingIndex } from "./serving_index.ts";
import { TableSize } from "./table_size.ts";

/** A key as it is bound. */
export interface BoundKey {
  /** Keys of the same are asked together. */
  readonly statement: string;
  readonly forms: readonly ConditionForm[];
  /** Values for all conditions, one list of which a row must have. */
  readonly alternatives: readonly (readonly Raw[])[];
}

export interface SearchStatement {
  readonly rows: KeyRows<FoundRow>;
  /** Which keys find anything. */
  readonly any: KeyRows;
  /** How many rows a key finds. */
  readonly count: KeyRows;
  /** All that a key finds, in the order of the ids. */
  readonly ordered: KeyRows<FoundRow>;
}

export class SearchStatements {
  readonly conditions: readonly SearchCondition[];
  readonly found: FoundRows;
  readonly #statements = new Map<string, SearchStatement>();
  readonly #served = new Map<string, ServedColumns | null>();
  readonly #size: TableSize;
  #keyTable: KeyTable | null = null;

  constructor(private readonly context: ForeignContext, private readonly plan: SearchPlan) {
    this.conditions = plan.conditions.map((code) => searchCondition(context, plan.class, code));
    this.found = foundRows(context, plan.class, plan.read);
    this.#size = new TableSize(context.database, tableOf(context, plan.class));
  }

  /** @param asked how many keys are going to be asked */
  statementFor(forms: readonly ConditionForm[], asked: number): SearchStatement {
    const keyTable = this.#keyTableFor(forms, asked);
    const name = `${keyTable?.name}:${forms.join()}`;
    let statement = this.#statements.get(name);
    if (statement === undefined) this.#statements.set(name, statement = this.#prepare(forms, keyTable));
    return statement;
  }

  /** Null: an index of the database serves, or it is not worth while yet. */
  #keyTableFor(forms: readonly ConditionForm[], asked: number): KeyTable | null {
    const { keyTables } = this.context;
    if (keyTables === null || this.#serve(forms) !== null) return null;
    const parts = this.conditions.map(({ part }) => part);
    if (!forms.includes("value") || !parts.every((part) => part !== null)) return null;
    if (this.#keyTable !== null && keyTables.isThere(this.#keyTable)) return this.#keyTable;
    if (this.#keyTable === null && !this.#size.isWorthTable(asked)) return null;
    return this.#keyTable = keyTables.tableFor(tableOf(this.context, this.plan.class), parts);
  }

  /** Null: every row would have to be looked at. */
  #serve(forms: readonly ConditionForm[]): ServedColumns | null {
    const name = forms.join();
    const known = this.#served.get(name);
    if (known !== undefined) return known;
    const served = this.#findIndex(forms);
    this.#served.set(name, served);
    return served;
  }

  #findIndex(forms: readonly ConditionForm[]): ServedColumns | null {
    if (forms.includes("key") || forms.includes("rowid")) return new Set();
    const columns = this.conditions.flatMap(({ column }, place) =>
      column !== null && forms[place] === "value" ? [column] : []
    );
    const { database } = this.context;
    return servingIndex(database, tableOf(this.context, this.plan.class), columns, () => this.#size.count());
  }

  #prepare(forms: readonly ConditionForm[], keyTable: KeyTable | null): SearchStatement {
    const { database } = this.context;
    const table = tableOf(this.context, this.plan.class);
    const width = forms.reduce((sum, form, place) => sum + (this.conditions[place]?.widthOf(form) ?? 0), 0);
    const served = this.#serve(forms);
    const from = (keys: AskedKeys) => this.#from(forms, keys, served, keyTable);
    const order = ` ORDER BY ${addressColumns(table).join(", ")}`;
    const rows = (orderBy: string) =>
      askedRows(database, {
        width,
        // CROSS JOIN keeps the order: for each key, in turn, its rows.
        sqlOf: (keys, limit) =>
          this.found.select(keys.place, `FROM ${keys.table} CROSS JOIN ${from(keys)}${orderBy}${limit || " LIMIT -1"}`),
        rowsIn: this.found.rowsIn,
        placeOf: ([place]) => place,
      });
    return {
      rows: rows(""),
      ordered: rows(order),
      any: keyRows(
        database,
        width,
        (keys) => `SELECT ${keys.place} AS place FROM ${keys.table} WHERE EXISTS (SELECT 1 FROM ${from(keys)})`,
      ),
      count: keyRows(
        database,
        width,
        (keys) => `SELECT 0 AS place, COUNT(*) AS count FROM ${keys.table} CROSS JOIN ${from(keys)}`,
      ),
    };
  }

  /** `table AS t WHERE …` */
  #from(
    forms: readonly ConditionForm[],
    { values }: AskedKeys,
    served: ServedColumns | null,
    keyTable: KeyTable | null,
  ): string {
    const rows = `${tableName(tableOf(this.context, this.plan.class))} AS ${ROW}`;
    let used = 0;
    const conditions = forms.map((form, place) => {
      const condition = this.conditions[place];
      if (condition === undefined) throw new Error("a key has a value for each condition");
      const own = values.slice(used, used += condition.widthOf(form));
      const { column } = condition;
      const isServed = keyTable === null && (served === null || column === null || served.has(column));
      const isOfRow = condition.sqlOf(form, own, isServed);
      if (keyTable === null) return isOfRow;
      const part = `${KEY}.${keyTable.parts[place]}`;
      return form === "nothing" ? isNothing(part) : `${part} = ${own[0]}`;
    });
    if (keyTable === null) return `${rows} WHERE ${conditions.length === 0 ? "TRUE" : conditions.join(" AND ")}`;
    return `temp.${quoteName(keyTable.name)} AS ${KEY} CROSS JOIN ${rows} WHERE ${conditions.join(" AND ")} AND ${
      keyTable.isRow(KEY, ROW)
    }`;
  }
}

/** The name of a table of keys in a statement. */
const KEY = "x";
