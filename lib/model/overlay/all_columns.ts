/** The columns of a table, the `id` of its class too, which is no attribute. */
import type { DerivedColumn, DerivedTable } from "../derive/derived_model.ts";

export function allColumns({ key, columns }: DerivedTable): readonly DerivedColumn[] {
  const known = new Set(columns.values());
  return [...(key?.columns ?? []).filter((column) => !known.has(column)), ...known];
}
