/** What the columns of an external key look for: what their cells say, and what is found behind further arrows (SPEC 16). */
import type { ExternalKeyColumns } from "../columns/plan.ts";
import type { CsvRecord } from "../csv/record.ts";
import type { StoredValue } from "../model/model.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import type { RunContext } from "./run_context.ts";
import { cellToValue } from "./searched_value.ts";

/** One for each record and condition, in the order of `conditionsOf`; undefined: nothing can match. */
export interface SearchedValues {
  readonly values: readonly (readonly (StoredValue | undefined)[])[];
  /** By the index of the record: what stands in the way of an external key behind an arrow. */
  readonly unresolved: ReadonlyMap<number, KeyTarget>;
}

const ALL_RESOLVED: ReadonlyMap<number, KeyTarget> = new Map();

/** @param inner a resolver for each of the external keys behind arrows */
export function createSearchedValues(
  context: RunContext,
  { key, parts }: ExternalKeyColumns,
  inner: readonly ExternalKeyResolver[],
): (records: readonly Pick<CsvRecord, "cells">[]) => Promise<SearchedValues> {
  const toValues = parts.map(({ attribute }) =>
    cellToValue(context, key.target, attribute === "id" ? "id" : attribute.code)
  );
  return async (records) => {
    const values = records.map(({ cells }) => parts.map(({ cell }, index) => toValues[index]?.(cells[cell] ?? null)));
    if (inner.length === 0) return { values, unresolved: ALL_RESOLVED };
    const unresolved = new Map<number, KeyTarget>();
    for (const resolver of inner) {
      const targets = await resolver.targetsOf(records);
      targets.forEach((target, index) => {
        values[index]?.push(target.ok ? target.id : undefined);
        if (!target.ok && !unresolved.has(index)) unresolved.set(index, target);
      });
    }
    return { values, unresolved };
  };
}
