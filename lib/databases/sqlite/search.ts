/** Finding objects by the values of any attributes. */
import { asked } from "./asked.ts";
import { classOf } from "../../model/look_up.ts";
import type { StoredValue } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classCondition, classExpression } from "../sql/class_condition.ts";
import type { Database, Statement } from "./connection.ts";
import { type FoundRows, prepareFoundRows } from "./found_rows.ts";
import type { SearchIndexes } from "./search_index.ts";
import { isAmong, isKey } from "./search_condition.ts";
import { isSpelt, KeySpeller, type SpeltKey } from "../spellings/key_speller.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import type { Spellings } from "../spellings/spellings.ts";
import { doneNow } from "../shared/steps.ts";
import { quoteName } from "../sql/sql_text.ts";
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
interface SearchStatement {
  readonly rows: FoundRows;
  /** How many objects a key finds. */
  readonly count: Statement;
  /** Which keys find any: a JSON array of their indexes. Few searches ask it. */
  readonly any: () => Statement;
  /** A key is its only value: SQLite then has no array to open for each of them. */
  readonly isSingle: boolean;
}

interface SearchStatements {
  /** The condition on visible objects with which the statements were made. */
  readonly visible: VisibleCondition | null;
  /** As they were then (`SearchIndexes.lost`). */
  readonly lost: number;
  /** For keys that have one value for each condition. */
  readonly simple: SearchStatement;
  /** For keys in which texts may be spelt in several ways: made when it is first needed. */
  readonly spelt: () => SearchStatement;
  readonly speller: KeySpeller;
}

/** A search by a plan. Its statements are made when it is first asked, and again when the user's limits have changed or indexes are gone. */
export function createSearch(context: SearchContext, plan: SearchPlan): ObjectSearch {
  let known: SearchStatements | null = null;

  const statements = (): SearchStatements => {
    const visible = plan.includeHidden ? null : context.visible.condition();
    const isKnown = known?.visible === visible && known.lost === context.indexes.lost;
    if (known === null || !isKnown) known = prepareAll(context, plan, visible);
    return known;
  };
  return {
    find: (keys) => asked(context, () => findSpelt(context, statements(), keys)),
    anyFor: (keys) => asked(context, () => anySpelt(statements(), keys)),
    all: (key) =>
      asked(context, () => {
        const { simple, spelt, speller } = statements();
        const [asked = null] = doneNow(speller.spell([key]));
        if (asked === null) return [];
        return objectsOf(isSpelt(asked) ? spelt() : simple, asked, ALL_ROWS);
      }),
    valuesOf: (object) => asked(context, () => statements().simple.rows.valuesOf(object)),
  };
}

/** One answer for each key. */
function findSpelt(
  context: SearchContext,
  searched: SearchStatements,
  keys: readonly (readonly StoredValue[])[],
): Match[] {
  return answered(searched, keys, NO_MATCH, (statement, spelt) => findMany(context, statement, spelt));
}

function anySpelt(searched: SearchStatements, keys: readonly (readonly StoredValue[])[]): boolean[] {
  return answered(searched, keys, false, ({ any, isSingle }, spelt) => {
    const found = new Set(JSON.parse(String(any().get(keysText(isSingle, spelt))?.["found"])) as number[]);
    return spelt.map((_, index) => found.has(index));
  });
}

/**
 * One answer for each key.
 * @param none for keys that find nothing, however they are spelt
 * @param answer asks one statement
 */
function answered<T>(
  { simple, spelt, speller }: SearchStatements,
  keys: readonly (readonly StoredValue[])[],
  none: T,
  answer: (statement: SearchStatement, keys: readonly SpeltKey[]) => T[],
): T[] {
  const asked = doneNow(speller.spell(keys));
  const areSimple = asked.every((key) => key !== null && !isSpelt(key));
  if (areSimple) return answer(simple, asked as readonly SpeltKey[]);
  const answers: T[] = keys.map(() => none);
  for (const statement of [simple, spelt] as const) {
    const places = [...asked.keys()].filter((place) => {
      const key = asked[place] ?? null;
      return key !== null && isSpelt(key) === (statement === spelt);
    });
    if (places.length === 0) continue;
    const made = statement === spelt ? spelt() : simple;
    const found = answer(made, places.map((place) => asked[place] ?? []));
    places.forEach((place, index) => answers[place] = found[index] ?? none);
  }
  return answers;
}

const ALL_ROWS = -1;

function findMany(
  context: SearchContext,
  statements: SearchStatement,
  keys: readonly SpeltKey[],
): Match[] {
  if (keys.length === 0) return [];
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
  statement: SearchStatement,
  key: SpeltKey,
): Match {
  const { count, isSingle } = statement;
  const ask = () => Number(count.get(keysText(isSingle, [key]))?.["count"]);
  const first = (most: number) => () => objectsOf(statement, key, most);
  return { kind: "several", count: () => asked(context, ask), first: (most) => asked(context, first(most)) };
}

/** By id: an index may give them in another order. */
function objectsOf({ rows, isSingle }: SearchStatement, key: SpeltKey, most: number): FoundObject[] {
  return [...rows.find(keysText(isSingle, [key]), most)].sort(([, a], [, b]) => a - b).map(rows.objectOf);
}

function keysText(isSingle: boolean, keys: readonly SpeltKey[]): string {
  return JSON.stringify(isSingle ? keys.map(([value = null]) => value) : keys);
}

function prepareAll(context: SearchContext, plan: SearchPlan, visible: VisibleCondition | null): SearchStatements {
  const { indexes } = context;
  // Before the statements: it makes what they use.
  const speller = new KeySpeller(context, plan, visible);
  doneNow(speller.begin());
  const simple = prepare(context, plan, visible, []);
  let made: SearchStatement | null = null;
  const spelt = () => made ??= prepare(context, plan, visible, speller.places);
  return { visible, lost: indexes.lost, simple, spelt, speller };
}

/** @param spelt the conditions for which a key has a list of texts */
function prepare(
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
