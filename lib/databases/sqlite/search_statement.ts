/** A statement of a search, and what it is made with. */
import { classOf } from "../../model/look_up.ts";
import type { Mapping } from "../../store/layout.ts";
import type { SearchPlan } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classCondition, classExpression } from "../sql/class_condition.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { Database, Statement } from "./connection.ts";
import { type FoundRows, prepareFoundRows } from "./found_rows.ts";
import { isAmong, isKey } from "./search_condition.ts";
import type { SearchIndexes } from "./search_index.ts";
import type { Spellings } from "../spellings/spellings.ts";
import type { VisibleObjects } from "./visible_objects.ts";

/** What searches are made with. */
export interface SearchContext extends Mapping {
  readonly database: Database;
  readonly indexes: SearchIndexes;
  readonly visible: VisibleObjects;
  /** Null: texts are compared as the database does by itself. */
  readonly spellings: Spellings | null;
  /** Writes what is held back, so that it is found. */
  readonly flush: () => void;
}

/** Which objects a statement finds for a key. */
export interface SearchStatement {
  readonly rows: FoundRows;
  /** How many objects a key finds. */
  readonly count: Statement;
  /** Which keys find any: a JSON array of their indexes. Few searches ask it. */
  readonly any: () => Statement;
  /** A key is its only value: SQLite then has no array to open for each of them. */
  readonly isSingle: boolean;
}

/** @param spelt the conditions for which a key has a list of texts */
export function prepareStatement(
  context: SearchContext,
  plan: SearchPlan,
  visible: VisibleCondition | null,
  spelt: readonly number[],
): SearchStatement {
  const { database } = context;
  const table = context.layout.tableOf(plan.class);
  const { objects, where } = fromWhere(context, plan, visible, spelt);
  // CROSS JOIN keeps the order: for each key, in turn, its objects.
  const from = `FROM json_each(?) AS k CROSS JOIN ${objects}${where}`;
  const anyText = `SELECT json_group_array(k.key) AS found FROM json_each(?) AS k ` +
    `WHERE EXISTS (SELECT 1 FROM ${objects}${where})`;
  let any: Statement | null = null;
  return {
    rows: prepareFoundRows(database, {
      head: ["k.key", idExpression(table, OBJECT_PREFIX), classExpression(table, OBJECT_PREFIX)],
      values: plan.read.map((code) => attributeExpression(context, plan.class, code, { visible })),
      from,
      fromId: `FROM ${quoteName(table.name)} AS ${OBJECT} WHERE ${hasId(table, OBJECT_PREFIX, "?")}`,
    }),
    isSingle: plan.conditions.length === 1,
    count: database.prepare(`SELECT COUNT(*) AS count ${from}`),
    any: () => any ??= database.prepare(anyText),
  };
}

function fromWhere(
  context: SearchContext,
  plan: SearchPlan,
  visible: VisibleCondition | null,
  spelt: readonly number[],
): { readonly objects: string; readonly where: string } {
  const { model, layout } = context;
  const index = context.indexes.serve(plan.class, plan.conditions);
  const modelClass = classOf(model, plan.class);
  const ofClass = classCondition(layout, modelClass, OBJECT_PREFIX);
  const isVisible = visible?.(modelClass, OBJECT_PREFIX) ?? null;
  const conditions = [
    ...plan.conditions.map((_, position) => {
      const place = { plan, visible, position, index };
      return spelt.includes(position) ? isAmong(context, place) : isKey(context, place);
    }),
    ...(ofClass === null ? [] : [ofClass]),
    ...(isVisible === null ? [] : [isVisible]),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return { objects: `${quoteName(layout.tableOf(plan.class).name)} AS ${OBJECT}`, where };
}
