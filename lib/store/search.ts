/** Finding objects by the values of any attributes. */
import { attributeOf, classOf, finalAttribute, isColumn } from "../model/look_up.ts";
import type { AttributeCode, Model, StoredValue } from "../model/model.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../model/object_store.ts";
import { attributeExpression, OBJECT, type VisibleCondition } from "./attribute_expression.ts";
import { classCondition } from "./class_condition.ts";
import type { Database, Statement } from "./connection.ts";
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
  readonly visible: VisibleCondition | null;
  /**
   * Takes a JSON array of keys and a number of rows; gives one JSON array of rows, each with the index of its key, the id, the
   * class and the values. One call for many keys: calls, and a JavaScript object for each row, cost more than the search itself.
   */
  readonly find: Statement;
  /** Whether the values of a row come as lists of some values each: a row has more than a function takes. */
  readonly isInGroups: boolean;
  readonly count: Statement;
  /** A key is its only value: SQLite then has no array to open for each of them. */
  readonly isSingle: boolean;
}

/** A row as the statement gives it: index of the key, id, class, values. */
type FoundRow = readonly [number, number, string, ...StoredValue[]];

/** A search by a plan. Its statements are made when it is first asked, and again when the user's limits have changed. */
export function createSearch(context: SearchContext, plan: SearchPlan): ObjectSearch {
  let known: SearchStatements | null = null;

  const statements = (): SearchStatements => {
    const visible = plan.includeHidden ? null : context.visible.condition();
    if (known === null || known.visible !== visible) known = prepare(context, plan, visible);
    return known;
  };

  const most = plan.conditions.map((code) => longestText(context.model, plan, code));
  const canBeFound = (key: readonly StoredValue[]): boolean =>
    key.every((value, position) => typeof value !== "string" || value.length <= (most[position] ?? Infinity));

  return {
    find: (keys) => {
      const findable = keys.filter(canBeFound);
      if (findable.length === 0) return keys.map(() => NO_MATCH);
      const matches = findMany(statements(), findable);
      if (findable.length === keys.length) return matches;
      const found = matches.values();
      return keys.map((key) => canBeFound(key) ? found.next().value ?? NO_MATCH : NO_MATCH);
    },
    all: (key) => rowsFor(statements(), [key], ALL_ROWS).map(foundObject),
  };
}

const ALL_ROWS = -1;

/**
 * How long a text can be, in UTF-16 code units, that an attribute holds. A longer one is not worth a search: SQLite copies it again and
 * again, which takes seconds for some MiB.
 */
function longestText(model: Model, plan: SearchPlan, code: AttributeCode | "id"): number {
  if (code === "id") return Infinity;
  const attribute = attributeOf(classOf(model, plan.class), code);
  // A character has at most two units.
  return isColumn(attribute) && "maxLength" in attribute ? 2 * attribute.maxLength : Infinity;
}

function findMany(statements: SearchStatements, keys: readonly (readonly StoredValue[])[]): Match[] {
  // Two for each key tell one from several. A key that finds thousands would fill the memory.
  const most = 2 * keys.length;
  const rows = rowsFor(statements, keys, most);
  const matches: Match[] = keys.map(() => NO_MATCH);
  // The last keys may have lost rows: they are asked again.
  const complete = rows.length < most ? keys.length : rows.at(-1)?.[0] ?? 0;
  for (const row of rows) {
    const [index] = row;
    if (index >= complete) break;
    matches[index] = matches[index]?.kind === "none"
      ? { kind: "one", object: foundObject(row) }
      : { kind: "several", count: 0 };
  }
  for (let index = 0; index < keys.length; index++) {
    if (index >= complete) matches[index] = findOne(statements, keys[index] ?? []);
    else if (matches[index]?.kind === "several") matches[index] = several(statements, keys[index] ?? []);
  }
  return matches;
}

const NO_MATCH: Match = { kind: "none" };

function findOne(statements: SearchStatements, key: readonly StoredValue[]): Match {
  const [first, second] = rowsFor(statements, [key], 2);
  if (first === undefined) return NO_MATCH;
  return second === undefined ? { kind: "one", object: foundObject(first) } : several(statements, key);
}

function several(statements: SearchStatements, key: readonly StoredValue[]): Match {
  return { kind: "several", count: Number(statements.count.get(keysText(statements, [key]))?.["count"]) };
}

