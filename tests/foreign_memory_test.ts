/** Memory does not grow with what is loaded into a database of others: neither where rows are known by numbers nor where by texts. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { organizations, PERSONS, writeRows } from "../scripts/bench/persons.ts";
import { CAN_MEASURE, runMeasured, V8_FLAGS } from "./helpers/measured_process.ts";
import { assertExit, type Scratch, withScratch } from "./helpers/scratch.ts";

const ROWS = 300_000;
/** In MiB: what one of ours may take, and a fifth for the second connection and the rows' keys, which are no numbers. */
const MOST_MEMORY = 240;

const COLUMNS = "name TEXT NOT NULL, first_name TEXT NOT NULL, org_id INTEGER NOT NULL REFERENCES organization (id), " +
  "phone TEXT, status TEXT NOT NULL CHECK (status IN ('active', 'inactive')), notify BOOLEAN, function TEXT";

const TABLES = [
  { title: "with an integer key and a unique index", key: "id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE" },
  { title: "with a key of texts", key: "email TEXT NOT NULL PRIMARY KEY" },
];

async function makeDatabase(scratch: Scratch, key: string): Promise<void> {
  const database = new DatabaseSync(scratch.path("own.db"));
  database.exec("CREATE TABLE organization (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, code TEXT)");
  database.exec(`CREATE TABLE person (${key}, ${COLUMNS})`);
  database.close();
  scratch.write("organizations.csv", organizations());
  assertExit(await scratch.run(["--db=own.db", "--class=organization", "--csvfile=organizations.csv"]), 0);
  writeRows(scratch.path("persons.csv"), PERSONS, ROWS, "utf8");
}

for (const { title, key } of TABLES) {
  Deno.test({
    name: `${ROWS} rows of a table ${title} are created and found unchanged in ${MOST_MEMORY} MiB`,
    ignore: !CAN_MEASURE,
    fn: (test) =>
      withScratch(async (scratch) => {
        assert(V8_FLAGS.length > 0);
        await makeDatabase(scratch, key);
        for (const status of ["Created", "Unchanged"]) {
          await test.step(status, async () => {
            const args = ["--db=own.db", "--class=person", "--csvfile=persons.csv", "--reconciliationkeys=email"];
            const { exitCode, stdout, stderr, peak } = await runMeasured([...args, "--no_localize=1"], scratch);
            assertEquals([exitCode, stderr], [0, ""]);
            assertStringIncludes(stdout, `#${status}: ${ROWS}\n`);
            assert(peak > 40, `A process with Deno in it takes more than ${peak} MiB: nothing was measured`);
            assert(peak <= MOST_MEMORY, `${peak.toFixed(1)} MiB were resident at once`);
          });
        }
      }),
  });
}
