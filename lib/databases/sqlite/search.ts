/** Finding objects by the values of any attributes. */
import { attributeOf, classOf, finalAttribute, isColumn } from "../../model/look_up.ts";
import type { AttributeCode, Model, ModelClass, StoredValue } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classCondition, classExpression } from "../sql/class_condition.ts";
import type { Database, Statement } from "./connection.ts";
import { type FoundRows, prepareFoundRows } from "./found_rows.ts";
import type { SearchIndexes, ServingIndex } from "./search_index.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import type { VisibleObjects } from "./visible_objects.ts";

/** What searches are made with. */
export interface SearchContext extends Mapping {
  readonly database: Database;
  readonly indexes: SearchIndexes;
  readonly visible: VisibleObjects;
  /** Writes what is held back, so that it is found. */
  readonly flush: () => void;
}

interface SearchStatements {
  /** The condition on visible objects with which the statements were made. */
  readonly visible: VisibleCondition | null;
  /** As they were then (`SearchIndexes.lost`). */
  readonly lost: number;
  readonly rows: FoundRows;
  /** How many objects a key finds. */
  readonly count: Statement;
  /** A key is its only value: SQLite then has no array to open for each of them. */
  readonly isSingle: boolean;
}

/** A search by a plan. Its statements are made when it is first asked, and again when the user's limits have changed or indexes are gone. */
export function createSearch(context: SearchContext, plan: SearchPlan): ObjectSearch {
  let known: SearchStatements | null = null;

  const statements = (): SearchStatements => {
    const visible = plan.includeHidden ? null : context.visible.condition();
    const isKnown = known?.visible === visible && known.lost === context.indexes.lost;
    if (known === null || !isKnown) known = prepare(context, plan, visible);
    return known;
  };

  const most = plan.conditions.map((code) => longestText(context.model, plan, code));
  const canBeFound = (key: readonly StoredValue[]): boolean =>
    key.every((value, position) => typeof value !== "string" || value.length <= (most[position] ?? Infinity));

  const find = (keys: readonly (readonly StoredValue[])[]): Match[] => {
    const findable = keys.filter(canBeFound);
    if (findable.length === 0) return keys.map(() => NO_MATCH);
    const matches = findMany(context, statements(), findable);
    if (findable.length === keys.length) return matches;
    const found = matches.values();
    return keys.map((key) => canBeFound(key) ? found.next().value ?? NO_MATCH : NO_MATCH);
  };
  return {
    find: (keys) => asked(context, () => find(keys)),
    all: (key) => asked(context, () => objectsOf(statements(), key, ALL_ROWS)),
    valuesOf: (object) => asked(context, () => statements().rows.valuesOf(object)),
  };
}

/** SQLite answers at once; whoever asks need not know. */
export function asked<T>({ flush }: Pick<SearchContext, "flush">, answer: () => T): Promise<T> {
  try {
    flush();
    return Promise.resolve(answer());
  } catch (error) {
    return Promise.reject(error);
  }
}

const ALL_ROWS = -1;

/**
 * How long a text can be, in UTF-16 code units, that an attribute holds in the class or one below it, which may allow more. A longer one
 * is not worth a search: SQLite copies it again and again, which takes seconds for some MiB.
 */
function longestText(model: Model, plan: SearchPlan, code: AttributeCode | "id"): number {
  if (code === "id") return Infinity;
  const lengths = classOf(model, plan.class).concreteClasses.map((real) => {
    const attribute = attributeOf(classOf(model, real), code);
    // A character has at most two units.
    return isColumn(attribute) && "maxLength" in attribute ? 2 * attribute.maxLength : Infinity;
  });
  return Math.max(...lengths);
}

function findMany(
  context: SearchContext,
  statements: SearchStatements,
  keys: readonly (readonly StoredValue[])[],
): Match[] {
  const { rows, isSingle } = statements;
  // Two for each key tell one from several. A key that finds thousands would fill the memory.
  const most = 2 * keys.length;
  const found = rows.find(keysText(isSingle, keys), most);
  const matches: Match[] = keys.map(() => NO_MATCH);
  // The last keys may have lost rows: they are asked again.
  const complete = found.length < most || keys.length === 1 ? keys.length : found.at(-1)?.[0] ?? 0;
  for (const row of found) {
    const [index] = row;
    if (index >= complete) break;
    matches[index] = matches[index]?.kind === "none"
      ? { kind: "one", object: rows.objectOf(row) }
      : several(context, statements, keys[index] ?? []);
  }
  for (let index = complete; index < keys.length; index++) {
    matches[index] = findMany(context, statements, [keys[index] ?? []])[0] ?? NO_MATCH;
  }
  return matches;
}

const NO_MATCH: Match = { kind: "none" };

