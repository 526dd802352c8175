/** Searches by texts as they were typed. */
import type { StoredValue } from "../model/model.ts";
import type { Match, ObjectSearch } from "../store/objects.ts";

/**
 * Finds objects by values as they were typed; where there is none, once more without the blanks at the ends of texts, which do not count
 * in matching (golden decisions, b-rec-spaces). One answer for each key.
 */
export async function findTyped(
  search: ObjectSearch,
  keys: readonly (readonly StoredValue[])[],
): Promise<readonly Match[]> {
  const matches = await search.find(keys);
  const again: number[] = [];
  keys.forEach((key, index) => {
    if (matches[index]?.kind === "none" && key.some(endsInBlank)) again.push(index);
  });
  if (again.length === 0) return matches;
  const found = await search.find(again.map((index) => (keys[index] ?? []).map(withoutBlanksAtEnd)));
  again.forEach((index, position) => matches[index] = found[position] ?? { kind: "none" });
  return matches;
}

function endsInBlank(value: StoredValue): boolean {
  return typeof value === "string" && value.endsWith(" ");
}

/** By hand: `/ +$/` begins anew at each blank within the text, which takes the square of their number. */
export function withoutBlanksAtEnd(value: StoredValue): StoredValue {
  if (typeof value !== "string" || !endsInBlank(value)) return value;
  let end = value.length;
  while (end > 0 && value.charAt(end - 1) === " ") end--;
  return value.slice(0, end);
}
