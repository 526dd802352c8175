/** `csvrecon index`: makes the indexes that imports search by, for who owns the database. */
import { openOurStore } from "../databases/open_store.ts";
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { indexesNotTold, preparedSearches } from "../messages/index.ts";
import type { Model } from "../model/model.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { type IndexSettings, indexSettings } from "../parameters/settings/index_settings.ts";
import { printedLines } from "../report/printed_lines.ts";
import { searchesOfAll, searchesOfClass } from "../run/expected_searches.ts";
import { classProblems } from "../run/unknown_class.ts";
import type { ExpectedSearch } from "../store/prepared_searches.ts";
import { repeatedTransaction } from "../store/transaction_conflict.ts";
import { readMerged } from "./merged_parameters.ts";
import { print } from "./print.ts";

/** @throws RunStop 64, 73, 74, 75 or 78 */
export async function indexCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const settings = indexSettings(await readMerged(typed, io));
  const { interruption, onStatement, workingFolder, env } = io;
  const options = { busyTimeoutSeconds: settings.busyTimeout, interruption, onStatement, workingFolder, env };
  const store = await openOurStore(settings.database, options);
  try {
    const model = await store.model();
    const searches = searchesFor(settings, model);
    const prepared = await repeatedTransaction(
      store,
      (transaction) => transaction.prepareSearches(model, searches),
      { rollback: false },
    );
    await print(printedLines(preparedSearches(prepared), io.stdout), io, indexesNotTold);
    return EXIT.done;
  } finally {
    await store.close();
  }
}

/** @throws RunStop 64 */
function searchesFor({ class: code, reconciliationKeys }: IndexSettings, model: Model): readonly ExpectedSearch[] {
  if (code === null) return searchesOfAll(model);
  const modelClass = model.classes.get(code);
  if (modelClass === undefined) throw new RunStop(EXIT.usage, classProblems(code, model));
  return searchesOfClass(model, modelClass, reconciliationKeys);
}
