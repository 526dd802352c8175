/** The database that a command names: whose it is, and opening it. */
import { databaseKind } from "../databases/database_kind.ts";
import { openToldStore } from "../databases/open_told_store.ts";
import type { ProgramIo } from "../io.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { withDatabaseKind } from "../parameters/settings/database_kind.ts";
import type { ImportSettings } from "../parameters/settings/settings.ts";
import type { Store } from "../store/store.ts";
import { readMerged } from "./merged_parameters.ts";

/** What the command was given, with whose the database is. @throws RunStop (66) when a param file is missing or unreadable */
export async function readParameters(typed: TypedArguments, io: ProgramIo): Promise<MergedParameters> {
  const { interruption, workingFolder } = io;
  return withDatabaseKind(
    await readMerged(typed, io),
    (path, busyTimeoutSeconds) => databaseKind(path, { busyTimeoutSeconds, interruption, workingFolder }),
  );
}

/** @throws RunStop as `openToldStore` */
export async function openDatabase(
  { database, busyTimeout, foreign }: Pick<ImportSettings, "database" | "busyTimeout" | "foreign">,
  { database: kind }: MergedParameters,
  { interruption, onStatement, workingFolder, env }: ProgramIo,
): Promise<Store> {
  const options = { busyTimeoutSeconds: busyTimeout, interruption, onStatement, workingFolder, env };
  return await openToldStore(database, { ...options, kind, foreign });
}
