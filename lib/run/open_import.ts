/** What is known of an import before its rows are read: who runs it, on which class, with which input. */
import { EXIT, RunStop } from "../errors.ts";
import type { Model, ModelClass } from "../model/model.ts";
import type { Report } from "../report/report.ts";
import type { Source } from "../source/open_source.ts";
import { SourceMeter } from "../source/source_meter.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import { bulkWriteRefusal, mayBulkWrite } from "../users/rights.ts";
import { requireSameUser } from "../users/same_user.ts";
import type { User } from "../users/user.ts";
import type { ImportOrder } from "./import_order.ts";
import type { OpenImport } from "./load_rows.ts";
import { ReadAhead } from "./read_ahead.ts";
import { runHeading } from "./run_heading.ts";
import { classProblems } from "./unknown_class.ts";

/**
 * Logs in, finds the class, opens the input, and tells the report what is known. The password is checked by another thread; meanwhile the
 * input is opened, and its first rows are read. Of what is wrong with it nobody hears who cannot log in.
 * @param failures where failed logins are counted
 * @throws RunStop 64, 66, 77 or 78
 */
export async function openImport(order: ImportOrder, report: Report, failures: LoginFailures): Promise<OpenImport> {
  const model = await order.store.model();
  const login = order.logIn(model, failures);
  const opening = settled(openInput(order, model, report, login));
  const user = await userOrClosed(login, opening);
  const { modelClass, source, ahead } = await opened(opening);
  try {
    report.heading(runHeading(order, modelClass), source.size);
    if (!mayBulkWrite(user, modelClass, model)) throw bulkWriteRefusal(modelClass.code);
    return {
      order,
      model,
      modelClass,
      user,
      ...await withFingerprint(order, source),
      meter: ahead?.meter ?? new SourceMeter(),
      ahead,
      report,
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

interface OpenInput {
  readonly modelClass: ModelClass;
  readonly source: Source;
  /** Null: nobody has begun to read. */
  readonly ahead: ReadAhead | null;
}

/** What became of the input, as a promise that is never rejected: it may fail before anybody may know. */
type Opening = Promise<{ readonly input: OpenInput } | { readonly error: unknown }>;

function settled(input: Promise<OpenInput>): Opening {
  return input.then((input) => ({ input }), (error: unknown) => ({ error }));
}

async function opened(opening: Opening): Promise<OpenInput> {
  const found = await opening;
  if ("error" in found) throw found.error;
  return found.input;
}

/** @throws RunStop 77, when the input is closed again */
async function userOrClosed(login: Promise<User>, opening: Opening): Promise<User> {
  try {
    return await login;
  } catch (error) {
    const found = await opening;
    if ("input" in found) await found.input.source.close();
    throw error;
  }
}

/** @param login whoever waits for it, waits for the right to the input, too */
async function openInput(
  order: ImportOrder,
  model: Model,
  report: Report,
  login: Promise<unknown>,
): Promise<OpenInput> {
  const { modelClass, source } = await findClassAndSource(order, model, login);
  const { settings } = order;
  const isReadAsItComes = settings.secondPass.length === 0 && settings.feed?.once !== true &&
    report.needs.rawRows !== true;
  if (order.readsAhead !== true || !isReadAsItComes) return { modelClass, source, ahead: null };
  const ahead = new ReadAhead(source, settings, order.rowsTogether);
  const close = async () => {
    await ahead.close();
    await source.close();
  };
  return { modelClass, source: { ...source, close }, ahead };
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

/**
 * The same import, of which the login was taken back with the transaction that it was made in.
 * @param failures where failed logins are counted
 * @throws RunStop 77
 */
export async function withLoginAgain(opened: OpenImport, failures: LoginFailures): Promise<OpenImport> {
  const { order, model, modelClass } = opened;
  const user = await order.logIn(model, failures);
  if (!mayBulkWrite(user, modelClass, model)) throw bulkWriteRefusal(modelClass.code);
  return { ...opened, user };
}

/** Few databases ask for it. */
async function repeatable(source: Source, { store }: ImportOrder): Promise<Source> {
  const { repeatableSource } = await import("../source/repeatable_source.ts");
  return repeatableSource(source, store.folder);
}

/** The same import from its beginning: what it has done is taken back. */
export function openedAnew(opened: OpenImport): OpenImport {
  // What is read ahead and was not asked for yet will do.
  return opened.ahead?.isUsed === false ? opened : { ...opened, ahead: null, meter: new SourceMeter() };
}

/** Everything that can be wrong with the parameters is told together, before the first byte is read. */
async function findClassAndSource(
  order: ImportOrder,
  model: Model,
  login: Promise<unknown>,
): Promise<Pick<OpenInput, "modelClass" | "source">> {
  const { settings } = order;
  const modelClass = model.classes.get(settings.class);
  if (modelClass !== undefined) {
    const source = await order.openSource(login);
    return { modelClass, source: order.store.mayConflict ? await repeatable(source, order) : source };
  }
  const problems = classProblems(settings.class, model);
  try {
    const source = await order.openSource(login);
    await source.close();
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    throw new RunStop(error.exitCode, [...problems, ...error.messages], { cause: error });
  }
  throw new RunStop(EXIT.usage, problems);
}
