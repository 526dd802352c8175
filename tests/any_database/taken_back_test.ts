/** Runs into a database that we did not make of which the log was kept: if the rows were not, nothing is left of them. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, type Parameters, withTables } from "../helpers/loading.ts";
import { assertExit, type ProgramRun } from "../helpers/scratch.ts";

const PARTS = "CREATE TABLE part (code TEXT PRIMARY KEY, stock INT); INSERT INTO part VALUES ('P1', 1), ('P2', 2)";

const FEED: Parameters = { source: "parts", gone: "delete", gone_limit: "100%" };

/** Loads while somebody reads, who keeps the rows from being committed, and the log not. */
async function loadWhileRead({ database, print }: Loading, csv: string, params: Parameters = {}): Promise<ProgramRun> {
  const reader = new DatabaseSync(database, { readOnly: true });
  reader.exec("BEGIN");
  reader.prepare("SELECT * FROM part").all();
  try {
    return await print("part", csv, { busy_timeout: "0", ...params });
  } finally {
    reader.close();
  }
}

function folderOf({ scratch }: Loading): readonly string[] {
  return [...Deno.readDirSync(scratch.folder)].map(({ name }) => name).sort();
}

Deno.test("a first run that comes to nothing leaves no log", () =>
  withTables(PARTS, async (tables) => {
    assertExit(await loadWhileRead(tables, "code,stock\nP1,5\n"), 75);
    assertEquals(folderOf(tables), ["own.csv", "tables.db"]);
  }));

Deno.test("a file whose rows were taken back was not loaded, whatever once=1 says", () =>
  withTables(PARTS, async (tables) => {
    const { load, query } = tables;
    const once = { ...FEED, once: "1" };
    await load("part", "code,stock\nP1,3\n", once);
    const file = "code,stock\nP1,5\nP3,3\n";
    assertExit(await loadWhileRead(tables, file, once), 75);
    const again = await load("part", file, once);
    assertEquals(again.rows, ["updated part P1 stock=3->5", "created part P3"]);
    assertEquals(query("SELECT * FROM part"), ["P1 5", "P2 2", "P3 3"]);
  }));

Deno.test("a feed has what it had before a run that was taken back", () =>
  withTables(PARTS, async (tables) => {
    const { load, scratch } = tables;
    const memory = () => {
      const log = new DatabaseSync(scratch.path("tables.db.csvrecon"), { readOnly: true });
      const rows = ["csvrecon_feed_object", "csvrecon_feed_change"].map((table) =>
        log.prepare(`SELECT * FROM ${table}`).all().map((row) => ({ ...row }))
      );
      log.close();
      return rows;
    };
    await load("part", "code,stock\nP1,3\nP2,3\nP4,4\n", FEED);
    await load("part", "code,stock\nP1,3\nP2,3\n", { ...FEED, gone: "report" });
    const before = memory();
    assertExit(await loadWhileRead(tables, "code,stock\nP1,5\nP4,1\nP5,5\n", FEED), 75);
    assertEquals(memory(), before);
    const told = await load("part", "code,stock\nP1,3\n", { ...FEED, simulate: "1" });
    assertStringIncludes(told.rows.join(), "gone: deleted part P4");
  }));

/** Ends what was written as if its process had been killed when the log was committed: before the rows were, or behind them. */
async function killed({ database, scratch }: Loading, isDone: boolean, work: () => Promise<unknown>): Promise<void> {
  const before = Deno.readFileSync(database);
  await work();
  if (!isDone) Deno.writeFileSync(database, before);
  const log = new DatabaseSync(scratch.path("tables.db.csvrecon"));
  log.exec("UPDATE change SET state = 'writing' WHERE id = (SELECT max(id) FROM change)");
  log.close();
}

const UNDO = ["undo", "--db=tables.db", "--change=1"];

Deno.test("an undo that was killed when its log was committed is told if its rows are there, and else may be asked for again", () =>
  withTables(PARTS, async (tables) => {
    const { load, query, scratch } = tables;
    const undone = async () => {
      const { stdout } = await scratch.run(["history", "--db=tables.db", "--output=json"]);
      return stdout.split("\n").filter((line) => line.includes('"type":"run"')).map((line) => JSON.parse(line))
        .map(({ id, undone_by: by }) => [id, by]);
    };
    await load("part", "code,stock\nP1,5\nP3,5\n");
    await killed(tables, false, () => scratch.run(UNDO));
    assertEquals(await undone(), [[1, null]]);
    assertEquals(query("SELECT * FROM part"), ["P1 5", "P2 2", "P3 5"]);
    await killed(tables, true, () => scratch.run(UNDO));
    assertEquals(await undone(), [[3, null], [1, 3]]);
    assertEquals(query("SELECT * FROM part"), ["P1 1", "P2 2"]);
    assertExit(await scratch.run(UNDO), 64);
  }));

Deno.test("a file of a run that was killed is loaded again with once=1 if its rows are not there", () =>
  withTables(PARTS, async (tables) => {
    const { load, print } = tables;
    const once = { ...FEED, once: "1" };
    const file = "code,stock\nP1,5\nP3,3\n";
    await killed(tables, false, () => load("part", file, once));
    const told = await load("part", file, { ...once, simulate: "1" });
    assertEquals(told.rows, ["updated part P1 stock=1->5", "created part P3"]);
    await killed(tables, true, () => load("part", file, once));
    assertStringIncludes((await print("part", file, { ...once, output: "json" })).stdout, "not_loaded_since");
  }));
