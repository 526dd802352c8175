/** Texts with NUL: of a column of a result the runtime reads what stands before it only. */
import type { Raw } from "../sqlite/raw_value.ts";
import { jsonArray } from "./json_array.ts";

/** The name of the column that has them whole. */
const WHOLE = "whole";

/** SQL of one more column of a result. @param values SQL of those that are to come whole */
export function wholeTexts(values: readonly string[]): string {
  const texts = values.map((value) => `iif(typeof(${value}) = 'text' AND instr(${value}, char(0)), ${value}, NULL)`);
  return `${jsonArray(texts)} AS ${WHOLE}`;
}

/** @param read what the runtime has read of them, in their order */
export function wholeValues(row: Readonly<Record<string, Raw>>, read: readonly (Raw | undefined)[]): readonly Raw[] {
  const whole = (JSON.parse(String(row[WHOLE] ?? "[]")) as readonly unknown[]).flat(
    Infinity,
  ) as readonly (string | null)[];
  return read.map((value = null, place) => whole[place] ?? value);
}
