/** Searches by texts as they were typed. */
import type { StoredValue } from "../model/model.ts";
import type { Match, ObjectSearch } from "../store/objects.ts";

/**
 * Finds objects by values as they were typed; where there is none, once more without the blanks at the ends of texts, which do not count
 * in matching (golden decisions, b-rec-spaces). One answer for each key.
 * @param asked what the search finds by the keys as they are, where somebody has asked already
 */
export function findTyped(
  search: ObjectSearch,
  keys: readonly (readonly StoredValue[])[],
  asked: Promise<Match[]> = search.find(keys),
): Promise<readonly Match[]> {
  return asTyped(keys, asked, (others) => search.find(others), ({ kind }) => kind === "none");
}

/** Whether anything is found in the same way, for each key. */
export function anyTyped(
  search: ObjectSearch,
  keys: readonly (readonly StoredValue[])[],
): Promise<readonly boolean[]> {
  return asTyped(keys, search.anyFor(keys), (others) => search.anyFor(others), (isThere) => !isThere);
}

async function asTyped<T>(
  keys: readonly (readonly StoredValue[])[],
  asked: Promise<T[]>,
  ask: (keys: readonly (readonly StoredValue[])[]) => Promise<T[]>,
  isNone: (answer: T) => boolean,
): Promise<readonly T[]> {
  const answers = await asked;
  const again: number[] = [];
  keys.forEach((key, index) => {
    const answer = answers[index];
    if (answer !== undefined && isNone(answer) && key.some(endsInBlank)) again.push(index);
  });
  if (again.length === 0) return answers;
  const found = await ask(again.map((index) => (keys[index] ?? []).map(withoutBlanksAtEnd)));
  again.forEach((index, position) => {
    const answer = found[position];
    if (answer !== undefined) answers[index] = answer;
  });
  return answers;
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
