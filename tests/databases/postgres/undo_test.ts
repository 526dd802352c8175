/** A run of many rows that is taken back with one object in the way: told and stored as with a file, the change log included. */
import { assertEquals } from "@std/assert";
import { withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { INSTALLED_RELEASE } from "../../helpers/postgres_release.ts";
import { assertExit, withScratch } from "../../helpers/scratch.ts";
import { BothLaboratory } from "../../torture/both_laboratory.ts";
import { Random } from "../../torture/random.ts";

const TEXT = { kind: "string", null: false };

const MODEL = {
  name: "boxes",
  languages: ["EN US"],
  classes: {
    Box: {
      reconciliation_keys: ["code"],
      // To an index empty sizes differ: nobody knows before the objects are written and looked at.
      unique: [{ name: "one_name", attributes: ["name", "size"] }],
      attributes: { code: TEXT, name: TEXT, size: { kind: "integer" } },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

const BOXES = 1500;
/** Its old name belongs to another one by then. It is taken back late: the last ones are first. */
const IN_THE_WAY = 200;

function boxes(name: string): string {
  const rows = Array.from({ length: BOXES }, (_, index) => `c${index},${name} ${index}\n`);
  return `code,name\n${rows.join("")}`;
}

if (INSTALLED_RELEASE !== null) {
  const release = INSTALLED_RELEASE;
  Deno.test(`${release.name}: of many updates that are taken back one is in the way of another object: the rest is logged, all of it`, () =>
    withScratch((scratch) =>
      withDatabase(release, (address) =>
        withConnection(address, async (observer) => {
          const lab = new BothLaboratory(scratch, observer, new Random(1));
          await lab.init(MODEL);
          const load = async (csv: string) => assertExit(await lab.run(lab.file, "Box", csv, { output: "json" }), 0);
          await load(boxes("old"));
          await load(boxes("new"));
          await load(`code,name\nother,old ${IN_THE_WAY}\n`);
          assertExit(await lab.command(["undo", "--change=2", "--output=details"]), 1);
          const logged = await observer.rows("SELECT count(*) FROM change_op WHERE change = 4");
          assertEquals(logged, [[BOXES - 1]]);
        }))
    ));
}
