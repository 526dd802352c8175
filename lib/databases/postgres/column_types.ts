/** What becomes of the texts that a server sends, by the type of their column. */

/** Numbers of types in `pg_type`, which never change. */
const BOOL = 16;
const WHOLE_NUMBERS: ReadonlySet<number> = new Set([20, 21, 23, 26]);
const FLOATS: ReadonlySet<number> = new Set([700, 701]);

/** Whole numbers, floats and booleans as such; everything else is text. */
export const COLUMN_TYPES = {
  getTypeParser(type: number, _format: string): (text: string) => string | number | boolean {
    if (type === BOOL) return (text) => text === "t";
    if (WHOLE_NUMBERS.has(type)) return wholeNumber;
    return FLOATS.has(type) ? Number : (text) => text;
  },
};

/** @throws RangeError for one that JavaScript would round */
function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is beyond the whole numbers that are exact`);
  return number;
}