function rowsFor(
  statements: SearchStatements,
  keys: readonly (readonly StoredValue[])[],
  most: number,
): readonly FoundRow[] {
  const rows = JSON.parse(String(statements.find.get(keysText(statements, keys), most)?.["rows"]));
  return statements.isInGroups ? rows.map((groups: readonly StoredValue[][]) => groups.flat()) : rows;
}

function keysText({ isSingle }: SearchStatements, keys: readonly (readonly StoredValue[])[]): string {
  return JSON.stringify(isSingle ? keys.map(([value = null]) => value) : keys);
}

function foundObject([, id, modelClass, ...values]: FoundRow): FoundObject {
  return { id, class: modelClass, values };
}

function prepare(context: SearchContext, plan: SearchPlan, visible: VisibleCondition | null): SearchStatements {
  const { database } = context;
  const columns = [
    `${OBJECT}."id"`,
    `${OBJECT}."${FINAL_CLASS}"`,
    ...plan.read.map((code) => attributeExpression(context.model, plan.class, code, { visible })),
  ];
  const from = fromWhere(context, plan, visible);
  const rows = `SELECT ${
    ["k.key", ...columns].map((column, index) => `${column} AS c${index}`).join(", ")
  } ${from} LIMIT ?`;
  const names = ["k.key", ...columns].map((_, index) => `c${index}`);
  const isInGroups = names.length > MOST_ARGUMENTS;
  return {
    visible,
    isSingle: plan.conditions.length === 1,
    find: database.prepare(
      `SELECT json_group_array(${isInGroups ? arrayOfGroups(names) : arrayOf(names)}) AS rows FROM (${rows})`,
    ),
    isInGroups,
    count: database.prepare(`SELECT COUNT(*) AS count ${from}`),
  };
}

/** Of an SQL function; SQLite takes 127, and 1,000 since version 3.48. */
const MOST_ARGUMENTS = 100;

function arrayOf(names: readonly string[]): string {
  return `json_array(${names.join(", ")})`;
}

function arrayOfGroups(names: readonly string[]): string {
  const groups: string[] = [];
  for (let start = 0; start < names.length; start += MOST_ARGUMENTS) {
    groups.push(arrayOf(names.slice(start, start + MOST_ARGUMENTS)));
  }
  return arrayOf(groups);
}

function fromWhere(context: SearchContext, plan: SearchPlan, visible: VisibleCondition | null): string {
  const { model } = context;
  const index = context.indexes.serve(plan.class, plan.conditions);
  const modelClass = classOf(model, plan.class);
  const ofClass = classCondition(model, modelClass, `${OBJECT}.`);
  const isVisible = visible?.(modelClass, `${OBJECT}.`) ?? null;
  const conditions = [
    ...plan.conditions.map((_, position) => matches(model, plan, visible, position, index)),
    ...(ofClass === null ? [] : [ofClass]),
    ...(isVisible === null ? [] : [isVisible]),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  // CROSS JOIN keeps the order: for each key, in turn, its objects.
  return `FROM json_each(?) AS k CROSS JOIN ${quoteName(tableOf(model, plan.class).name)} AS ${OBJECT}${where}`;
}

/** `IS` also finds null. Text that is not a plain column has to be told to ignore case. */
function matches(
  model: Model,
  plan: SearchPlan,
  visible: VisibleCondition | null,
  position: number,
  index: ServingIndex | null,
): string {
  const key = plan.conditions.length === 1 ? "k.value" : `json_extract(k.value, '$[${position}]')`;
  const code = plan.conditions[position] ?? "id";
  const value = attributeExpression(model, plan.class, code, { visible });
  if (code === "id") return `${value} IS ${key}`;
  const modelClass = classOf(model, plan.class);
  const attribute = attributeOf(modelClass, code);
  if (isColumn(attribute)) {
    const isServed = index === null || index.has(columnName(model, plan.class, code));
    // The sign keeps SQLite from taking an index on this column in place of the better one.
    return `${isServed ? "" : "+"}${value} IS ${key}`;
  }
  const { attribute: final } = finalAttribute(model, modelClass, code);
  const ignoresCase = final !== "id" && (isColumn(final) ? isText(final) : final.kind === "friendly_name");
  return `${value}${ignoresCase ? " COLLATE NOCASE" : ""} IS ${key}`;
}
