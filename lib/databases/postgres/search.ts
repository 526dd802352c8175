/** Finding objects by the values of any attributes. */
import { attributeOf, classOf, isColumn } from "../../model/look_up.ts";
import type { StoredValue } from "../../model/model.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classCondition, classExpression } from "../sql/class_condition.ts";
import type { SpokenMapping } from "../sql/dialect.ts";
import { isLong } from "../sql/index_statements.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import { KeySpeller, type SpeltKey } from "../spellings/key_speller.ts";
import type { Spellings } from "../spellings/spellings.ts";
import { doneLater } from "../shared/steps.ts";
import type { PostgresValue } from "./postgres_connection.ts";
import { unnest } from "./column_arrays.ts";
import { FoundRows } from "./found_rows.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { INDEXED_CHARACTERS } from "./postgres_dialect.ts";
import type { SearchIndexes } from "./search_indexes.ts";
import { type KeyColumn, keyColumns, type KeyGroup, keyGroups } from "./search_keys.ts";
import type { VisibleObjects } from "./visible_objects.ts";

/** What searches are made with. */
export interface SearchContext extends Required<SpokenMapping> {
  readonly database: PostgresDatabase;
  readonly indexes: SearchIndexes;
  readonly visible: VisibleObjects;
  readonly spellings: Spellings;
  /** Writes what is held back, so that it is found. */
  readonly flush: () => Promise<void>;
}

/** A search as it is asked now: made anew when the user's limits have changed or indexes are gone. */
interface Prepared {
  readonly visible: VisibleCondition | null;
  readonly lost: number;
  readonly speller: KeySpeller;
  readonly columns: readonly KeyColumn[];
  readonly rows: FoundRows;
}

const NO_MATCH: Match = { kind: "none" };

/** Two for each key tell one from several. */
const ENOUGH = 2;

export class PostgresSearch implements ObjectSearch {
  #prepared: Promise<Prepared> | null = null;
  #visible: VisibleCondition | null = null;
  #lost = -1;

  constructor(private readonly context: SearchContext, private readonly plan: SearchPlan) {}

  async find(keys: readonly (readonly StoredValue[])[]): Promise<Match[]> {
    if (keys.length === 0) return [];
    const { prepared, spelt } = await this.#asked(keys);
    const matches: Match[] = keys.map(() => NO_MATCH);
    for (const group of keyGroups(prepared.columns, spelt)) {
      for (const row of await this.#found(prepared, group, ENOUGH)) {
        const [index] = row;
        matches[index] = matches[index]?.kind === "none"
          ? { kind: "one", object: prepared.rows.objectOf(row) }
          : this.#several(prepared, spelt[index] ?? null);
      }
    }
    return matches;
  }

  async anyFor(keys: readonly (readonly StoredValue[])[]): Promise<boolean[]> {
    const { prepared, spelt } = await this.#asked(keys);
    const any = keys.map(() => false);
    for (const group of keyGroups(prepared.columns, spelt)) {
      const { keys: k, where } = this.#fromWhere(prepared, group);
      const found = await this.context.database.rows(
        `SELECT k.n FROM ${k} WHERE EXISTS (SELECT 1 FROM ${this.#objects}${where})`,
        ...parametersOf(group),
      );
      for (const [index] of found) any[Number(index)] = true;
    }
    return any;
  }

  async all(key: readonly StoredValue[]): Promise<FoundObject[]> {
    const { prepared, spelt: [asked = null] } = await this.#asked([key]);
    return await this.#objectsOf(prepared, asked, null);
  }

  async valuesOf(object: FoundObject): Promise<readonly StoredValue[]> {
    if (object.values !== null) return object.values;
    await this.context.flush();
    return await (await this.#prepare()).rows.valuesOf(object);
  }

  async #asked(keys: readonly (readonly StoredValue[])[]) {
    await this.context.flush();
    const prepared = await this.#prepare();
    return { prepared, spelt: await doneLater(prepared.speller.spell(keys)) };
  }

