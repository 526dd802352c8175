/**
 * A program that imports as `serve` does. The arguments are the command's; the input is a file that is read here, on the main thread.
 */
import type { ImportJob } from "../../lib/server/imports/import_job.ts";

const { mergeParameters } = await import("../../lib/parameters/reading/merge_parameters.ts");
const { parseArguments } = await import("../../lib/parameters/reading/parse_arguments.ts");
const { importSettings } = await import("../../lib/parameters/settings/import_settings.ts");
const { ImportThread } = await import("../../lib/server/imports/import_thread.ts");

const { BoundDatabase } = await import("../../lib/server/bound_database.ts");
const { openDatabase } = await import("../../lib/databases/sqlite/database.ts");
const { accountStamp } = await import("../../lib/users/account_stamp.ts");

const merged = await mergeParameters(parseArguments(Deno.args), { env: () => undefined });
const { csvfile, login, password: _password, ...settings } = await importSettings(merged);
const input = Deno.readFileSync(csvfile);
const { database: path } = settings;
const { database, identity } = BoundDatabase.open(path, {}, () => openDatabase(path, { busyTimeoutSeconds: 0 }));
const user = database.prepare("SELECT login, password FROM user WHERE id = 1").get();
const account = { id: 1, login: String(user?.["login"]) };
const stamp = accountStamp(account, String(user?.["password"]));
database.close();
const job: ImportJob = {
  settings,
  identity,
  parameters: new Map(),
  // The first user of a database is its administrator.
  userId: account.id,
  stamp,
  login,
  inputName: csvfile,
  inputBytes: input.length,
  input: () => [input],
  report: (bytes) => void Deno.stdout.writeSync(bytes),
  origin: "test",
};
const thread = new ImportThread();
const { exitCode } = await thread.run(job, new AbortController().signal);
await thread.close();
Deno.exit(exitCode);
