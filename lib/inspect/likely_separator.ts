/** The separator that makes known columns of a header. */
import { columnForm } from "../csv/heading.ts";
import type { KnownColumns } from "../columns/known_columns.ts";

/** Separators that people use. */
export const SEPARATORS: readonly string[] = [",", ";", "\t", "|"];

export interface LikelySeparator {
  readonly separator: string;
  /** How many columns it makes of the line, and how many of them are known. */
  readonly columns: number;
  readonly known: number;
}

/**
 * The separator that makes the most known columns of a header line: several, and no fewer than unknown ones; null: none does.
 * @param separator with which it was read: the answer makes more of them
 */
export function likelySeparator(line: string, known: KnownColumns, separator: string): LikelySeparator | null {
  const made = (character: string): LikelySeparator => {
    const names = line.split(character);
    const areKnown = names.filter((name) => known.has(columnForm(name.trim().replace(/^"(.*)"$/, "$1"))));
    return { separator: character, columns: names.length, known: areKnown.length };
  };
  const least = Math.max(made(separator).known + 1, 2);
  return SEPARATORS.filter((character) => character !== separator).map(made)
    .filter((one) => one.known >= least && 2 * one.known >= one.columns)
    .reduce<LikelySeparator | null>((best, one) => best === null || one.known > best.known ? one : best, null);
}
