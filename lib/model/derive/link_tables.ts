/** Tables whose rows link those of two others: link sets of both ends, beside being classes of their own. */
import type { LinkSetAttribute } from "../model.ts";
import { freeCode } from "./attribute_codes.ts";
import { foldName } from "./ascii_names.ts";
import { LANGUAGE } from "./derived_attributes.ts";
import { type ClassTable, uniqueIndexes } from "./derived_tables.ts";
import type { Reference } from "./references.ts";

/** One of the two columns of a link, and where it leads. */
export interface LinkEnd {
  readonly column: string;
  readonly reference: Reference;
}

/** Both ends, if nothing else tells the rows of the table apart, or nothing else is in it; null: it is no link table. */
export function linkEndsOf(
  { key, facts }: ClassTable,
  references: ReadonlyMap<string, Reference>,
): readonly [LinkEnd, LinkEnd] | null {
  const sets = [
    ...key === null ? [] : [key.columns.map(({ name }) => name)],
    ...uniqueIndexes(facts).map(({ columns }) => columns.map(({ name }) => name ?? "")),
    facts.columns.map(({ name }) => name),
  ];
  for (const set of sets) {
    const ends = set.flatMap((column) => {
      const reference = references.get(foldName(column));
      return reference === undefined ? [] : [{ column, reference }];
    });
    const [one, other] = ends;
    if (set.length === 2 && one !== undefined && other !== undefined) return [one, other];
  }
  return null;
}

/** A link set of a class, before it has a name that is free there. */
export interface LinkSet {
  readonly linkClass: string;
  readonly keyToThis: string;
  readonly keyToRemote: string;
  /** Named after the column of the other end, because both ends lead to one table. */
  readonly remoteColumn: string | null;
}

/** The link sets of each class, by its name. @param codeOf of the attribute of a link table's column */
export function linkSetsOf(
  tables: readonly ClassTable[],
  referencesOf: (table: ClassTable) => ReadonlyMap<string, Reference>,
  codeOf: (table: ClassTable, column: string) => string,
): ReadonlyMap<string, readonly LinkSet[]> {
  const sets = new Map<string, LinkSet[]>();
  for (const table of tables) {
    const ends = linkEndsOf(table, referencesOf(table));
    if (ends === null) continue;
    const areOfOne = ends[0].reference.target === ends[1].reference.target;
    for (const [own, remote] of [ends, [ends[1], ends[0]] as const]) {
      const name = own.reference.target.facts.name;
      const set = {
        linkClass: table.facts.name,
        keyToThis: codeOf(table, own.column),
        keyToRemote: codeOf(table, remote.column),
        remoteColumn: areOfOne ? remote.column : null,
      };
      sets.set(name, [...sets.get(name) ?? [], set]);
    }
  }
  return sets;
}

/** Named as the table; as `TABLE.COLUMN` where both ends lead to one table, or a column is called so already. @param taken folded */
export function linkSetAttribute(set: LinkSet, owner: string, taken: Set<string>): LinkSetAttribute {
  const { linkClass, keyToThis, keyToRemote, remoteColumn } = set;
  const long = `${linkClass}.${remoteColumn ?? keyToRemote}`;
  const code = freeCode(remoteColumn !== null || taken.has(foldName(linkClass)) ? long : linkClass, taken);
  return {
    kind: "link_set",
    code,
    declaredBy: owner,
    labels: new Map([[LANGUAGE, code]]),
    aliases: new Map(),
    linkClass,
    keyToThis,
    keyToRemote,
  };
}
