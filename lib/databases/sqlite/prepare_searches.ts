/** Making the indexes and the triggers of searches in SQLite, before anybody searches. */
import type { Mapping } from "../../store/layout.ts";
import type { ExpectedSearch, PreparedSearch } from "../../store/prepared_searches.ts";
import { prepareSearches } from "../named/prepare_searches.ts";
import { doneNow } from "../shared/steps.ts";
import { KeySpeller } from "../spellings/key_speller.ts";
import { WrittenSpellings } from "../spellings/written_spellings.ts";
import type { Database } from "./connection.ts";
import { createSearchIndexes } from "./search_index.ts";
import { SqliteSpellings } from "./sqlite_spellings.ts";

/** @see StoreTransaction.prepareSearches */
export async function prepareSearchesHere(
  database: Database,
  mapping: Mapping,
  searches: readonly ExpectedSearch[],
): Promise<readonly PreparedSearch[]> {
  const indexes = createSearchIndexes(database, mapping, true);
  const spellings = new WrittenSpellings(new SqliteSpellings(database));
  // deno-lint-ignore require-await -- other databases have to wait
  const prepared = await prepareSearches(mapping, searches, async (search) => {
    const plan = { ...search, read: [], includeHidden: true };
    doneNow(new KeySpeller({ ...mapping, spellings }, plan, null).begin());
    return indexes.make(search.class, search.conditions);
  });
  doneNow(spellings.finish(true));
  return prepared;
}
