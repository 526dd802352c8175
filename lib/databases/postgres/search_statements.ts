/** The statements of a search: for each set of conditions that are null one of each kind. */
import { attributeOf, classOf, isColumn } from "../../model/look_up.ts";
import type { SearchPlan } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classCondition, classExpression } from "../sql/class_condition.ts";
import type { SpokenMapping } from "../sql/dialect.ts";
import { isLong } from "../sql/index_statements.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import { unnest } from "./column_arrays.ts";
import { FoundRows } from "./found_rows.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { INDEXED_CHARACTERS } from "./postgres_dialect.ts";
import { type KeyColumn, keyColumns, type KeyGroup } from "./search_keys.ts";

/** Their parameters are those of a group of keys. */
export interface SearchStatement {
  /** The objects of each key, as `FoundRows` reads them; behind the others stand how many of each key, and of all keys. Null: all. */
  readonly find: string;
  /** The same, and of each key those with the lowest ids. */
  readonly first: string;
  /** The indexes of the keys that find any. */
  readonly any: string;
  /** How many objects all keys find. */
  readonly count: string;
}

export class SearchStatements {
  readonly columns: readonly KeyColumn[];
  readonly rows: FoundRows;
  readonly #known = new Map<string, SearchStatement>();

  /** @param visible the condition on visible objects */
  constructor(
    database: PostgresDatabase,
    private readonly mapping: Required<SpokenMapping>,
    private readonly plan: SearchPlan,
    private readonly visible: VisibleCondition | null,
  ) {
    this.columns = keyColumns(mapping, plan);
    const table = mapping.layout.tableOf(plan.class);
    this.rows = new FoundRows(database, {
      head: ["k.n", idExpression(table, OBJECT_PREFIX), classExpression(table, OBJECT_PREFIX)],
      values: plan.read.map((code) => attributeExpression(mapping, plan.class, code, { visible })),
      fromId: `FROM ${this.#objects} WHERE ${hasId(table, OBJECT_PREFIX, "$1")}`,
    });
  }

  for({ areNull }: KeyGroup): SearchStatement {
    const name = areNull.join();
    let statement = this.#known.get(name);
    if (statement === undefined) this.#known.set(name, statement = this.#make(areNull));
    return statement;
  }

  #make(areNull: readonly boolean[]): SearchStatement {
    const given = this.columns.flatMap(({ type }, position) => areNull[position] === true ? [] : [{ type, position }]);
    const names = ["n", ...given.map(({ position }) => `c${position}`)];
    const keys = `${unnest(["bigint", ...given.map(({ type }) => type)])} AS k (${names.join(", ")})`;
    const objects = `${this.#objects}${this.#where(areNull)}`;
    const [ofKey, ofAll] = [names.length + 1, names.length + 2];
    const found = (order: string) => {
      const ofOne = `SELECT ${this.rows.columns} FROM ${objects}${order} LIMIT $${ofKey}::bigint`;
      return this.rows.query(
        `FROM (SELECT o.* FROM ${keys} CROSS JOIN LATERAL (${ofOne}) AS o LIMIT $${ofAll}::bigint) AS r`,
      );
    };
    return {
      find: found(""),
      // Not by the index of the ids: who is looked for may stand at its end.
      first: found(` ORDER BY ${idExpression(this.mapping.layout.tableOf(this.plan.class), OBJECT_PREFIX)} + 0`),
      any: `SELECT k.n FROM ${keys} WHERE EXISTS (SELECT 1 FROM ${objects})`,
      count: `SELECT count(*) FROM ${keys} CROSS JOIN ${objects}`,
    };
  }

  get #objects(): string {
    return `${quoteName(this.mapping.layout.tableOf(this.plan.class).name)} AS ${OBJECT}`;
  }

  #where(areNull: readonly boolean[]): string {
    const { mapping, plan, visible } = this;
    const modelClass = classOf(mapping.model, plan.class);
    const conditions = [
      ...this.columns.map((column, position) => this.#condition(column, position, areNull[position] === true)),
      classCondition(mapping.layout, modelClass, OBJECT_PREFIX),
      visible?.(modelClass, OBJECT_PREFIX) ?? null,
    ].filter((one) => one !== null);
    return conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  }

  /** No index serves a comparison that finds null, too: whether it is null is known of every key. */
  #condition(column: KeyColumn, position: number, isNull: boolean): string {
    const { mapping, plan, visible } = this;
    const code = plan.conditions[position] ?? "id";
    const value = attributeExpression(mapping, plan.class, code, { visible });
    if (isNull) return `${value} IS NULL`;
    const present = column.mayLackText ? `COALESCE(${value}, '')` : value;
    const compared = column.ignoresCase ? mapping.dialect.folded(present) : present;
    const key = `k.c${position}`;
    const isSame = `${compared} = ${key}`;
    return this.#isCut(code) ? `${cut(compared)} = ${cut(key)} AND ${isSame}` : isSame;
  }

  /** Whether an index has the beginning of the text only. */
  #isCut(code: string): boolean {
    if (code === "id") return false;
    const { mapping: { model, layout }, plan } = this;
    const attribute = attributeOf(classOf(model, plan.class), code);
    return isColumn(attribute) ? isLong(layout.columnOf(plan.class, code)) : attribute.kind === "friendly_name";
  }
}

function cut(text: string): string {
  return `"left"(${text}, ${INDEXED_CHARACTERS})`;
}
