/**
 * A program that imports as `serve` does. The arguments are the command's; the input is a file that is read here, on the main thread.
 */
import type { ObjectId } from "../../lib/store/object_id.ts";
import type { QueuedImport } from "../../lib/server/imports/queued_import.ts";

const { mergeParameters } = await import("../../lib/parameters/reading/merge_parameters.ts");
const { parseArguments } = await import("../../lib/parameters/reading/parse_arguments.ts");
const { importSettings } = await import("../../lib/parameters/settings/import_settings.ts");
const { ImportThread } = await import("../../lib/server/imports/import_thread.ts");

const { openOwnStore } = await import("../../lib/databases/open_store.ts");
const { enabledUser } = await import("../../lib/users/known_user.ts");

const merged = await mergeParameters(parseArguments(Deno.args), { env: () => undefined });
const { csvfile, login, password: _password, ...settings } = await importSettings(merged);
const input = Deno.readFileSync(csvfile);
const store = openOwnStore(settings.database, { busyTimeoutSeconds: 0 });
const identity = await store.identity();
// The first user of a database is its administrator.
const userId = 1 as number & ObjectId;
const model = await store.model();
const stamp = (await enabledUser(userId, model, store.accounts(model)))?.stamp ?? "";
await store.close();
const queued: QueuedImport = {
  settings,
  identity,
  parameters: new Map(),
  userId,
  stamp,
  login,
  inputName: csvfile,
  inputBytes: input.length,
  input: () => [input],
  report: (bytes) => void Deno.stdout.writeSync(bytes),
  origin: "test",
};
const thread = new ImportThread();
const { exitCode } = await thread.run(queued, new AbortController().signal);
await thread.close();
Deno.exit(exitCode);
