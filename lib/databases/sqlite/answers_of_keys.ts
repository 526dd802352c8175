/** What the statement of a search finds for many keys: of each of them none, one, or several objects. */
import type { FoundObject, Match } from "../../store/objects.ts";
import { asked } from "./asked.ts";
import type { FoundRow } from "../sql/json_rows.ts";
import type { SpeltKey } from "../spellings/key_speller.ts";
import type { SearchContext, SearchStatement } from "./search_statement.ts";

export const ALL_ROWS = -1;

/** One for each key. */
export function findMany(
  context: SearchContext,
  statements: SearchStatement,
  keys: readonly SpeltKey[],
): Match[] {
  const matches: Match[] = [];
  while (matches.length < keys.length) {
    const asked = matches.length === 0 ? keys : keys.slice(matches.length);
    const found = findSome(context, statements, asked);
    for (const match of found) matches.push(match);
    // Who finds so many is asked about alone, to read no more than tells one from several.
    if (found.length < asked.length / FEW_ANSWERED) break;
  }
  const known = new Map<string, Match>();
  for (const key of keys.slice(matches.length)) {
    const name = JSON.stringify(key);
    const match = known.get(name) ?? findSome(context, statements, [key])[0] ?? NO_MATCH;
    known.set(name, match);
    matches.push(match);
  }
  return matches;
}

/** If fewer than this part of the keys that were asked together have an answer, each of the others finds very many objects. */
const FEW_ANSWERED = 8;

/** Answers for the first of some keys: as many as one statement can tell of, be it none. Of one key there is one. */
function findSome(context: SearchContext, statements: SearchStatement, keys: readonly SpeltKey[]): Match[] {
  const { rows, isSingle } = statements;
  // Two for each key tell one from several. A key that finds thousands would fill the memory.
  const most = 2 * keys.length;
  const found = rows.find(keysText(isSingle, keys), most);
  const isCut = found.length === most;
  // The last keys may have lost rows.
  const complete = isCut && keys.length > 1 ? found.at(-1)?.[0] ?? 0 : keys.length;
  const matches = new Array<Match>(complete).fill(NO_MATCH);
  const ofSeveral = new Map<number, FoundRow[]>();
  for (const [place, row] of found.entries()) {
    const [index] = row;
    if (index >= complete) break;
    if (matches[index]?.kind === "none") {
      matches[index] = { kind: "one", object: rows.objectOf(row) };
      continue;
    }
    const all = ofSeveral.get(index);
    if (all === undefined) ofSeveral.set(index, found.slice(place - 1, place + 1));
    else all.push(row);
  }
  for (const [index, all] of ofSeveral) {
    const few = isCut && keys.length === 1 ? null : inOrder(all).map(rows.objectOf);
    matches[index] = several(context, statements, keys[index] ?? [], few);
  }
  return matches;
}

export const NO_MATCH: Match = { kind: "none" };

/** @param few all that the key finds; null: nobody has counted them */
function several(
  context: SearchContext,
  statement: SearchStatement,
  key: SpeltKey,
  few: readonly FoundObject[] | null,
): Match {
  const { count, isSingle } = statement;
  const ask = () => Number(count.get(keysText(isSingle, [key]))?.["count"]);
  const first = (most: number) => () => objectsOf(statement, key, most);
  const later = { count: () => asked(context, ask), first: (most: number) => asked(context, first(most)) };
  return { kind: "several", ...few === null ? {} : { few }, ...later };
}

export function objectsOf({ rows, isSingle }: SearchStatement, key: SpeltKey, most: number): FoundObject[] {
  const text = keysText(isSingle, [key]);
  const found = most === ALL_ROWS ? rows.find(text, most) : rows.first(text, most);
  return inOrder([...found]).map(rows.objectOf);
}

/** By id: an index may give them in another order. */
export function inOrder(rows: FoundRow[]): readonly FoundRow[] {
  return rows.sort(([, a], [, b]) => a - b);
}

export function keysText(isSingle: boolean, keys: readonly SpeltKey[]): string {
  return JSON.stringify(isSingle ? keys.map(([value = null]) => value) : keys);
}
