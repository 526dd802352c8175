/** Values that are too long to be shown whole, side by side. */
import { wholeCharacters } from "../../cut_text.ts";
import { BEFORE_REST, BETWEEN_VALUES, cutOff, NO_VALUE } from "../../messages/diff.ts";

/** So much of a value is shown, in UTF-16 code units: a line of a wide terminal. */
const MOST = 120;
/** So much of what both have in common stays before the first difference. */
const BEFORE_DIFFERENCE = 30;

/** Two values, from where they differ if they are long. */
export function shortPair(before: string, after: string): readonly [string, string] {
  const isLong = Math.max(before.length, after.length) > MOST;
  const start = isLong ? Math.max(0, commonStart(before, after) - BEFORE_DIFFERENCE) : 0;
  return [shortFrom(before, start), shortFrom(after, start)];
}

/** @param start what stands before it is left out, in UTF-16 code units */
export function shortFrom(text: string, start = 0): string {
  if (text === "") return NO_VALUE;
  const isWhole = text.length - start <= MOST;
  const shown = wholeCharacters(text, start, isWhole ? text.length : start + MOST);
  const beginning = start > 0 ? BEFORE_REST : "";
  return quotedIfOdd(beginning + shown) + (isWhole ? "" : cutOff([...text].length));
}

/** Blanks at an end are not seen, and some texts would pass for words of ours. */
function quotedIfOdd(text: string): string {
  const isOdd = text !== text.trim() || text === NO_VALUE || text.includes(BETWEEN_VALUES);
  return isOdd ? `"${text}"` : text;
}

function commonStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.charCodeAt(length) === other.charCodeAt(length)) length++;
  return length;
}