  async #prepare(): Promise<Prepared> {
    const { indexes, visible } = this.context;
    const now = this.plan.includeHidden ? null : await visible.condition();
    if (this.#prepared === null || now !== this.#visible || indexes.lost !== this.#lost) {
      this.#visible = now;
      this.#lost = indexes.lost;
      this.#prepared = this.#prepareFor(now);
    }
    return await this.#prepared;
  }

  async #prepareFor(visible: VisibleCondition | null): Promise<Prepared> {
    const { context, plan } = this;
    const speller = new KeySpeller(context, plan, visible);
    await doneLater(speller.begin());
    await context.indexes.serve(plan.class, plan.conditions);
    const table = context.layout.tableOf(plan.class);
    const rows = new FoundRows(context.database, {
      head: ["k.n", idExpression(table, OBJECT_PREFIX), classExpression(table, OBJECT_PREFIX)],
      values: plan.read.map((code) => attributeExpression(context, plan.class, code, { visible })),
      fromId: `FROM ${this.#objects} WHERE ${hasId(table, OBJECT_PREFIX, "$1")}`,
    });
    return { visible, lost: context.indexes.lost, speller, columns: keyColumns(context, plan), rows };
  }

  #found(prepared: Prepared, group: KeyGroup, most: number | null) {
    const { keys, where } = this.#fromWhere(prepared, group);
    const limit = `$${parametersOf(group).length + 1}`;
    const query = prepared.rows.query(
      `FROM ${keys} CROSS JOIN LATERAL (SELECT ${prepared.rows.columns} FROM ${this.#objects}${where} LIMIT ${limit}::bigint) AS r`,
    );
    return prepared.rows.find(query, [...parametersOf(group), most]);
  }

  /** By id: an index may give them in another order. */
  async #objectsOf(prepared: Prepared, key: SpeltKey | null, most: number | null): Promise<FoundObject[]> {
    const rows = [];
    for (const group of keyGroups(prepared.columns, [key])) rows.push(...await this.#found(prepared, group, most));
    const sorted = rows.sort(([, a], [, b]) => a - b).map(prepared.rows.objectOf);
    return most === null ? sorted : sorted.slice(0, most);
  }

  #several(prepared: Prepared, key: SpeltKey | null): Match {
    return {
      kind: "several",
      count: async () => {
        await this.context.flush();
        let count = 0;
        for (const group of keyGroups(prepared.columns, [key])) count += await this.#count(prepared, group);
        return count;
      },
      first: async (most) => {
        await this.context.flush();
        return await this.#objectsOf(prepared, key, most);
      },
    };
  }

  async #count(prepared: Prepared, group: KeyGroup): Promise<number> {
    const { keys, where } = this.#fromWhere(prepared, group);
    const row = await this.context.database.row(
      `SELECT count(*) FROM ${keys} CROSS JOIN ${this.#objects}${where}`,
      ...parametersOf(group),
    );
    return Number(row?.[0]);
  }

  get #objects(): string {
    return `${quoteName(this.context.layout.tableOf(this.plan.class).name)} AS ${OBJECT}`;
  }

  #fromWhere({ columns, visible }: Prepared, { areNull }: KeyGroup): { readonly keys: string; readonly where: string } {
    const { context, plan } = this;
    const given = columns.flatMap((column, position) => areNull[position] === true ? [] : [{ column, position }]);
    const modelClass = classOf(context.model, plan.class);
    const conditions = [
      ...columns.map((column, position) => this.#condition(column, position, areNull[position] === true, visible)),
      classCondition(context.layout, modelClass, OBJECT_PREFIX),
      visible?.(modelClass, OBJECT_PREFIX) ?? null,
    ].filter((one) => one !== null);
    const names = ["n", ...given.map(({ position }) => `c${position}`)];
    return {
      keys: `${unnest(["bigint", ...given.map(({ column }) => column.type)])} AS k (${names.join(", ")})`,
      where: conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`,
    };
  }

  #condition(column: KeyColumn, position: number, isNull: boolean, visible: VisibleCondition | null): string {
    const { context, plan } = this;
    const code = plan.conditions[position] ?? "id";
    const value = attributeExpression(context, plan.class, code, { visible });
    if (isNull) return `${value} IS NULL`;
    const present = column.mayLackText ? `COALESCE(${value}, '')` : value;
    const compared = column.ignoresCase ? context.dialect.folded(present) : present;
    const key = `k.c${position}`;
    const cut = (text: string) => `"left"(${text}, ${INDEXED_CHARACTERS})`;
    const isCut = this.#isCut(code);
    return `${isCut ? `${cut(compared)} = ${cut(key)} AND ` : ""}${compared} = ${key}`;
  }

  /** Whether an index has the beginning of the text only. */
  #isCut(code: string): boolean {
    const { model, layout } = this.context;
    if (code === "id") return false;
    const attribute = attributeOf(classOf(model, this.plan.class), code);
    return isColumn(attribute) ? isLong(layout.columnOf(this.plan.class, code)) : attribute.kind === "friendly_name";
  }
}

function parametersOf({ indexes, values }: KeyGroup): PostgresValue[] {
  return [indexes, ...values];
}
