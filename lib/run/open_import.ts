/** What is known of an import before its rows are read: who runs it, on which class, with which input. */
import { EXIT, RunStop } from "../errors.ts";
import type { Model, ModelClass } from "../model/model.ts";
import type { Report } from "../report/report.ts";
import type { Source } from "../source/open_source.ts";
import { SourceMeter } from "../source/source_meter.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import { bulkWriteRefusal, mayBulkWrite } from "../users/rights.ts";
import { requireSameUser } from "../users/same_user.ts";
import type { ImportOrder } from "./import_order.ts";
import type { OpenImport } from "./load_rows.ts";
import { runHeading } from "./run_heading.ts";
import { classProblems } from "./unknown_class.ts";

/**
 * Logs in, finds the class, opens the input, and tells the report what is known.
 * @param failures where failed logins are counted
 * @throws RunStop 64, 66, 77 or 78
 */
export async function openImport(order: ImportOrder, report: Report, failures: LoginFailures): Promise<OpenImport> {
  const model = await order.store.model();
  const user = await order.logIn(model, failures);
  const { modelClass, source } = await findClassAndSource(order, model);
  try {
    report.heading(runHeading(order, modelClass), source.size);
    if (!mayBulkWrite(user, modelClass, model)) throw bulkWriteRefusal(modelClass.code);
    return {
      order,
      model,
      modelClass,
      user,
      ...await withFingerprint(order, source),
      meter: new SourceMeter(),
      report,
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** Only who wants a file to be loaded once has to know beforehand what it is. */
async function withFingerprint(
  { settings, store }: ImportOrder,
  source: Source,
): Promise<Pick<OpenImport, "source" | "fingerprint">> {
  if (settings.feed?.once !== true) return { source, fingerprint: null };
  const { fingerprinted } = await import("./fingerprinted.ts");
  return await fingerprinted(source, store.folder);
}

/**
 * The same import with its user as they are now: before the transaction began it may have waited long for another writer, and imports
 * before it in the transaction may have changed users.
 * @throws RunStop 77
 */
export async function withUserNow(opened: OpenImport): Promise<OpenImport> {
  const { order, model, modelClass } = opened;
  const user = await requireSameUser(opened.user, model, order.store.accounts(model));
  if (!mayBulkWrite(user, modelClass, model)) throw bulkWriteRefusal(modelClass.code);
  return { ...opened, user };
}

/** Everything that can be wrong with the parameters is told together, before the first byte is read. */
async function findClassAndSource(
  order: ImportOrder,
  model: Model,
): Promise<{ readonly modelClass: ModelClass; readonly source: Source }> {
  const { settings } = order;
  const modelClass = model.classes.get(settings.class);
  if (modelClass !== undefined) return { modelClass, source: await order.openSource() };
  const problems = classProblems(settings.class, model);
  try {
    const source = await order.openSource();
    await source.close();
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    throw new RunStop(error.exitCode, [...problems, ...error.messages], { cause: error });
  }
  throw new RunStop(EXIT.usage, problems);
}
