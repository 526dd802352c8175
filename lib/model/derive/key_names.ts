/**
 * What a header may call an external key: its column, as every attribute; its stem, the column without a last word `Id` or the like; the
 * table that it leads to. A column is never called otherwise, and a name that could mean several keys means none.
 */
import { foldCase } from "../look_up.ts";
import { foldName } from "./ascii_names.ts";
import type { Reference } from "./references.ts";

export interface KeyNames {
  /** Further names by folded name of the column. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Folded names that could mean several keys, with the columns of these. */
  readonly ambiguous: ReadonlyMap<string, readonly string[]>;
}

/** @param columns as they are @param taken other names that mean something already */
export function keyNames(
  columns: readonly string[],
  references: ReadonlyMap<string, Reference>,
  taken: readonly string[],
): KeyNames {
  const known = new Set([...columns, ...taken].map(foldCase));
  const names = new Map<string, string[]>();
  const ambiguous = new Map<string, readonly string[]>();
  const keys = columns.flatMap((column) => {
    const reference = references.get(foldName(column));
    return reference === undefined ? [] : [{ column, table: reference.target.facts.name }];
  });
  const give = (candidates: readonly Candidate[]) => {
    for (const [folded, [first, ...others]] of grouped(candidates)) {
      if (first === undefined || known.has(folded)) continue;
      const before = ambiguous.get(folded) ?? [];
      if (others.length === 0 && before.length === 0) {
        names.set(foldName(first.column), [...names.get(foldName(first.column)) ?? [], first.name]);
        known.add(folded);
        continue;
      }
      const meant = [first, ...others].filter(({ isKey }) => isKey).map(({ column }) => column);
      const all = [...new Set([...before, ...meant])];
      if (all.length > 1) ambiguous.set(folded, all);
    }
  };
  const isKey = (column: string) => references.has(foldName(column));
  give(
    columns.flatMap((column) => {
      const name = stemOf(column);
      return name === null ? [] : [{ name, column, isKey: isKey(column) }];
    }).filter(({ name }, _, all) => all.some((one) => one.isKey && foldCase(one.name) === foldCase(name))),
  );
  give(keys.map(({ column, table }) => ({ name: table, column, isKey: true })));
  return { names, ambiguous };
}

interface Candidate {
  readonly name: string;
  readonly column: string;
  readonly isKey: boolean;
}

function grouped(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  return Map.groupBy(candidates, ({ name }) => foldCase(name));
}

/** A word behind a blank or a sign, and one that its letters set apart. */
const WORD_APART = /[ _.\-]+(?:id|uuid|guid)$/i;
const WORD_WITHIN = /(?:Id|ID|Uuid|UUID|uuid|Guid|GUID|guid)$/;

/** `Album` of `AlbumId`, `film` of `film_id`, `Product` of `Product ID`; null: it has no such word, or nothing else. */
export function stemOf(column: string): string | null {
  const [pattern] = [WORD_APART, WORD_WITHIN].filter((one) => one.test(column));
  const stem = pattern === undefined ? "" : column.replace(pattern, "");
  return stem === "" ? null : stem;
}
