/** Which objects rows mean: their key values, and the search for them. */
import type { ColumnPlan, ReconciliationKey } from "../columns/plan.ts";
import type { Cell, CsvRecord } from "../csv/record.ts";
import { isColumn, isDate } from "../model/look_up.ts";
import type { Attribute, AttributeCode, StoredValue } from "../model/model.ts";
import type { AskedMatches, FoundObject, Match, ObjectSearch } from "../store/objects.ts";
import { readerFor, type ValueAttribute } from "../values/reader_for.ts";
import type { ParsedValue } from "../values/value_reader.ts";
import type { ExternalKeyResolver } from "./external_key.ts";
import type { KeyTarget } from "./key_target.ts";
import { isEmpty } from "../values/parsed.ts";
import { createKeptDates } from "./kept_dates.ts";
import { plainCell } from "./kept_values.ts";
import { classNamed } from "./final_class.ts";
import { areOwnKeys, codeOfKey } from "./own_keys.ts";
import type { RunContext } from "./run_context.ts";
import { anyTyped, findTyped, withoutBlanksAtEnd } from "./typed_search.ts";

/** What a row's reconciliation keys say. */
export interface RowKey {
  /** One for each key; null when the row fails to reconcile. */
  readonly values: readonly StoredValue[] | null;
  /** Every key is empty: only one row of a run may match by that. */
  readonly isEmpty: boolean;
  /** What the cells of `parsedKeys` hold, in their order. */
  readonly parsed: readonly ParsedValue[];
  /** The values with the very texts of dates that would lose something: such may be stored, and are looked for first. Null: there are none. */
  readonly asStored: readonly StoredValue[] | null;
}

export interface Matcher {
  /** @param targets of the record, by the index of their resolver */
  keyOf(record: CsvRecord, targets: readonly KeyTarget[]): RowKey;
  /**
   * One answer for each key, among the objects that the user may see.
   * @param keys with values
   * @param asked of the very same keys
   */
  find(keys: readonly RowKey[], asked?: AskedMatches): Promise<readonly Match[]>;
  /** Asks for what `find` needs, and waits for nothing; null: nobody has to wait, or there is more to it than one question. */
  ask(keys: readonly RowKey[]): Promise<AskedMatches | null>;
  /** Whether objects that the user may not see have these keys, as far as that may be told. */
  areHidden(keys: readonly (readonly StoredValue[])[]): Promise<readonly boolean[]>;
  /** The values of a match. */
  valuesOf(object: FoundObject): Promise<readonly StoredValue[]>;
}

/** @param read the attributes that a match must tell */
export function createMatcher(
  context: RunContext,
  resolvers: readonly ExternalKeyResolver[],
  read: readonly AttributeCode[],
): Matcher {
  const { plan, store } = context;
  const cells = parsedKeys(plan);
  const readers = plan.keys.map((key) => keyReader(context, key, resolvers, cells));
  const keptDates = createKeptDates(context);
  const conditions = plan.keys.map(codeOfKey);
  const search = store.search({ class: plan.class.code, conditions, read, includeHidden: false });
  // Under other keys a hidden object does not exist.
  const isHiddenTold = context.someObjectsAreHidden && areOwnKeys(plan);
  let everything: ObjectSearch | null = null;
  return {
    keyOf(record, targets) {
      // Of their full length at once, as there are two lists for each row.
      const values = new Array<StoredValue>(readers.length);
      const parsed = new Array<ParsedValue>(cells.length);
      let isEmpty = true;
      let isWhole = true;
      for (let place = 0; place < readers.length; place++) {
        const value = readers[place]?.(record.cells, targets, parsed);
        // Blanks at the end do not count in matching.
        isEmpty &&= value === null || (value !== undefined && withoutBlanksAtEnd(value) === "");
        if (value === undefined) isWhole = false;
        else values[place] = value;
      }
      const asStored = isWhole ? keptDates?.(record.cells, values) ?? null : null;
      return { values: isWhole ? values : null, isEmpty, parsed, asStored };
    },
    find: (keys, asked) => findRows(search, keys, asked),
    async ask(keys) {
      const isPlain = keys.length > 0 && keys.every(({ asStored }) => asStored === null);
      return isPlain ? await search.ask?.(keys.map(({ values }) => values ?? [])) ?? null : null;
    },
    async areHidden(keys) {
      if (!isHiddenTold || keys.length === 0) return keys.map(() => false);
      everything ??= store.search({ class: plan.class.code, conditions, read: [], includeHidden: true });
      return await anyTyped(everything, keys);
    },
    valuesOf: (object) => search.valuesOf(object),
  };
}

