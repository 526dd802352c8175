/** Finding objects by the values of any attributes. */
import { ALL_ROWS, findMany, inOrder, keysText, NO_MATCH, objectsOf } from "./answers_of_keys.ts";
import { asked } from "./asked.ts";
import type { StoredValue } from "../../model/model.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { doneNow } from "../shared/steps.ts";
import { withNames } from "../named/later_named_search.ts";
import { isSpelt, KeySpeller, type SpeltKey } from "../spellings/key_speller.ts";
import type { VisibleCondition } from "../sql/attribute_expression.ts";
import type { FoundRow } from "../sql/json_rows.ts";
import { prepareStatement, type SearchContext, type SearchStatement } from "./search_statement.ts";

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

/** A search by a plan. */
export function createSearch(context: SearchContext, plan: SearchPlan): ObjectSearch {
  const { indexes, spellings, visible } = context;
  const searching = {
    mapping: context,
    makesIndexes: indexes.mayCreate && spellings !== null,
    isLimited: () => visible.condition() !== null,
  };
  return withNames(searching, plan, createWholeSearch(context, plan), (other) => createSearch(context, other));
}

/** Its statements are made when it is first asked, and again when the user's limits have changed or indexes are gone. */
function createWholeSearch(context: SearchContext, plan: SearchPlan): ObjectSearch {
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
    allOf: (keys) => asked(context, () => allSpelt(statements(), keys, null) ?? []),
    fewOf: (keys, most) => asked(context, () => allSpelt(statements(), keys, most)),
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

/** @param most null: all of them @returns null: there are more */
function allSpelt(
  searched: SearchStatements,
  keys: readonly (readonly StoredValue[])[],
  most: number | null,
): FoundObject[][] | null {
  let found = 0;
  const lists = answered(searched, keys, [], ({ rows, isSingle }, spelt) => {
    const ofKeys: FoundRow[][] = spelt.map(() => []);
    if (spelt.length === 0) return [];
    for (const row of rows.find(keysText(isSingle, spelt), most === null ? ALL_ROWS : most - found + 1)) {
      ofKeys[row[0]]?.push(row);
      found++;
    }
    return most !== null && found > most ? [] : ofKeys.map((list) => inOrder(list).map(rows.objectOf));
  });
  return most !== null && found > most ? null : lists;
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

function prepareAll(context: SearchContext, plan: SearchPlan, visible: VisibleCondition | null): SearchStatements {
  const { indexes } = context;
  // Before the statements: it makes what they use.
  const speller = new KeySpeller(context, plan, visible);
  doneNow(speller.begin());
  const simple = prepareStatement(context, plan, visible, []);
  let made: SearchStatement | null = null;
  const spelt = () => made ??= prepareStatement(context, plan, visible, speller.places);
  return { visible, lost: indexes.lost, simple, spelt, speller };
}
