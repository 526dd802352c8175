/** The keys of a search as arrays, one for each condition: every spelling of a key is a row of its own. */
import { classOf } from "../../model/look_up.ts";
import type { StoredValue } from "../../model/model.ts";
import type { SearchPlan } from "../../store/objects.ts";
import type { SpokenMapping } from "../sql/dialect.ts";
import { ignoresCaseOf, mayLackText } from "../sql/searched_text.ts";
import type { SpeltKey } from "../spellings/key_speller.ts";
import { type ArrayValue, type ColumnType, typeOfAttribute } from "./column_arrays.ts";

/** How the values of a condition are compared. */
export interface KeyColumn {
  readonly type: ColumnType;
  /** ASCII letters come in lower case. */
  readonly ignoresCase: boolean;
  /** An object without the text is found by the empty text. */
  readonly mayLackText: boolean;
}

export function keyColumns(mapping: SpokenMapping, plan: SearchPlan): readonly KeyColumn[] {
  const modelClass = classOf(mapping.model, plan.class);
  return plan.conditions.map((code) => ({
    type: typeOfAttribute(mapping, modelClass, code),
    ignoresCase: ignoresCaseOf(mapping, modelClass, code),
    mayLackText: mayLackText(mapping, modelClass, code),
  }));
}

/** Keys that have nulls in the same places. */
export interface KeyGroup {
  /** By position. */
  readonly areNull: readonly boolean[];
  /** The indexes of the keys, and their values by position; none where they are null. */
  readonly indexes: number[];
  readonly values: ArrayValue[][];
}

/** @param keys null: nothing can be found */
export function keyGroups(columns: readonly KeyColumn[], keys: readonly (SpeltKey | null)[]): readonly KeyGroup[] {
  const groups = new Map<string, KeyGroup>();
  keys.forEach((key, index) => {
    if (key === null) return;
    for (const values of combinations(key, columns)) {
      const areNull = values.map((value) => value === null);
      const name = areNull.join();
      let group = groups.get(name);
      if (group === undefined) {
        group = { areNull, indexes: [], values: areNull.filter((isNull) => !isNull).map(() => []) };
        groups.set(name, group);
      }
      group.indexes.push(index);
      let place = 0;
      for (const value of values) if (value !== null) group.values[place++]?.push(value);
    }
  });
  return [...groups.values()];
}

/** Every way to spell a key; none when no object can have it. */
function combinations(key: SpeltKey, columns: readonly KeyColumn[]): readonly (readonly ArrayValue[])[] {
  let all: readonly (readonly ArrayValue[])[] = [[]];
  columns.forEach((column, position) => {
    const value = key[position] ?? null;
    const choices = (typeof value === "object" && value !== null ? value : [value]).flatMap((one) =>
      comparable(one as StoredValue, column)
    );
    all = choices.length === 1 && choices[0] !== undefined
      ? all.map((one) => [...one, choices[0] ?? null])
      : all.flatMap((one) => choices.map((choice) => [...one, choice]));
  });
  return all;
}

/** What the database is asked for; nothing: no column of the type can hold it. */
function comparable(value: StoredValue, { type, ignoresCase, mayLackText }: KeyColumn): readonly ArrayValue[] {
  if (value === null) return [mayLackText ? "" : null];
  if (type === "text") {
    const text = String(value);
    if (text.includes("\u0000")) return [];
    return [ignoresCase ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text];
  }
  const number = Number(value);
  if (!Number.isFinite(number) || value === "") return [];
  if (type === "numeric") return [number];
  return Number.isSafeInteger(number) ? [number] : [];
}
