/** Searches that are asked again and again. */
import type { ObjectSearch, ObjectSearches } from "../../store/objects.ts";

/** Users are read by the same few searches at their login, and again when a transaction has begun: they are prepared once. */
export function withSearchesKept(objects: ObjectSearches): ObjectSearches {
  const kept = new Map<string, ObjectSearch>();
  return {
    ...objects,
    search(plan) {
      const name = JSON.stringify(plan);
      const search = kept.get(name) ?? objects.search(plan);
      kept.set(name, search);
      return search;
    },
  };
}
