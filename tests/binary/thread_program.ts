/**
 * A program that imports as `serve` does. The arguments are the command's; the input is a file that is read here, on the main thread.
 */
import type { ImportJob } from "../../lib/server/imports/import_job.ts";

const { mergeParameters } = await import("../../lib/parameters/reading/merge_parameters.ts");
const { parseArguments } = await import("../../lib/parameters/reading/parse_arguments.ts");
const { importSettings } = await import("../../lib/parameters/settings/import_settings.ts");
const { ImportThread } = await import("../../lib/server/imports/import_thread.ts");

const merged = await mergeParameters(parseArguments(Deno.args), () => undefined);
const { csvfile, login, password: _password, ...settings } = await importSettings(merged);
const input = Deno.readFileSync(csvfile);
const job: ImportJob = {
  settings,
  parameters: new Map(),
  // The first user of a database is its administrator.
  userId: 1,
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
