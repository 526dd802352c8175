/** How often SQLite is called: what a large run costs depends on that more than on anything else, and it does not depend on the machine. */
import { assert, assertEquals } from "@std/assert";
import { CollectedText } from "../../lib/collected_text.ts";
import { importSettings } from "../../lib/parameters/import_settings.ts";
import { mergeParameters } from "../../lib/parameters/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/parse_arguments.ts";
import { runImport } from "../../lib/run/run_import.ts";
import { openSource } from "../../lib/source/open_source.ts";
import { openDatabase } from "../../lib/store/database.ts";
import { withWorld } from "../helpers/loading.ts";

const ROWS = 10_000;
/** What a run calls beside its rows: opening, login, plan, indexes, the beginning and the end of the log and the transaction. */
const OTHERS = 60;

function persons(job: (row: number) => string): string {
  const rows = Array.from({ length: ROWS }, (_, row) => `Last${row},First,user${row}@example.com,Demo,${job(row)}`);
  return ["name,first_name,email,org_id->name,function", ...rows].join("\n");
}

/** Loads persons. @returns the number of statements, and the last lines of the report */
async function load(database: string, file: string): Promise<{ statements: number; counts: readonly string[] }> {
  let statements = 0;
  const opened = openDatabase(database, { busyTimeoutSeconds: 0, onStatement: () => statements++ });
  const sink = new CollectedText();
  const args = [`--db=${database}`, `--csvfile=${file}`, "--class=Person", "--reconciliationkeys=email"];
  const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
  try {
    const settings = await importSettings(
      await mergeParameters(parseArguments([...args, ...login]), () => undefined),
    );
    await runImport({
      settings,
      parameters: new Map(),
      origin: "test",
      database: opened,
      openSource: () => openSource(settings.csvfile, { stdin: new ReadableStream() }),
      sink,
      progressSink: sink,
      now: () => new Date(),
      passwordCost: { n: 16, r: 1, p: 1 },
    });
  } finally {
    opened.close();
  }
  return { statements, counts: sink.text.trimEnd().split("\n").slice(-3) };
}

Deno.test("a thousand rows take few statements: six to create them, two to find them unchanged", async () => {
  await withWorld(async ({ database, scratch }) => {
    const file = scratch.write("persons.csv", persons((row) => `Level ${row % 5}`));
    const created = await load(database, file);
    assertEquals(created.counts, [`#Created: ${ROWS}`, "#Updated: 0", "#Unchanged: 0"]);
    assert(created.statements <= OTHERS + 6 * ROWS / 1000, `${created.statements} statements created ${ROWS} rows`);
    const unchanged = await load(database, file);
    assertEquals(unchanged.counts, ["#Created: 0", "#Updated: 0", `#Unchanged: ${ROWS}`]);
    assert(unchanged.statements <= OTHERS + 2 * ROWS / 1000, `${unchanged.statements} statements left ${ROWS} rows`);
  });
});
