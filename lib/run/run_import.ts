/** The story of one import, top to bottom. It alone knows all rooms. */
import { dirname } from "@std/path";
import { EXIT, type ExitCode, RunStop } from "../errors.ts";
import { internalError } from "../messages/run.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { resolveModel } from "../model/resolve_model.ts";
import { createReport, type Report } from "../report/report_writer.ts";
import type { RunHeading } from "../report/run_facts.ts";
import { exitCodeFor } from "../report/totals.ts";
import type { Source } from "../source/open_source.ts";
import { SourceMeter } from "../source/source_meter.ts";
import { atomic } from "../store/database.ts";
import { storedModelText } from "../store/stored_model.ts";
import { bulkWriteRefusal, mayBulkWrite } from "../users/rights.ts";
import { authenticate } from "./authenticate.ts";
import type { ImportRequest } from "./import_request.ts";
import { importRows } from "./import_rows.ts";
import { classProblems } from "./unknown_class.ts";

/**
 * Runs an import and prints its report, whatever becomes of it.
 * @returns the exit code of a run that came to its end
 * @throws RunStop when the run was stopped; the report has said why already
 */
export async function runImport(request: ImportRequest): Promise<ExitCode> {
  const report = createReport(request.settings.output, request.sink, dirname(request.database.path));
  try {
    return await importAndReport(request, report);
  } catch (error) {
    const stop = error instanceof RunStop ? error : bugStop(error);
    if (stop.exitCode !== EXIT.reportNotWritable) await report.refused(stop);
    throw stop;
  } finally {
    report.close();
  }
}

async function importAndReport(request: ImportRequest, report: Report): Promise<ExitCode> {
  const { settings, database } = request;
  const begin = performance.now();
  const model = resolveModel(JSON.parse(storedModelText(database)));
  const user = authenticate(settings, database, model, request);
  const { modelClass, source } = await findClassAndSource(request, model);
  const meter = new SourceMeter();
  report.heading(headingOf(request, modelClass), source.size);
  if (!mayBulkWrite(user, modelClass, model)) {
    await source.close();
    throw bulkWriteRefusal(modelClass.code);
  }
  const counts = await atomic(
    database,
    () => importRows({ request, model, modelClass, user, source, meter, report }),
    { rollback: settings.simulate },
  );
  await report.done(counts, { dataSize: meter.bytes, seconds: (performance.now() - begin) / 1000 });
  return exitCodeFor(counts);
}

/** Everything that can be wrong with the parameters is told together, before the first byte is read. */
async function findClassAndSource(
  request: ImportRequest,
  model: Model,
): Promise<{ readonly modelClass: ModelClass; readonly source: Source }> {
  const { settings } = request;
  const modelClass = model.classes.get(settings.class);
  if (modelClass !== undefined) return { modelClass, source: await request.openSource() };
  const problems = classProblems(settings.class, model);
  try {
    const source = await request.openSource();
    await source.close();
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    throw new RunStop(error.exitCode, [...problems, ...error.messages], { cause: error });
  }
  throw new RunStop(EXIT.usage, problems);
}

function headingOf({ settings }: ImportRequest, modelClass: ModelClass): RunHeading {
  const format = settings.dateFormat;
  return {
    class: modelClass.code,
    dialect: settings.dialect,
    charset: settings.charset.typed,
    dateFormat: format === null ? null : { dateTime: format.dateTime, date: format.date },
    localize: !settings.codesNotLabels,
    simulate: settings.simulate,
    comment: settings.comment,
  };
}

function bugStop(error: unknown): RunStop {
  const text = error instanceof Error ? error.message : String(error);
  return new RunStop(EXIT.bug, [internalError(text)], { cause: error });
}
