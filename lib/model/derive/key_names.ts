/**
 * What a header may call an external key: its column, as every attribute; its stem, the column without a last word `Id` or the like; the
 * table that it leads to. A column is never called otherwise, and a name that could mean several keys means none.
 */
import { foldCase } from "../look_up.ts";
import { foldName } from "./ascii_names.ts";
import type { Reference } from "./references.ts";
import type { TableFacts } from "./schema_facts.ts";

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
  const given = new GivenNames([...columns, ...taken]);
  const keys = columns.flatMap((column) => {
    const reference = references.get(foldName(column));
    return reference === undefined ? [] : [{ column, table: reference.target.facts.name }];
  });
  const stems = columns.flatMap((column) => {
    const name = stemOf(column);
    return name === null ? [] : [{ name, column, isKey: references.has(foldName(column)) }];
  });
  given.give(stems);
  given.give(keys.map(({ column, table }) => ({ name: table, column, isKey: true })));
  return given;
}

/** A name that a column could have. */
interface Candidate {
  readonly name: string;
  readonly column: string;
  readonly isKey: boolean;
}

class GivenNames implements KeyNames {
  readonly names = new Map<string, readonly string[]>();
  readonly ambiguous = new Map<string, readonly string[]>();
  /** Folded names that mean something. */
  readonly #known: Set<string>;

  constructor(known: readonly string[]) {
    this.#known = new Set(known.map(foldCase));
  }

  /** Gives each key the names that nobody else could have. */
  give(candidates: readonly Candidate[]): void {
    for (const [folded, [first, ...others]] of Map.groupBy(candidates, ({ name }) => foldCase(name))) {
      if (first === undefined || this.#known.has(folded)) continue;
      const isAlone = others.length === 0 && !this.ambiguous.has(folded);
      if (!isAlone) this.#noteAmbiguous(folded, [first, ...others]);
      else if (first.isKey) this.#give(folded, first);
    }
  }

  #give(folded: string, { column, name }: Candidate): void {
    const own = foldName(column);
    this.names.set(own, [...this.names.get(own) ?? [], name]);
    this.#known.add(folded);
  }

  #noteAmbiguous(folded: string, candidates: readonly Candidate[]): void {
    const meant = candidates.filter(({ isKey }) => isKey).map(({ column }) => column);
    const all = [...new Set([...this.ambiguous.get(folded) ?? [], ...meant])];
    if (all.length > 1) this.ambiguous.set(folded, all);
  }
}

/**
 * What a header could call a foreign key of several columns, which is none that can be followed: folded names, each with the columns. They
 * mean this only where nothing else is called so.
 */
export function jointKeyNames({ foreignKeys }: TableFacts): ReadonlyMap<string, readonly string[]> {
  const names = foreignKeys.filter(({ columns }) => columns.length > 1).flatMap(({ columns, table }) =>
    [...columns, ...columns.flatMap((column) => stemOf(column) ?? []), table].map((name) =>
      [foldCase(name), columns] as const
    )
  );
  return new Map(names.reverse());
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