async function findRows(
  search: ObjectSearch,
  keys: readonly RowKey[],
  asked?: AskedMatches,
): Promise<readonly Match[]> {
  const typed = keys.map(({ asStored, values }) => asStored ?? values ?? []);
  const found = [...await findTyped(search, typed, asked?.found)];
  // Few files have such dates.
  if (keys.every(({ asStored }) => asStored === null)) return found;
  const again = [...keys.entries()].filter(([place, { asStored }]) =>
    asStored !== null && found[place]?.kind === "none"
  );
  if (again.length === 0) return found;
  const others = await findTyped(search, again.map(([, { values }]) => values ?? []));
  again.forEach(([place], index) => found[place] = others[index] ?? { kind: "none" });
  return found;
}

/** Gives a key's value for a row; undefined: the row fails to reconcile. @param parsed is told what the cell holds, if it is parsed */
type KeyReader = (
  cells: readonly Cell[],
  targets: readonly KeyTarget[],
  parsed: ParsedValue[],
) => StoredValue | undefined;

/** The cells that keys have to parse: an object's value is read from what they say. */
export function parsedKeys({ keys }: ColumnPlan): readonly number[] {
  return keys.flatMap((key) => key.kind === "attribute" && isParsed(key.attribute) ? [key.cell] : []);
}

function isParsed(attribute: Attribute): attribute is ValueAttribute {
  return isColumn(attribute) && attribute.kind !== "external_key";
}

function keyReader(
  context: RunContext,
  key: ReconciliationKey,
  resolvers: readonly ExternalKeyResolver[],
  parsedCells: readonly number[],
): KeyReader {
  const { plan, store } = context;
  if (key.kind === "id") return (cells) => store.idFromText(plan.class.code, cells[key.cell] ?? "") ?? undefined;
  if (key.kind === "attribute") {
    const { attribute, cell } = key;
    if (attribute.kind === "final_class") return (cells) => classNamed(context, plan.class, cells[cell] ?? "");
    // Other computed keys (friendlyname …) are compared as text.
    if (!isParsed(attribute)) return (cells) => cells[cell] ?? "";
    const reader = readerFor(attribute, context);
    const place = parsedCells.indexOf(cell);
    const mayBeStored = attribute.keepsWhatIsStored === true &&
      (context.dateFormat === null || !isDate(attribute));
    return (cells, _, parsed) => {
      const text = cells[cell] ?? null;
      const found = reader.parse(text);
      parsed[place] = found;
      const value = reader.parseKey(text, found);
      // An object may have what nobody could write.
      return value === undefined && mayBeStored && !found.ok && !isEmpty(text) ? text : value;
    };
  }
  const index = resolvers.findIndex((candidate) => candidate.columns === key.columns);
  if (index < 0) throw new Error(`no resolver for ${key.columns.key.code}`);
  const plain = key.columns.key.keepsWhatIsStored === true && key.columns.parts[0]?.attribute === "id"
    ? plainCell(key.columns)
    : null;
  return (cells, targets) => {
    const target = targets[index];
    if (target?.ok) return target.id;
    const text = plain === null ? "" : cells[plain] ?? "";
    // An object may refer to what is not there.
    return text === "" ? undefined : store.idFromText(key.columns.key.target, text) ?? undefined;
  };
}
