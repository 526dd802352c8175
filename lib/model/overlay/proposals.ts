/** All that an overlay of a database might say. */
import type { DerivedColumn, DerivedModel, DerivedTable } from "../derive/derived_model.ts";
import { allColumns } from "./all_columns.ts";
import { columnProposal, isSampled } from "./column_proposals.ts";
import { impliedKeys } from "./implied_keys.ts";
import type { ColumnSample, KeyCandidate, Proposal } from "./proposal.ts";

/** What is asked of the database. */
export interface AskDatabase {
  sample(table: DerivedTable, column: DerivedColumn): ColumnSample;
  /** Null: it cannot be told. */
  found(key: KeyCandidate): { readonly values: number; readonly found: number } | null;
}

/** In the order of the tables and of their columns; at most one for each column. */
export function proposalsFor(derived: DerivedModel, ask: AskDatabase): readonly Proposal[] {
  const keys = new Map(impliedKeys(derived).map((key) => [key.from.column, key]));
  return [...derived.tables.values()].flatMap((table) =>
    allColumns(table).flatMap((column) => {
      const key = keys.get(column);
      const implied = key === undefined ? null : keyProposal(key, ask);
      return implied ?? valueProposal(derived, table, column, ask) ?? [];
    })
  );
}

/** A name is no reason where no value is found. */
function keyProposal(key: KeyCandidate, ask: AskDatabase): Proposal | null {
  const counts = ask.found(key);
  if (counts === null || (counts.values > 0 && counts.found === 0)) return null;
  const { from: { table, column }, written: target } = key;
  return { class: table.class, column: column.name, entry: { target }, reason: { kind: "implied_key", ...counts } };
}

function valueProposal(
  { model }: DerivedModel,
  table: DerivedTable,
  column: DerivedColumn,
  ask: AskDatabase,
): Proposal | null {
  if (!isSampled(column)) return null;
  const attribute = model.classes.get(table.class)?.attributes.get(column.attribute);
  return columnProposal({ table, column, attribute, sample: ask.sample(table, column) });
}
