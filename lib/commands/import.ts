/** `csvrecon [import]`: loads a CSV file. */
import { type ExitCode, RunStop } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { accessSettings } from "../parameters/settings/access_settings.ts";
import { type TypedReportStyle, typedReportStyle } from "../parameters/settings/typed_report_style.ts";
import { UsageStop } from "../parameters/reading/check_parameters.ts";
import { importSettings } from "../parameters/settings/import_settings.ts";
import { loggedParameters } from "../parameters/settings/logged_parameters.ts";
import { fromCommandLine, type MergedParameters } from "../parameters/reading/merge_parameters.ts";
import { paramFileNames } from "../parameters/reading/param_file.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import type { ImportSettings } from "../parameters/settings/settings.ts";
import { earlyRefusal } from "../report/early_refusal.ts";
import { printingRefusal } from "../report/printing.ts";
import type { Report } from "../report/report.ts";
import { rowsAside } from "../report/rows_aside.ts";
import { authenticate, beginAuthentication } from "../run/authenticate.ts";
import type { ImportOrder } from "../run/import_order.ts";
import type { EndOfOne } from "../run/run_alone.ts";
import { classProblemsOf } from "../run/unknown_class.ts";
import { openSource } from "../source/open_source.ts";
import { databaseFiles } from "../databases/database_files.ts";
import type { Store } from "../store/store.ts";
import { openDatabase, readParameters } from "./told_database.ts";

/** @throws RunStop when the run was stopped; standard output has said why already */
export async function importCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  const { merged, settings, store } = await prepare(typed, io);
  try {
    const user = await beginAuthentication(settings, store, io);
    // Most of the program: it is loaded while the password is checked.
    const { runAlone, unlessStopped } = await import("../run/run_alone.ts");
    const end = await runAlone({
      settings,
      parameters: loggedParameters(merged),
      origin: "csvrecon import",
      store,
      logIn: (model, failures) => user?.() ?? authenticate(settings, store, model, io, failures),
      openSource: (login) => openSource(settings.csvfile, io, databaseFiles(settings.database, io), login),
      readsAhead: true,
      backup: settings.backup === null ? null : { path: settings.backup, place: settings.backup, made: () => {} },
      sink: io.stdout,
      isColoured: !settings.noColor && io.noColor !== true,
      rejects: await rejectsOf(settings, merged, io),
      sideReports: [
        ...rowsAside({ about: "", output: settings.output, stdout: io.stdout, stderr: io.stderr }),
        ...await pageOf(settings, merged, store, io),
      ],
      progressSink: io.stderr,
      now: io.now,
      passwordCost: io.passwordCost,
      rowsTogether: io.rowsTogether,
    });
    await tellWarningsAside(end, settings, io);
    return unlessStopped(end);
  } finally {
    await store.close();
  }
}

/** Few imports ask for it. */
async function rejectsOf(
  settings: ImportSettings,
  merged: MergedParameters,
  io: ProgramIo,
): Promise<ImportOrder["rejects"]> {
  if (settings.rejects === null) return undefined;
  const { rejectsReport } = await import("../report/rejects/rejects_place.ts");
  return rejectsReport(writingImport(settings, merged, io));
}

/** Few imports ask for it. */
async function pageOf(
  settings: ImportSettings,
  merged: MergedParameters,
  store: Store,
  io: ProgramIo,
): Promise<readonly Report[]> {
  if (settings.report === null) return [];
  const { pageReport } = await import("../report/page/page_place.ts");
  const page = pageReport(writingImport(settings, merged, io), io.now(), store.folder);
  return page === undefined ? [] : [page];
}

function writingImport(settings: ImportSettings, merged: MergedParameters, io: ProgramIo) {
  const paramFiles = paramFileNames(merged.values.get("param_file")?.text ?? "");
  return { settings, merged, paramFiles, database: databaseFiles(settings.database, io) };
}

/** Unless a person has read them on standard output. */
async function tellWarningsAside({ warnings }: EndOfOne, { output }: ImportSettings, io: ProgramIo): Promise<void> {
  if (warnings.length === 0 || (io.stdout.isTerminal && output !== "retcode")) return;
  const { tellWarnings } = await import("../report/tell_warnings.ts");
  await tellWarnings(warnings, "", io.stderr);
}

interface Prepared {
  readonly merged: MergedParameters;
  readonly settings: ImportSettings;
  readonly store: Store;
}

/** What stops a run before it has a report goes to standard output all the same, as the reference does it. */
async function prepare(typed: TypedArguments, io: ProgramIo): Promise<Prepared> {
  let merged: MergedParameters | null = null;
  try {
    merged = await readParameters(typed, io);
    const settings = await importSettings(merged);
    return { merged, settings, store: await openDatabase(settings, merged, io) };
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    const stop = merged === null ? error : await withClassProblems(error, merged, io);
    const usage = stop instanceof UsageStop ? stop.usage : null;
    const refusal = earlyRefusal(stop, styleOf(merged, typed), usage, io.stdout);
    throw await printingRefusal(stop, () => io.stdout.write(refusal));
  }
}

/** Where param files cannot even be read, the command line tells. */
function styleOf(merged: MergedParameters | null, typed: TypedArguments): TypedReportStyle {
  return typedReportStyle(merged ?? { values: fromCommandLine(typed.values) });
}

/** All wrong parameters are reported together. */
async function withClassProblems(stop: RunStop, merged: MergedParameters, io: ProgramIo): Promise<RunStop> {
  if (!(stop instanceof UsageStop)) return stop;
  const access = await accessSettings(merged);
  if (access === null) return stop;
  const problems = await classProblemsOf(access, () => openDatabase(access, merged, io), io);
  return problems.length === 0 ? stop : new UsageStop(stop.exitCode, [...problems, ...stop.messages], stop.usage);
}
