/** Making the indexes and the triggers of searches at a server, before anybody searches. */
import { EXIT, RunStop } from "../../errors.ts";
import { indexesAreOfOwner } from "../../messages/postgres.ts";
import type { ExpectedSearch, PreparedSearch } from "../../store/prepared_searches.ts";
import { prepareSearches } from "../named/prepare_searches.ts";
import { doneLater } from "../shared/steps.ts";
import { KeySpeller } from "../spellings/key_speller.ts";
import { WrittenSpellings } from "../spellings/written_spellings.ts";
import type { OwnMapping } from "../sql/own_layout.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { PostgresSpellings } from "./postgres_spellings.ts";
import { SearchIndexes } from "./search_indexes.ts";

/** @see StoreTransaction.prepareSearches */
export async function prepareSearchesThere(
  database: PostgresDatabase,
  mapping: OwnMapping,
  searches: readonly ExpectedSearch[],
): Promise<readonly PreparedSearch[]> {
  if (!database.isOwner) {
    throw new RunStop(EXIT.databaseNotWritable, [indexesAreOfOwner(database.name, database.user)]);
  }
  // Nobody else may, and none of it is in the middle of a run.
  database.schemaChanges = "as_owner";
  const spoken = { ...mapping, dialect: database.dialect };
  const indexes = new SearchIndexes(database, spoken, true);
  const spellings = new WrittenSpellings(new PostgresSpellings(database));
  const prepared = await prepareSearches(spoken, searches, async (search) => {
    const plan = { ...search, read: [], includeHidden: true };
    await doneLater(new KeySpeller({ ...spoken, spellings }, plan, null).begin());
    return await indexes.make(search.class, search.conditions);
  });
  await doneLater(spellings.finish(true));
  return prepared;
}
