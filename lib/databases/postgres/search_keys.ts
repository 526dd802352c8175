/** The keys of a search as arrays, one for each condition: every spelling of a key is a row of its own. */
import { classOf } from "../../model/look_up.ts";
import type { StoredValue } from "../../model/model.ts";
import type { SearchPlan } from "../../store/objects.ts";
import type { SpokenMapping } from "../sql/dialect.ts";
import { ignoresCaseOf, mayLackText } from "../sql/searched_text.ts";
import { isSpelt, type SpeltKey } from "../spellings/key_speller.ts";
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
  const groups: KeyGroup[] = [];
  const add = (values: readonly ArrayValue[], index: number) => {
    let group = groups.find(({ areNull }) => hasNullsAt(areNull, values));
    if (group === undefined) {
      const areNull = values.map((value) => value === null);
      groups.push(group = { areNull, indexes: [], values: areNull.filter((isNull) => !isNull).map(() => []) });
    }
    group.indexes.push(index);
    let place = 0;
    for (const value of values) if (value !== null) group.values[place++]?.push(value);
  };
  keys.forEach((key, index) => {
    if (key === null) return;
    if (isSpelt(key)) { for (const values of combinations(key, columns)) add(values, index); }
    else {
      const values = onlyWay(key as readonly StoredValue[], columns);
      if (values !== null) add(values, index);
    }
  });
  return groups;
}

function hasNullsAt(areNull: readonly boolean[], values: readonly ArrayValue[]): boolean {
  for (let at = 0; at < values.length; at++) if ((values[at] === null) !== areNull[at]) return false;
  return true;
}

/** Nearly every key is spelt in one way. @returns null: no object can have it */
function onlyWay(key: readonly StoredValue[], columns: readonly KeyColumn[]): readonly ArrayValue[] | null {
  const values = new Array<ArrayValue>(columns.length);
  for (const [position, column] of columns.entries()) {
    const value = comparable(key[position] ?? null, column);
    if (value === undefined) return null;
    values[position] = value;
  }
  return values;
}

/** Every way to spell a key; none when no object can have it. */
function combinations(key: SpeltKey, columns: readonly KeyColumn[]): readonly (readonly ArrayValue[])[] {
  let all: readonly (readonly ArrayValue[])[] = [[]];
  columns.forEach((column, position) => {
    const value = key[position] ?? null;
    const spelt = (typeof value === "object" && value !== null ? value : [value]) as readonly StoredValue[];
    const choices = spelt.map((one) => comparable(one, column)).filter((one) => one !== undefined);
    all = all.flatMap((one) => choices.map((choice) => [...one, choice]));
  });
  return all;
}

/** What the database is asked for; undefined: no column of the type can hold it. */
function comparable(value: StoredValue, { type, ignoresCase, mayLackText }: KeyColumn): ArrayValue | undefined {
  if (value === null) return mayLackText ? "" : null;
  if (type === "text") {
    const text = String(value);
    if (text.includes("\u0000")) return undefined;
    return ignoresCase ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
  }
  const number = Number(value);
  if (!Number.isFinite(number) || value === "") return undefined;
  return type === "numeric" || Number.isSafeInteger(number) ? number : undefined;
}
