/** Foreign keys that no row can satisfy: what they refer to is not there, or tells no rows apart. */
import { byName, foldName } from "./ascii_names.ts";
import { uniqueIndexes } from "./derived_tables.ts";
import type { ForeignKeyFacts, SchemaFacts, TableFacts } from "./schema_facts.ts";

/** A foreign key of which SQLite says "foreign key mismatch". */
export interface BrokenKey {
  /** The table that has it, and its columns. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  /** Of the target; null: its primary key is meant. */
  readonly referenced: readonly string[] | null;
  /** No two rows of the target may be alike in what the key refers to; or there is no such table. */
  readonly lacks: "table" | "columns" | "uniqueness";
}

/** Those of a table. */
export function brokenKeys(table: TableFacts, facts: SchemaFacts): readonly BrokenKey[] {
  const tables = new Map(facts.tables.map((one) => [foldName(one.name), one]));
  return table.foreignKeys.flatMap((key) => {
    const { table: target, columns, referenced } = key;
    const lacks = lackOf(key, tables.get(foldName(target)));
    return lacks === null ? [] : [{ table: table.name, columns, target, referenced, lacks }];
  });
}

/** What keeps a key from being satisfied; null: nothing does. @param target undefined: there is none */
export function lackOf(
  { columns, referenced }: ForeignKeyFacts,
  target: TableFacts | undefined,
): BrokenKey["lacks"] | null {
  if (target?.type !== "table") return "table";
  const primary = target.columns.filter(({ keyPlace }) => keyPlace > 0).map(({ name }) => foldName(name));
  const wanted = referenced?.map(foldName) ?? primary;
  const known = byName(target.columns);
  if (!wanted.every((name) => known.has(name))) return "columns";
  const isPrimary = isSameSet(wanted, primary);
  return wanted.length === columns.length && (isPrimary || isUnique(target, wanted)) ? null : "uniqueness";
}

/** SQLite asks for an index that compares as the columns do. */
function isUnique(target: TableFacts, wanted: readonly string[]): boolean {
  const known = byName(target.columns);
  return uniqueIndexes(target).some(({ columns }) =>
    isSameSet(wanted, columns.map(({ name }) => foldName(name ?? ""))) &&
    columns.every(({ name, collation }) =>
      foldName(known.get(foldName(name ?? ""))?.collation ?? "") === foldName(collation)
    )
  );
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  return some.length > 0 && some.length === others.length && new Set([...some, ...others]).size === some.length;
}