function several(
  context: SearchContext,
  statements: SearchStatements,
  key: readonly StoredValue[],
): Match {
  const { count, isSingle } = statements;
  const ask = () => Number(count.get(keysText(isSingle, [key]))?.["count"]);
  const first = (most: number) => () => objectsOf(statements, key, most);
  return { kind: "several", count: () => asked(context, ask), first: (most) => asked(context, first(most)) };
}

/** By id: an index may give them in another order. */
function objectsOf({ rows, isSingle }: SearchStatements, key: readonly StoredValue[], most: number): FoundObject[] {
  return [...rows.find(keysText(isSingle, [key]), most)].sort(([, a], [, b]) => a - b).map(rows.objectOf);
}

function keysText(isSingle: boolean, keys: readonly (readonly StoredValue[])[]): string {
  return JSON.stringify(isSingle ? keys.map(([value = null]) => value) : keys);
}

function prepare(context: SearchContext, plan: SearchPlan, visible: VisibleCondition | null): SearchStatements {
  const { database, indexes } = context;
  const table = context.layout.tableOf(plan.class);
  const from = fromWhere(context, plan, visible);
  return {
    visible,
    lost: indexes.lost,
    rows: prepareFoundRows(database, {
      head: ["k.key", idExpression(table, OBJECT_PREFIX), classExpression(table, OBJECT_PREFIX)],
      values: plan.read.map((code) => attributeExpression(context, plan.class, code, { visible })),
      from,
      fromId: `FROM ${quoteName(table.name)} AS ${OBJECT} WHERE ${hasId(table, OBJECT_PREFIX, "?")}`,
    }),
    isSingle: plan.conditions.length === 1,
    count: database.prepare(`SELECT COUNT(*) AS count ${from}`),
  };
}

function fromWhere(context: SearchContext, plan: SearchPlan, visible: VisibleCondition | null): string {
  const { model, layout } = context;
  const index = context.indexes.serve(plan.class, plan.conditions);
  const modelClass = classOf(model, plan.class);
  const ofClass = classCondition(layout, modelClass, OBJECT_PREFIX);
  const isVisible = visible?.(modelClass, OBJECT_PREFIX) ?? null;
  const conditions = [
    ...plan.conditions.map((_, position) => matches(context, plan, visible, position, index)),
    ...(ofClass === null ? [] : [ofClass]),
    ...(isVisible === null ? [] : [isVisible]),
  ];
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  // CROSS JOIN keeps the order: for each key, in turn, its objects.
  return `FROM json_each(?) AS k CROSS JOIN ${quoteName(layout.tableOf(plan.class).name)} AS ${OBJECT}${where}`;
}

/** `IS` also finds null. Text that is not a plain column has to be told to ignore case. */
function matches(
  { model, layout }: Mapping,
  plan: SearchPlan,
  visible: VisibleCondition | null,
  position: number,
  index: ServingIndex | null,
): string {
  const key = plan.conditions.length === 1 ? "k.value" : `json_extract(k.value, '$[${position}]')`;
  const code = plan.conditions[position] ?? "id";
  const value = attributeExpression({ model, layout }, plan.class, code, { visible });
  if (code === "id") return `${value} IS ${key}`;
  const modelClass = classOf(model, plan.class);
  const attribute = attributeOf(modelClass, code);
  if (isColumn(attribute)) {
    const isServed = index === null || index.has(layout.columnOf(plan.class, code).name);
    // The sign keeps SQLite from taking an index on this column in place of the better one.
    return `${isServed ? "" : "+"}${value} IS ${key}`;
  }
  const mayLack = mayLackText({ model, layout }, modelClass, code);
  const [found, sought] = mayLack ? [`COALESCE(${value}, '')`, `COALESCE(${key}, '')`] : [value, key];
  return `${found}${ignoresCase({ model, layout }, modelClass, code) ? " COLLATE NOCASE" : ""} IS ${sought}`;
}

/** Whether a text is null where an external key on the way to it is none: views show it empty, and so it is found by the empty text. */
function mayLackText({ model, layout }: Mapping, modelClass: ModelClass, code: AttributeCode): boolean {
  const { class: owner, attribute } = finalAttribute(model, modelClass, code);
  if (attribute === "id" || attribute.kind === "friendly_name" && attribute.code === code) return false;
  return isColumn(attribute) ? layout.columnOf(owner.code, attribute.code).emptyIsText : true;
}

function ignoresCase({ model, layout }: Mapping, modelClass: ModelClass, code: AttributeCode): boolean {
  const { class: owner, attribute } = finalAttribute(model, modelClass, code);
  if (attribute === "id") return false;
  return isColumn(attribute)
    ? layout.columnOf(owner.code, attribute.code).ignoresCase
    : attribute.kind === "friendly_name";
}
