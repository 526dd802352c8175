/** Unique constraints as rules that are looked up before anything is written. */
import { notUnique } from "../../messages/foreign_obstacles.ts";
import type { UniquenessRule } from "../model.ts";
import { foldName } from "./ascii_names.ts";
import { ID } from "./attribute_codes.ts";
import { LANGUAGE } from "./derived_attributes.ts";
import type { SettledColumn } from "./derived_columns.ts";
import { type ClassTable, uniqueIndexes } from "./derived_tables.ts";
import type { IndexFacts } from "./schema_facts.ts";

type Columns = ReadonlyMap<string, SettledColumn>;

/**
 * The primary key is none of them: it is what rows are mostly looked for by, and never changed. Rows in which something is null are in
 * nobody's way.
 */
export function uniquenessRules({ facts }: ClassTable, columns: Columns): readonly UniquenessRule[] {
  return uniqueIndexes(facts).filter(({ origin }) => origin !== "pk").flatMap((index) => {
    const attributes = comparedAttributes(index, columns);
    if (attributes === null) return [];
    const names = index.columns.map(({ name }) => name ?? "");
    return [{
      name: index.name,
      declaredBy: facts.name,
      attributes,
      unlessEmpty: attributes,
      blocking: true,
      isHeldByDatabase: true as const,
      messages: new Map([[LANGUAGE, withoutFields(notUnique(facts.name, names))]]),
    }];
  });
}

/** Null: a search for them would not find what the database takes for equal. */
function comparedAttributes(index: IndexFacts, columns: Columns): readonly string[] | null {
  const settled = index.columns.map(({ name }) => columns.get(foldName(name ?? "")));
  const isSearched = settled.every((column, place) =>
    column !== undefined && column.derived.attribute !== ID && column.derived.form.kind !== "bytes" &&
    column.derived.collation.toUpperCase() === index.columns[place]?.collation.toUpperCase()
  );
  return isSearched ? settled.flatMap((column) => column?.derived.attribute ?? []) : null;
}

/** A name between braces would be taken for an attribute whose value is to be told. */
function withoutFields(message: string): string {
  return message.replace(/\{(\w+)\}/g, "($1)");
}
