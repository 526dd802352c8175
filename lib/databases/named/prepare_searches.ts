/** Making what searches will need, before anybody searches. */
import type { ExpectedSearch, PreparedSearch } from "../../store/prepared_searches.ts";
import type { SpokenMapping } from "../sql/dialect.ts";
import { plansBehind } from "./plans_behind.ts";

/** @param serve makes the index of a search that goes by columns, or by a text that an index can hold @returns each search once */
export async function prepareSearches(
  mapping: SpokenMapping,
  searches: readonly ExpectedSearch[],
  serve: (search: ExpectedSearch) => Promise<PreparedSearch["index"]>,
): Promise<readonly PreparedSearch[]> {
  const prepared = new Map<string, PreparedSearch>();
  for (const search of searches.flatMap((one) => plansBehind(mapping, one))) {
    const name = `${search.class}:${[...search.conditions].sort().join()}`;
    if (!prepared.has(name)) prepared.set(name, { ...search, index: await serve(search) });
  }
  return [...prepared.values()];
}
