/** Which object a row means: its key values, and the search for them. */
import type { ReconciliationKey } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { isColumn } from "../model/look_up.ts";
import type { AttributeCode, StoredValue } from "../model/model.ts";
import type { Match, ObjectSearch } from "../store/objects.ts";
import { readerFor } from "../values/reader_for.ts";
import { endsInBlank, type ExternalKeyResolver, withoutBlanksAtEnd } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import { classNamed } from "./final_class.ts";
import { idOf } from "./object_id.ts";
import type { RunContext } from "./run_context.ts";

/** What a row's reconciliation keys say. */
export interface RowKey {
  /** One for each key; null when the row fails to reconcile. */
  readonly values: readonly StoredValue[] | null;
  /** Every key is empty: only one row of a run may match by that. */
  readonly isEmpty: boolean;
  /** The external keys among the keys, by the index of their resolver; undefined: not looked at. */
  readonly targets: readonly (KeyTarget | undefined)[];
}

export interface Matcher {
  readonly keyOf: (record: CsvRecord) => RowKey;
  /** One answer for each key, among the objects that the user may see. */
  readonly find: (keys: readonly (readonly StoredValue[])[]) => Match[];
  /** Whether an object that the user may not see has this key. */
  readonly isHidden: (key: readonly StoredValue[]) => boolean;
}

/** @param read the attributes that a match must tell */
export function createMatcher(
  context: RunContext,
  resolvers: readonly ExternalKeyResolver[],
  read: readonly AttributeCode[],
): Matcher {
  const { plan, store } = context;
  const readers = plan.keys.map((key) => keyReader(context, key, resolvers));
  const conditions = plan.keys.map(conditionOf);
  const search = store.search({ class: plan.class.code, conditions, read, includeHidden: false });
  let everything: ObjectSearch | null = null;
  return {
    keyOf: (record) => {
      const targets: (KeyTarget | undefined)[] = new Array(resolvers.length).fill(undefined);
      const values: StoredValue[] = [];
      let isEmpty = true;
      for (const reader of readers) {
        const value = reader(record.cells, targets);
        // Blanks at the end do not count in matching.
        isEmpty &&= value === null || (value !== undefined && withoutBlanksAtEnd(value) === "");
        if (value !== undefined) values.push(value);
      }
      return { values: values.length === readers.length ? values : null, isEmpty, targets };
    },
    find: (keys) => findWithoutBlanks(search, keys),
    isHidden: (key) => {
      if (!context.someObjectsAreHidden) return false;
      everything ??= store.search({ class: plan.class.code, conditions, read: [], includeHidden: true });
      return findWithoutBlanks(everything, [key])[0]?.kind !== "none";
    },
  };
}

/** As `findTyped`, for many keys at once. */
function findWithoutBlanks(search: ObjectSearch, keys: readonly (readonly StoredValue[])[]): Match[] {
  const matches = search.find(keys);
  keys.forEach((key, index) => {
    if (matches[index]?.kind !== "none" || !key.some(endsInBlank)) return;
    const again = search.find([key.map(withoutBlanksAtEnd)])[0];
    if (again !== undefined) matches[index] = again;
  });
  return matches;
}

function conditionOf(key: ReconciliationKey): AttributeCode | "id" {
  if (key.kind === "id") return "id";
  return key.kind === "attribute" ? key.attribute.code : key.columns.key.code;
}

/** Gives a key's value for a row; undefined: the row fails to reconcile. */
type KeyReader = (
  cells: readonly Cell[],
  targets: (KeyTarget | undefined)[],
) => StoredValue | undefined;

function keyReader(
  context: RunContext,
  key: ReconciliationKey,
  resolvers: readonly ExternalKeyResolver[],
): KeyReader {
  if (key.kind === "id") return (cells) => idOf(cells[key.cell] ?? null) ?? undefined;
  if (key.kind === "attribute") {
    const { attribute, cell } = key;
    if (attribute.kind === "final_class") return (cells) => classNamed(context, context.plan.class, cells[cell] ?? "");
    // Other computed keys (friendlyname …) are compared as text.
    if (!isColumn(attribute) || attribute.kind === "external_key") return (cells) => cells[cell] ?? "";
    const reader = readerFor(attribute, context);
    return (cells) => reader.parseKey(cells[cell] ?? null);
  }
  const index = resolvers.findIndex((candidate) => candidate.columns === key.columns);
  const resolver = resolvers[index];
  if (resolver === undefined) throw new Error(`no resolver for ${key.columns.key.code}`);
  return (cells, targets) => {
    const target = resolver.resolve(cells, true);
    targets[index] = target;
    return target.ok ? target.id : undefined;
  };
}
