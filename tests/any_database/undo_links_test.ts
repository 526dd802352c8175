/** Undo of runs in which a key was freed and taken again: what went comes back, and what came goes. */
import { assertEquals } from "@std/assert";
import { type Loading, withTables } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

const SHOP = `
  CREATE TABLE tag (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE);
  CREATE TABLE item (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE);
  INSERT INTO tag (slug) VALUES ('oak'), ('sale'), ('garden');
  INSERT INTO item (code) VALUES ('A1'), ('A2');`;
/** As web frameworks make it. */
const WITH_ID = `${SHOP}
  CREATE TABLE item_tag (id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item, tag_id INTEGER NOT NULL REFERENCES tag,
    w INTEGER DEFAULT 5, UNIQUE (item_id, tag_id));
  INSERT INTO item_tag (item_id, tag_id, w) VALUES (1, 1, 42), (1, 2, 43);`;
const WITH_KEY = `${SHOP}
  CREATE TABLE item_tag (item_id INTEGER REFERENCES item, tag_id INTEGER REFERENCES tag, w INTEGER DEFAULT 5,
    PRIMARY KEY (item_id, tag_id)) WITHOUT ROWID;
  INSERT INTO item_tag (item_id, tag_id, w) VALUES (1, 1, 42), (1, 2, 43);`;

interface Run {
  readonly sql: string;
  /** Cells of the links of items, row by row. */
  readonly file: string;
  readonly after: readonly string[];
}

const [OAK, SALE, GARDEN] = ["tag_id->slug:oak", "tag_id->slug:sale", "tag_id->slug:garden"];

const RUNS: Readonly<Record<string, Run>> = {
  "new links that get the ids of those that went": {
    sql: WITH_ID,
    file: `A1,${OAK}|${GARDEN}\nA2,${SALE}\n`,
    after: ["1 1 42", "1 3 5", "2 2 5"],
  },
  "a link that goes and comes again": {
    sql: WITH_KEY,
    file: `A1,${GARDEN}\nA1,${SALE}|${OAK}\n`,
    after: ["1 1 5", "1 2 5"],
  },
  "a link that goes, comes and goes": {
    sql: WITH_KEY,
    file: `A1,${GARDEN}\nA1,${OAK}\nA1,${GARDEN}\n`,
    after: ["1 3 5"],
  },
  "a link that comes, goes and comes": {
    sql: WITH_KEY,
    file: `A2,${GARDEN}\nA2,\nA2,${GARDEN}\n`,
    after: ["1 1 42", "1 2 43", "2 3 5"],
  },
};

async function undo({ scratch }: Loading, change: number, place: string): Promise<string> {
  const undone = await scratch.run(["undo", "--db=tables.db", `--change=${change}`, `--change_log=${place}`]);
  assertExit(undone, 0);
  return undone.stdout;
}

for (const [what, { sql, file, after }] of Object.entries(RUNS)) {
  for (const place of ["beside", "inside"]) {
    Deno.test(`an undo takes back ${what}, and is taken back, with the log ${place}`, () =>
      withTables(sql, async (loading) => {
        const links = () => loading.query("SELECT item_id, tag_id, w FROM item_tag ORDER BY 1, 2");
        const before = links();
        const params = { reconciliationkeys: "code", twins: "last", change_log: place };
        assertExit((await loading.load("item", `code,item_tag\n${file}`, params)).run, 0);
        assertEquals(links(), after);
        assertEquals(/^#(Kept|Impossible): [1-9]/m.test(await undo(loading, 1, place)), false);
        assertEquals(links(), before);
        await undo(loading, 2, place);
        assertEquals(links(), after);
        await undo(loading, 3, place);
        assertEquals(links(), before);
      }));
  }
}
