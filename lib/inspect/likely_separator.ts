/** The separator that makes known columns of a header. */
import { columnName } from "../csv/heading.ts";
import type { KnownColumns } from "../columns/known_columns.ts";
import { foldCase } from "../model/look_up.ts";

/** Separators that people use. */
export const SEPARATORS: readonly string[] = [",", ";", "\t", "|"];

/**
 * The separator that makes several columns of a header line, all of them known; null: none does.
 * @param separator with which it was read: never the answer
 */
export function likelySeparator(line: string, known: KnownColumns, separator: string): string | null {
  const areKnown = (names: readonly string[]) =>
    names.every((name) => known.has(foldCase(columnName(name.trim().replace(/^"(.*)"$/, "$1")))));
  const found = SEPARATORS.find((character) => {
    const names = line.split(character);
    return character !== separator && names.length > 1 && areKnown(names);
  });
  return found ?? null;
}
