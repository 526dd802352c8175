/** Finding objects by the values of any attributes. */
import { ALL_ROWS, findMany, inOrder, keysText, NO_MATCH, objectsOf } from "./answers_of_keys.ts";
import { asked } from "./asked.ts";
import { classOf } from "../../model/look_up.ts";
import type { StoredValue } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classCondition, classExpression } from "../sql/class_condition.ts";
import type { Database, Statement } from "./connection.ts";
import { type FoundRow, type FoundRows, prepareFoundRows } from "./found_rows.ts";
import type { SearchIndexes } from "./search_index.ts";
import { isAmong, isKey } from "./search_condition.ts";
import { isSpelt, KeySpeller, type SpeltKey } from "./key_speller.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import type { Spellings } from "./spellings.ts";
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
export interface SearchStatement {
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
        const [asked = null] = speller.spell([key]);
        if (asked === null) return [];
        return objectsOf(isSpelt(asked) ? spelt() : simple, asked, ALL_ROWS);
      }),
    allOf: (keys) => asked(context, () => allSpelt(statements(), keys)),
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

function allSpelt(searched: SearchStatements, keys: readonly (readonly StoredValue[])[]): FoundObject[][] {
  return answered(searched, keys, [], ({ rows, isSingle }, spelt) => {
    const lists: FoundRow[][] = spelt.map(() => []);
    if (spelt.length > 0) {
      for (const row of rows.find(keysText(isSingle, spelt), ALL_ROWS)) lists[row[0]]?.push(row);
    }
    return lists.map((list) => inOrder(list).map(rows.objectOf));
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
  const asked = speller.spell(keys);
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

function prepareAll(context: SearchContext, plan: SearchPlan, visible: VisibleCondition | null): SearchStatements {
  const { indexes } = context;
  // Before the statements: it makes what they use.
  const speller = new KeySpeller(context, plan, visible);
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
