/** A file that is not loaded again is told of as with a database that is a file: by as much as was read of it until that was known. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { withScratch } from "../../helpers/scratch.ts";
import { BothLaboratory } from "../../torture/both_laboratory.ts";
import { Random } from "../../torture/random.ts";

const TEXT = { kind: "string", null: false };

const MODEL = {
  name: "boxes",
  languages: ["EN US"],
  classes: { Box: { reconciliation_keys: ["code"], attributes: { code: TEXT, name: TEXT } } },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

/** A row of nothing but separators, which is warned of when all was read, is among so many. */
function boxes(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => `c${index},${"name ".repeat(20)}${index}\n`);
  return ["code,name\n", ",\n", ...rows].join("");
}

const ONCE = { source: "crm", once: "1", reconciliationkeys: "code" };

for (const release of POSTGRES_RELEASES.slice(0, 1)) {
  Deno.test(`${release.name}: of a file that is not loaded again nothing is told that is not told with a file`, () =>
    withScratch((scratch) =>
      withDatabase(release, (address) =>
        withConnection(address, async (observer) => {
          const lab = new BothLaboratory(scratch, observer, new Random(1));
          await lab.init(MODEL);
          // One group, somewhat more, and many of the largest.
          for (const [count, warnings] of [[100, 1], [600, 0], [5000, 0]] as const) {
            const load = (output: string) => lab.run(lab.file, "Box", boxes(count), { ...ONCE, output });
            await load("json");
            await load("summary");
            const { not_loaded_since: since, warnings: told } = JSON.parse((await load("json")).stdout);
            assertStringIncludes(since, "2026-01-02");
            assertEquals(told.length, warnings, String(count));
          }
        }))
    ));
}
