/** What a search answers for a key, of objects that are all known. */
import type { FoundObject, Match } from "./objects.ts";

/** @param found all objects that the key finds, by id */
export function matchOf(found: readonly FoundObject[]): Match {
  const [object] = found;
  if (object === undefined) return { kind: "none" };
  if (found.length === 1) return { kind: "one", object };
  return {
    kind: "several",
    count: () => Promise.resolve(found.length),
    first: (most) => Promise.resolve(found.slice(0, most)),
  };
}
