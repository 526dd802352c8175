/** Finding rows by the values of any attributes. */
import type { StoredValue } from "../../model/model.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import type { ForeignContext } from "./foreign_context.ts";
import type { KeyRow, KeyRows } from "./key_rows.ts";
import { type BoundKey, type SearchStatement, SearchStatements } from "./search_statements.ts";
import type { AskedValue } from "./search_condition.ts";

/** A search by a plan. Its statements are made when it is first asked. */
export function createSearch(context: ForeignContext, plan: SearchPlan): ObjectSearch {
  let made: SearchStatements | null = null;
  const statements = () => made ??= new SearchStatements(context, plan);
  return {
    find: (keys) => asked(context, () => findMany(context, statements(), boundKeys(statements(), keys))),
    anyFor: (keys) => asked(context, () => anyOf(statements(), boundKeys(statements(), keys))),
    all: (key) =>
      asked(context, () => {
        const [bound = null] = boundKeys(statements(), [key]);
        return bound === null ? [] : objectsOf(statements(), bound, ALL_ROWS);
      }),
    valuesOf: (object) => asked(context, () => statements().found.valuesOf(object)),
  };
}

/** SQLite answers at once; whoever asks need not know. */
export function asked<T>({ flush }: Pick<ForeignContext, "flush">, answer: () => T): Promise<T> {
  try {
    flush();
    return Promise.resolve(answer());
  } catch (error) {
    return Promise.reject(error);
  }
}

type Keys = readonly (readonly StoredValue[])[];

const ALL_ROWS = -1;

/** One for each key; null: nothing can be it. */
function boundKeys({ conditions }: SearchStatements, keys: Keys): readonly (BoundKey | null)[] {
  const asked = conditions.map((condition, place) => condition.asked(keys.map((key) => key[place] ?? null)));
  return keys.map((_, index) => boundKey(asked.map((answers) => answers[index] ?? null)));
}

function boundKey(values: readonly (AskedValue | null)[]): BoundKey | null {
  let alternatives: readonly (readonly Raw[])[] = [[]];
  for (const value of values) {
    if (value === null) return null;
    const [only] = value.alternatives;
    alternatives = only !== undefined && value.alternatives.length === 1
      ? alternatives.map((begin) => [...begin, ...only])
      : alternatives.flatMap((begin) => value.alternatives.map((one) => [...begin, ...one]));
  }
  return { forms: values.map((value) => value?.form ?? "value"), alternatives };
}

/** Keys for one statement. */
interface KeyGroup {
  readonly statement: SearchStatement;
  /** Where each of them stands among those that were asked. */
  readonly places: readonly number[];
  readonly keys: readonly BoundKey[];
}

function groupsOf(statements: SearchStatements, keys: readonly (BoundKey | null)[]): readonly KeyGroup[] {
  const groups = new Map<string, { readonly places: number[]; readonly keys: BoundKey[] }>();
  keys.forEach((key, place) => {
    if (key === null) return;
    const name = key.forms.join();
    const group = groups.get(name) ?? { places: [], keys: [] };
    group.places.push(place);
    group.keys.push(key);
    groups.set(name, group);
  });
  return [...groups.values()].map((group) => ({
    ...group,
    statement: statements.statementFor(group.keys[0]?.forms ?? [], group.keys.length),
  }));
}

/** The rows of some keys, each with the place of its key: what an alternative finds is found by the key. */
function rowsOf(rows: KeyRows, keys: readonly BoundKey[], most: number): readonly KeyRow[] {
  if (keys.every(({ alternatives }) => alternatives.length === 1)) {
    return rows.find(keys.map(({ alternatives: [only = []] }) => only), most);
  }
  const owners: number[] = [];
  const all = keys.flatMap(({ alternatives }, place) => {
    for (const _ of alternatives) owners.push(place);
    return alternatives;
  });
  return rows.find(all, most).map(({ place, row }) => ({ place: owners[place] ?? 0, row }));
}

function findMany(context: ForeignContext, statements: SearchStatements, keys: readonly (BoundKey | null)[]): Match[] {
  const matches: Match[] = keys.map(() => NO_MATCH);
  for (const group of groupsOf(statements, keys)) {
    findGroup(context, statements, group.statement, group.keys).forEach((match, index) => {
      matches[group.places[index] ?? 0] = match;
    });
  }
  return matches;
}

function findGroup(
  context: ForeignContext,
  statements: SearchStatements,
  statement: SearchStatement,
  keys: readonly BoundKey[],
): Match[] {
  // Two for each key tell one from several. A key that finds thousands would fill the memory.
  const most = 2 * keys.length;
  const found = rowsOf(statement.rows, keys, most);
  const matches: Match[] = keys.map(() => NO_MATCH);
  // The last keys may have lost rows: they are asked again.
  const complete = found.length < most || keys.length === 1 ? keys.length : found.at(-1)?.place ?? 0;
  for (const { place, row } of found) {
    if (place >= complete) break;
    matches[place] = matches[place]?.kind === "none"
      ? { kind: "one", object: statements.found.objectOf(row) }
      : several(context, statements, keys[place] ?? null);
  }
  for (let index = complete; index < keys.length; index++) {
    matches[index] = findGroup(context, statements, statement, keys.slice(index, index + 1))[0] ?? NO_MATCH;
  }
  return matches;
}

const NO_MATCH: Match = { kind: "none" };

function several(context: ForeignContext, statements: SearchStatements, key: BoundKey | null): Match {
  if (key === null) return NO_MATCH;
  const count = () => {
    const { count: counted } = statements.statementFor(key.forms, 1);
    return key.alternatives.reduce((sum, one) => sum + Number(counted.find([one], 1)[0]?.row["count"]), 0);
  };
  return {
    kind: "several",
    count: () => asked(context, count),
    first: (most) => asked(context, () => objectsOf(statements, key, most)),
  };
}

/** By id: an index may give them in another order. */
function objectsOf(statements: SearchStatements, key: BoundKey, most: number): FoundObject[] {
  const { ordered } = statements.statementFor(key.forms, 1);
  const rows = key.alternatives.flatMap((one) => ordered.find([one], most));
  const objects = rows.map(({ row }) => statements.found.objectOf(row));
  return most < 0 ? objects : objects.slice(0, most);
}

function anyOf(statements: SearchStatements, keys: readonly (BoundKey | null)[]): boolean[] {
  const found: boolean[] = keys.map(() => false);
  for (const group of groupsOf(statements, keys)) {
    for (const { place } of rowsOf(group.statement.any, group.keys, ALL_ROWS)) found[group.places[place] ?? 0] = true;
  }
  return found;
}
