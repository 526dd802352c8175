/** Whoever looks after a server may set what they like for a database or a role: a run comes to the same, as with a file of SQLite. */
import { withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { withScratch } from "../../helpers/scratch.ts";
import { BothLaboratory } from "../../torture/both_laboratory.ts";
import { Random } from "../../torture/random.ts";
import { TAGS, TARGETS } from "../../torture/random_file.ts";
import { randomModel } from "../../torture/random_model.ts";
import { withDependants, writeSomething } from "../../torture/undo_files.ts";

/** They change how the server reads arrays, what it says of indexes, and when it ends a session; the rest is there to be sure. */
const SETTINGS: readonly string[] = [
  "quote_all_identifiers = on",
  "extra_float_digits = -10",
  "array_nulls = off",
  "exit_on_error = on",
  "default_transaction_isolation = 'serializable'",
  "default_transaction_deferrable = on",
  "transform_null_equals = on",
  "client_encoding = 'LATIN1'",
  "DateStyle = 'German'",
  "IntervalStyle = 'iso_8601'",
  "TimeZone = 'Asia/Tokyo'",
  "bytea_output = 'escape'",
  "xmloption = 'document'",
  "standard_conforming_strings = off",
  "search_path = 'public'",
  "statement_timeout = '3s'",
  "lock_timeout = '1ms'",
  "idle_session_timeout = '3s'",
  "idle_in_transaction_session_timeout = '3s'",
];

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: what others have set for a database does not count`, () =>
    withScratch((scratch) =>
      withDatabase(release, async (address) => {
        await withConnection(address, async (connection) => {
          for (const setting of SETTINGS) {
            await connection.execute(`ALTER DATABASE ${address.database} SET ${setting}`);
          }
        });
        const random = new Random(16);
        await withConnection(address, async (observer) => {
          const lab = new BothLaboratory(scratch, observer, random.part("told"));
          const model = randomModel(random);
          await lab.init(withDependants(model));
          for (const [code, names] of [["Target", TARGETS], ["Tag", TAGS]] as const) {
            await lab.run(lab.file, code, `name\n${[...new Set(names)].join("\n")}\n`);
          }
          for (let file = 0; file < 4; file++) {
            await writeSomething({ lab, model, random, database: lab.file }, file === 0);
          }
        });
      })
    ));
}
