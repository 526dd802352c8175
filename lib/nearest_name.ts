/** "Did you mean …?": known names that are only a slip away from what was typed. */
import leven from "leven";

/** How many letters must be put in, left out or replaced to make one text of the other. */
export function editDistance(a: string, b: string): number {
  return leven(a, b);
}

/** At most a quarter of the letters may differ, and one always may. */
function mostDifferences(typed: string): number {
  return Math.max(1, Math.floor(typed.length / 4));
}

/** Two neighbouring letters that were swapped are one slip. */
function differences(a: string, b: string): number {
  const first = [...a].findIndex((letter, index) => letter !== b[index]);
  const swapped = a.slice(0, first) + (a[first + 1] ?? "") + (a[first] ?? "") + a.slice(first + 2);
  return first >= 0 && swapped === b ? 1 : editDistance(a, b);
}

/**
 * The known names that are really near to `typed`, without regard to case: the nearest first, equally near ones in the order of
 * `known`.
 * @param most how many names at most
 */
export function nearestNames(typed: string, known: readonly string[], most: number): readonly string[] {
  const limit = mostDifferences(typed);
  const lowerTyped = typed.toLowerCase();
  return known
    // A difference in length alone is that many differences: this spares the costly comparison with most names.
    .filter((name) => Math.abs(name.length - typed.length) <= limit)
    .map((name) => ({ name, distance: differences(lowerTyped, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((one, other) => one.distance - other.distance)
    .slice(0, most)
    .map(({ name }) => name);
}

/** The known name nearest to `typed`, or null when none is really near. */
export function nearestName(typed: string, known: readonly string[]): string | null {
  return nearestNames(typed, known, 1)[0] ?? null;
}
