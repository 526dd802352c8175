/** `csvrecon [import]`: loads a CSV file. */
import type { ExitCode } from "../errors.ts";
import { RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { UsageStop } from "../parameters/check_parameters.ts";
import { importSettings } from "../parameters/import_settings.ts";
import { loggedParameters } from "../parameters/logged_parameters.ts";
import { mergeParameters } from "../parameters/merge_parameters.ts";
import type { TypedArguments } from "../parameters/parse_arguments.ts";
import { runImport } from "../run/run_import.ts";
import { openSource } from "../source/open_source.ts";
import { type Database, openDatabase } from "../store/database.ts";

/** @throws RunStop when the run was stopped; standard output has said why already */
export async function importCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const { merged, settings, database } = await reportingStops(io, async () => {
    const merged = await mergeParameters(typed, io.env);
    const settings = await importSettings(merged);
    const database = openDatabase(settings.database, { busyTimeoutSeconds: settings.busyTimeout });
    return { merged, settings, database };
  });
  return await closing(database, () =>
    runImport({
      settings,
      parameters: loggedParameters(merged),
      origin: "csvrecon import",
      database,
      openSource: () => openSource(settings.csvfile, io.stdin),
      sink: io.stdout,
      progressSink: io.stderr,
      now: io.now,
      passwordCost: io.passwordCost,
    }));
}

async function closing<T>(database: Database, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    database.close();
  }
}

/** What stops a run before it has a report goes to standard output all the same, as the reference does it. */
async function reportingStops<T>(io: ProgramIo, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    const usage = error instanceof UsageStop && error.usage !== null ? [error.usage] : [];
    const lines = [...error.messages.map((message) => message.text), ...usage];
    await io.stdout.write(lines.map((line) => line + "\n").join(""));
    throw error;
  }
}
