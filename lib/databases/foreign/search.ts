/** Finding rows by the values of any attributes. */
import type { StoredValue } from "../../model/model.ts";
import type { FoundObject, Match, ObjectSearch, SearchPlan } from "../../store/objects.ts";
import { asked } from "../sqlite/asked.ts";
import type { Raw } from "../sqlite/raw_value.ts";
import type { ForeignContext } from "./foreign_context.ts";
import type { FoundRow } from "./found_rows.ts";
import type { KeyRow } from "./key_rows.ts";
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
        return bound === null ? [] : objectsOf(statements(), bound, null);
      }),
    allOf: (keys) => asked(context, () => allOf(statements(), boundKeys(statements(), keys), null) ?? []),
    fewOf: (keys, most) => asked(context, () => allOf(statements(), boundKeys(statements(), keys), most)),
    valuesOf: (object) => asked(context, () => statements().found.valuesOf(object)),
  };
}

type Keys = readonly (readonly StoredValue[])[];

/** One for each key; null: nothing can be it. */
function boundKeys({ conditions }: SearchStatements, keys: Keys): readonly (BoundKey | null)[] {
  const asked = conditions.map((condition, place) => condition.asked(keys.map((key) => key[place] ?? null)));
  const [first] = asked;
  // Most keys are one value.
  if (first !== undefined && asked.length === 1) return first.map((value) => value === null ? null : keyOfOne(value));
  return keys.map((_, index) => boundKey(asked.map((answers) => answers[index] ?? null)));
}

function keyOfOne({ form, alternatives }: AskedValue): BoundKey {
  return { statement: form, forms: [form], alternatives };
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
  const forms = values.map((value) => value?.form ?? "value");
  return { statement: forms.join(), forms, alternatives };
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
    let group = groups.get(key.statement);
    if (group === undefined) groups.set(key.statement, group = { places: [], keys: [] });
    group.places.push(place);
    group.keys.push(key);
  });
  return [...groups.values()].map((group) => ({
    ...group,
    statement: statements.statementFor(group.keys[0]?.forms ?? [], group.keys.length),
  }));
}

/** What is bound for some keys, and whose it is: what an alternative finds is found by its key. */
function alternativesOf(
  keys: readonly BoundKey[],
): { readonly all: readonly (readonly Raw[])[]; readonly owners: readonly number[] } {
  const all: (readonly Raw[])[] = [];
  const owners: number[] = [];
  keys.forEach(({ alternatives }, place) => {
    for (const one of alternatives) {
      all.push(one);
      owners.push(place);
    }
  });
  return { all, owners };
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
  const { all, owners } = alternativesOf(keys);
  const { rows, cut } = statement.rows.some(all);
  const matches: Match[] = keys.map(() => NO_MATCH);
  const add = (place: number, { row }: KeyRow<FoundRow>) => {
    matches[place] = matches[place]?.kind === "none"
      ? { kind: "one", object: statements.found.objectOf(row) }
      : several(context, statements, keys[place] ?? null);
  };
  const again = new Set(cut);
  for (const found of rows) if (!again.has(found.place)) add(owners[found.place] ?? 0, found);
  for (const place of again) {
    for (const found of statement.rows.some([all[place] ?? []]).rows) add(owners[place] ?? 0, found);
  }
  return matches;
}

const NO_MATCH: Match = { kind: "none" };

function several(context: ForeignContext, statements: SearchStatements, key: BoundKey | null): Match {
  if (key === null) return NO_MATCH;
  const count = () => {
    const { count: counted } = statements.statementFor(key.forms, 1);
    return key.alternatives.reduce((sum, one) => sum + Number(counted.all([one])[0]?.row["count"]), 0);
  };
  return {
    kind: "several",
    count: () => asked(context, count),
    first: (most) => asked(context, () => objectsOf(statements, key, most)),
  };
}

/** By id: an index may give them in another order. @param most null: all */
function objectsOf(statements: SearchStatements, key: BoundKey, most: number | null): FoundObject[] {
  const { ordered } = statements.statementFor(key.forms, 1);
  const rows = key.alternatives.flatMap((one) => most === null ? ordered.all([one]) : ordered.first(one, most));
  const objects = rows.map(({ row }) => statements.found.objectOf(row));
  return most === null ? objects : objects.slice(0, most);
}

/** @param most null: all of them @returns null: there are more */
function allOf(
  statements: SearchStatements,
  keys: readonly (BoundKey | null)[],
  most: number | null,
): FoundObject[][] | null {
  const lists: FoundObject[][] = keys.map(() => []);
  let found = 0;
  for (const { statement, places, keys: group } of groupsOf(statements, keys)) {
    const { all, owners } = alternativesOf(group);
    const rows = most === null ? statement.ordered.all(all) : statement.ordered.upTo(all, most);
    found += rows?.length ?? 0;
    if (rows === null || (most !== null && found > most)) return null;
    for (const { place, row } of rows) {
      lists[places[owners[place] ?? 0] ?? 0]?.push(statements.found.objectOf(row));
    }
  }
  return lists;
}

function anyOf(statements: SearchStatements, keys: readonly (BoundKey | null)[]): boolean[] {
  const found: boolean[] = keys.map(() => false);
  for (const { statement, places, keys: group } of groupsOf(statements, keys)) {
    const { all, owners } = alternativesOf(group);
    for (const { place } of statement.any.all(all)) found[places[owners[place] ?? 0] ?? 0] = true;
  }
  return found;
}
