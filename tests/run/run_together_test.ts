/** Imports that share a transaction: what becomes of them when the transaction itself fails. */
import { assertEquals } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { EXIT, RunStop } from "../../lib/errors.ts";
import { importSettings } from "../../lib/parameters/settings/import_settings.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { authenticate } from "../../lib/run/authenticate.ts";
import { exitCodeOf } from "../../lib/run/import_outcome.ts";
import type { ImportOrder } from "../../lib/run/import_order.ts";
import { runTogether, type TogetherOptions } from "../../lib/run/run_together.ts";
import { openSource } from "../../lib/source/open_source.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import { withWorld } from "../helpers/loading.ts";

const CHEAP = { now: () => new Date(), passwordCost: { n: 16, r: 1, p: 1 } };
const FULL = { text: "the disk is full" };

/** Runs imports of organisations. @param failing the statement that fails @param inputs CSV texts; null: the file is missing */
function together(failing: string | null, inputs: readonly (string | null)[], options: TogetherOptions) {
  return withWorldAndResult(async (path, write) => {
    const onStatement = (sql: string) => {
      if (sql === failing) throw new RunStop(EXIT.databaseNotWritable, [FULL]);
    };
    const store = openOwnStore(path, { busyTimeoutSeconds: 0, onStatement });
    const sink = new CollectedText();
    try {
      const files = inputs.map((text, index) => text === null ? "missing.csv" : write(`${index}.csv`, text));
      const settings = await Promise.all(files.map((file) => settingsFor(path, file)));
      const orders = settings.map((one): ImportOrder => ({
        settings: one,
        parameters: new Map(),
        origin: "test",
        store,
        logIn: (model) => authenticate(one, store, model, CHEAP),
        openSource: () => openSource(one.csvfile, { stdin: new ReadableStream() }),
        sink,
        progressSink: sink,
        ...CHEAP,
      }));
      const outcomes = await runTogether(orders, options);
      return { ends: outcomes.map((outcome) => [outcome.kind, exitCodeOf(outcome)]), text: sink.text };
    } finally {
      await store.close();
    }
  });
}

interface Ends {
  readonly ends: readonly (readonly (string | number | null)[])[];
  readonly text: string;
}

async function withWorldAndResult(
  use: (database: string, write: (name: string, text: string) => string) => Promise<Ends>,
): Promise<Ends & { readonly stored: readonly string[] }> {
  let result: Ends = { ends: [], text: "" };
  let stored: readonly string[] = [];
  await withWorld(async ({ database, scratch, objects }) => {
    const before = objects("Organization", "code").length;
    result = await use(database, scratch.write);
    stored = objects("Organization", "code").slice(before);
  });
  return { ...result, stored };
}

async function settingsFor(database: string, file: string) {
  const access = ["--auth_user=admin", "--auth_pwd=admin", `--db=${database}`, "--no_localize=1", "--output=retcode"];
  const typed = parseArguments([...access, "--class=Organization", `--csvfile=${file}`]);
  return await importSettings(await mergeParameters(typed, { env: () => undefined }));
}

const A = "name,code\nA,A\n";
const B = "name,code\nB,B\n";

Deno.test("a transaction that cannot end takes all imports back, and the last one tells why", async () => {
  const { ends, text, stored } = await together("COMMIT", [A, B], { rollback: false, afterFailure: "take_all_back" });
  assertEquals(ends, [["taken_back", null], ["failed", 73]]);
  assertEquals([text, stored], ["the disk is full\n", []]);
});

Deno.test("a transaction that cannot begin runs no import, and the first one tells why", async () => {
  const options = { rollback: false, afterFailure: "take_all_back" } as const;
  const { ends, stored } = await together("BEGIN IMMEDIATE", [A, B], options);
  assertEquals(ends, [["failed", 73], ["not_run", null]]);
  assertEquals(stored, []);
});

Deno.test("a transaction that cannot begin is told by the first import that could have run", async () => {
  const { ends } = await together("BEGIN IMMEDIATE", [null, A, B], { rollback: true, afterFailure: "continue" });
  assertEquals(ends, [["failed", 66], ["failed", 73], ["not_run", null]]);
});

Deno.test("imports that do not depend on each other share a transaction and fail alone", async () => {
  const options = { rollback: false, afterFailure: "continue" } as const;
  const { ends, text, stored } = await together(null, ['name,code\nX,X\n"open', null, B], options);
  assertEquals(ends, [["failed", 65], ["failed", 66], ["done", 0]]);
  assertEquals([text.slice(-2), stored], ["0\n", ["B"]]);
});

Deno.test("no import at all is nothing to do", async () => {
  assertEquals(await runTogether([], { rollback: false, afterFailure: "stop" }), []);
});
