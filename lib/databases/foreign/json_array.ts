/** SQL of a JSON array of any length. */

/** Of an SQL function; SQLite takes 127, and 1,000 since version 3.48. */
export const MOST_ARGUMENTS = 100;

/** An array with these elements; with arrays of them, where they are more than a function takes. */
export function jsonArray(elements: readonly string[], isInGroups = elements.length > MOST_ARGUMENTS): string {
  if (!isInGroups) return `json_array(${elements.join(", ")})`;
  const groups: string[] = [];
  for (let start = 0; start < elements.length; start += MOST_ARGUMENTS) {
    groups.push(`json_array(${elements.slice(start, start + MOST_ARGUMENTS).join(", ")})`);
  }
  return jsonArray(groups);
}
