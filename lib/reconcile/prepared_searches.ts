/** Searches of one class, prepared when they are first asked for. */
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { ObjectSearch, SearchPlan } from "../store/objects.ts";
import type { RunContext } from "./run_context.ts";

/** Gives the search by these conditions; what it reads must always be the same for the same conditions. */
export type PreparedSearches = (
  conditions: readonly (AttributeCode | "id")[],
  read: readonly AttributeCode[],
) => ObjectSearch;

/** @param which whether objects count that the user may not see */
export function preparedSearches(
  { store }: RunContext,
  modelClass: ClassCode,
  which: Pick<SearchPlan, "includeHidden">,
): PreparedSearches {
  const searches = new Map<string, ObjectSearch>();
  return (conditions, read) => {
    const name = conditions.join();
    const search = searches.get(name) ?? store.search({ class: modelClass, conditions, read, ...which });
    searches.set(name, search);
    return search;
  };
}
