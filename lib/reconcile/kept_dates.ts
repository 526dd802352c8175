/** Dates that are keys, and say more than is read of them: in databases of others they may be stored so. */
import type { Cell } from "../csv/record.ts";
import { isDate } from "../model/look_up.ts";
import type { StoredValue } from "../model/model.ts";
import type { RunContext } from "./run_context.ts";

/** The values of keys with the texts of such dates in their places; null: there are none. */
export type KeptDates = (cells: readonly Cell[], values: readonly StoredValue[]) => readonly StoredValue[] | null;

/** Null: no key may be stored so. In a format of the file's own the same text may be another day. */
export function createKeptDates({ plan, dateFormat }: RunContext): KeptDates | null {
  const dates = plan.keys.flatMap((key, place) =>
    key.kind === "attribute" && isDate(key.attribute) && key.attribute.keepsWhatIsStored === true
      ? [{ cell: key.cell, place }]
      : []
  );
  if (dateFormat !== null || dates.length === 0) return null;
  return (cells, values) => {
    const cut = dates.filter(({ cell }) => losesSomething(cells[cell] ?? ""));
    if (cut.length === 0) return null;
    const kept = [...values];
    for (const { cell, place } of cut) kept[place] = cells[cell] ?? null;
    return kept;
  };
}

/** A fraction of a second is not kept, nor are months and days of one digit. */
function losesSomething(date: string): boolean {
  return date !== "" && (/[.,]0*[1-9]/.test(date) || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}/.test(date));
}
