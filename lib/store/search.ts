/** Finding objects by the values of any attributes. */
import { attributeOf, classOf, finalAttribute, isColumn } from "../model/look_up.ts";
import type { AttributeCode, Model, StoredValue } from "../model/model.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../model/object_store.ts";
import { attributeExpression, OBJECT } from "./attribute_expression.ts";
import { classCondition } from "./class_condition.ts";
import type { Database, Row, Statement } from "./connection.ts";
import type { SearchIndexes, ServingIndex } from "./search_index.ts";
import { quoteName } from "./sql_text.ts";
import { columnName, FINAL_CLASS, isText, tableOf } from "./table_layout.ts";
import type { VisibleObjects } from "./visible_objects.ts";

/** What searches are made with. */
export interface SearchContext {
  readonly database: Database;
  readonly model: Model;
  readonly indexes: SearchIndexes;
  readonly visible: VisibleObjects;
}

interface SearchStatements {
  /** The condition on visible objects with which the statements were made. */
  readonly visible: string | null;
  /** Two objects at most: enough to know that there are several. */
  readonly firstTwo: Statement;
  readonly all: Statement;
  readonly count: Statement;
}

/** A search by a plan. Its statements are made when it is first asked, and again when the user's limits have changed. */
export function createSearch(context: SearchContext, plan: SearchPlan): ObjectSearch {
  const modelClass = classOf(context.model, plan.class);
  let known: SearchStatements | null = null;

  const statements = (): SearchStatements => {
    const visible = plan.includeHidden ? null : context.visible.condition(modelClass);
    if (known === null || known.visible !== visible) known = prepare(context, plan, visible);
    return known;
  };

  const found = (row: Row): FoundObject => ({
    id: Number(row["id"]),
    class: String(row["class"]),
    values: plan.read.map((_, index) => row[`v${index}`] ?? null),
  });

  const findOne = ({ firstTwo, count }: SearchStatements, key: readonly StoredValue[]): Match => {
    const [first, second] = firstTwo.all(...key);
    if (first === undefined) return { kind: "none" };
    if (second === undefined) return { kind: "one", object: found(first) };
    return { kind: "several", count: Number(count.get(...key)?.["count"]) };
  };

  return {
    find(keys) {
      const prepared = statements();
      return keys.map((key) => findOne(prepared, key));
    },
    all: (key) => statements().all.all(...key).map(found),
  };
}

function prepare(context: SearchContext, plan: SearchPlan, visible: string | null): SearchStatements {
  const { database } = context;
  const columns = [
    `${OBJECT}."id" AS id`,
    `${OBJECT}."${FINAL_CLASS}" AS class`,
    ...plan.read.map((code, index) => `${attributeExpression(context.model, plan.class, code)} AS v${index}`),
  ].join(", ");
  const from = fromWhere(context, plan, visible);
  return {
    visible,
    firstTwo: database.prepare(`SELECT ${columns} ${from} LIMIT 2`),
    all: database.prepare(`SELECT ${columns} ${from} ORDER BY ${OBJECT}."id"`),
    count: database.prepare(`SELECT COUNT(*) AS count ${from}`),
  };
}

function fromWhere(context: SearchContext, plan: SearchPlan, visible: string | null): string {
  const { model } = context;
  const index = context.indexes.serve(plan.class, plan.conditions);
  const ofClass = classCondition(model, classOf(model, plan.class), `${OBJECT}.`);
  const conditions = [
    ...plan.conditions.map((code) => matches(model, plan, code, index)),
    ...(ofClass === null ? [] : [ofClass]),
    ...(visible === null ? [] : [visible]),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `FROM ${quoteName(tableOf(model, plan.class).name)} AS ${OBJECT}${where}`;
}

/** `IS` also finds null. Text that is not a plain column has to be told to ignore case. */
function matches(
  model: Model,
  plan: SearchPlan,
  code: AttributeCode | "id",
  index: ServingIndex | null,
): string {
  const value = attributeExpression(model, plan.class, code);
  if (code === "id") return `${value} IS ?`;
  const modelClass = classOf(model, plan.class);
  const attribute = attributeOf(modelClass, code);
  if (isColumn(attribute)) {
    const isServed = index === null || index.has(columnName(model, plan.class, code));
    // The sign keeps SQLite from taking an index on this column in place of the better one.
    return `${isServed ? "" : "+"}${value} IS ?`;
  }
  const { attribute: final } = finalAttribute(model, modelClass, code);
  const ignoresCase = final !== "id" && (isColumn(final) ? isText(final) : final.kind === "friendly_name");
  return `${value}${ignoresCase ? " COLLATE NOCASE" : ""} IS ?`;
}
