/** What is stored may be far longer than the input: many rows whose objects have long texts take little memory together. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { withWorld } from "../helpers/loading.ts";
import { CAN_MEASURE, runMeasured } from "../helpers/measured_process.ts";

/** They are looked up together. */
const LOCATIONS = 512;
/** The attribute takes no more. */
const ADDRESS = "\u5730".repeat(64_000);
/** In MiB. All addresses at once have 62 in the memory of V8, and 94 in that of SQLite. */
const MOST_MEMORY = 200;

function locations(address: string): string {
  const rows = Array.from({ length: LOCATIONS }, (_, row) => `L${row},My Company/Department,${address}\n`);
  return ["name,org_id->name,address\n", ...rows].join("");
}

function lengthenAddresses(database: string): void {
  const opened = new DatabaseSync(database);
  opened.prepare("UPDATE location SET address = ? WHERE name LIKE 'L%'").run(ADDRESS);
  opened.close();
}

Deno.test({
  name: `${LOCATIONS} stored texts of ${ADDRESS.length} characters are compared, and replaced, in ${MOST_MEMORY} MiB`,
  ignore: !CAN_MEASURE,
  fn: () =>
    withWorld(async ({ scratch, database, load, query }) => {
      assertEquals((await load("Location", locations("x"))).rows.length, LOCATIONS);
      lengthenAddresses(database);
      const file = scratch.write("locations.csv", locations("Paris"));
      const login = ["--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"];
      const input = [`--db=${database}`, `--csvfile=${file}`, "--class=Location", "--reconciliationkeys=name"];
      const { peak, stdout } = await runMeasured([...login, ...input, "--output=summary"], { folder: scratch.folder });
      assertEquals(stdout.trimEnd().split("\n").slice(-3), ["#Created: 0", `#Updated: ${LOCATIONS}`, "#Unchanged: 0"]);
      assertEquals(query("SELECT address, COUNT(*) FROM location WHERE name LIKE 'L%' GROUP BY 1"), [
        `Paris ${LOCATIONS}`,
      ]);
      assertEquals(
        query("SELECT length(old_value), COUNT(*) FROM change_op WHERE new_value = 'Paris' GROUP BY 1"),
        [`${ADDRESS.length} ${LOCATIONS}`],
      );
      assert(peak > 40, `A process with Deno in it takes more than ${peak} MiB: nothing was measured`);
      assert(peak <= MOST_MEMORY, `${peak.toFixed(1)} MiB were resident at once`);
    }),
});
