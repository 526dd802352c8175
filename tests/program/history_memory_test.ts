/** A run of very many entries is told page by page: memory does not grow with it. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { CAN_MEASURE, runMeasured, V8_FLAGS } from "../helpers/measured_process.ts";
import { withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";

const ENTRIES = 300_000;
/** In MiB. */
const MOST_MEMORY = 200;

/** A run that changed as many objects, all of which are gone. */
function addRun(path: string): number {
  const database = new DatabaseSync(path);
  const { id } = database.prepare(
    "INSERT INTO change (date, user, comment, origin, parameters) " +
      "VALUES ('2026-01-01T00:00:00.000Z', 'x', '', 'csvrecon import', '{\"class\":\"Person\"}') RETURNING id",
  ).get() ?? {};
  database.prepare(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) INSERT INTO change_op " +
      "(change, class, object_id, operation, attribute, old_value, new_value) " +
      "SELECT ?, 'Person', 1000000 + i, 'update', 'function', 'value before ' || i, 'value behind ' || i FROM n",
  ).run(ENTRIES, Number(id));
  database.close();
  return Number(id);
}

Deno.test({
  name: `${ENTRIES} entries of a run are told in ${MOST_MEMORY} MiB`,
  ignore: !CAN_MEASURE,
  fn: () =>
    withScratch(async (scratch) => {
      assert(V8_FLAGS.length > 0);
      const run = addRun(await copyWorld(scratch));
      const login = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin"];
      const args = ["history", ...login, `--change=${run}`, "--output=json"];
      const { exitCode, stderr, peak } = await runMeasured(args, {
        folder: scratch.folder,
        redirection: ">told.jsonl",
      });
      assertEquals([exitCode, stderr], [0, ""]);
      const told = Deno.readTextFileSync(scratch.path("told.jsonl"));
      assertEquals(told.match(/^\{"type":"entry"/gm)?.length, ENTRIES);
      assert(peak > 0 && peak < MOST_MEMORY, `${Math.round(peak)} MiB`);
    }),
});
