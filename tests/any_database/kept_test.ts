/** What is kept of runs into a database that we did not make: the log, history, undo, copies, feeds. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, type Parameters, withTables } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { allOf, KEYS, prices, withShop } from "./shop.ts";

const PRICES = "Name,Album->Title,UnitPrice,Changed\nOverture,Harbour,1.29,2024-05-06\nDrift,Winter,0.5,\n";

function run({ scratch }: Loading, line: string) {
  return scratch.run(line.split(" "));
}

Deno.test("the history tells what a run did, without a user", () =>
  withShop(async (shop) => {
    await shop.load("Track", PRICES, KEYS);
    const listed = await run(shop, "history --db=tables.db");
    assertExit(listed, 0);
    assertStringIncludes(listed.stdout, "Track");
    assert(!/user|\bby\b/i.test(listed.stdout), listed.stdout);
    const one = await run(shop, "history --db=tables.db --change=1");
    assertExit(one, 0);
    assertStringIncludes(one.stdout, "UnitPrice: 0.99 → 1.29");
    assert(!/^ *User/m.test(one.stdout), one.stdout);
    const life = await run(shop, "history --db=tables.db --class=Track --object=1");
    assertExit(life, 0);
    assertStringIncludes(life.stdout, "UnitPrice: 0.99 → 1.29");
    const json = await run(shop, "history --db=tables.db --output=json");
    assertExit(json, 0);
  }));

for (const place of ["beside", "inside"] as const) {
  Deno.test(`runs have no users in a log ${place}`, () =>
    withShop(async ({ load, database }) => {
      await load("Track", PRICES, { ...KEYS, change_log: place });
      const log = new DatabaseSync(place === "inside" ? database : `${database}.csvrecon`, { readOnly: true });
      const table = place === "inside" ? "csvrecon_change" : "change";
      const columns = log.prepare("SELECT name FROM pragma_table_info(?)").all(table).map(({ name }) => String(name));
      log.close();
      assertEquals([columns.includes("state"), columns.filter((name) => name.includes("user"))], [true, []]);
    }));

  Deno.test(`an undo gives back what was there before, with the log ${place}`, () =>
    withShop(async (shop) => {
      const rows = () => allOf(shop).filter((line) => !line.includes("csvrecon")).join("\n");
      const tracks = () => shop.query("SELECT *, typeof(UnitPrice), hex(Cover) FROM Track ORDER BY 1");
      const before = tracks();
      await shop.load("Track", PRICES, { ...KEYS, change_log: place });
      await shop.load("Playlist", "Name,PlaylistTrack\nSea,TrackId:4\n", {
        reconciliationkeys: "Name",
        change_log: place,
      });
      for (const change of [2, 1]) {
        const simulated = await run(shop, `undo --db=tables.db --change=${change} --change_log=${place} --simulate=1`);
        assertExit(simulated, 0);
        const undone = await run(shop, `undo --db=tables.db --change=${change} --change_log=${place} --output=details`);
        assertExit(undone, 0);
        assert(!/ by /.test(undone.stdout), undone.stdout);
      }
      assertEquals(tracks(), before);
      assertEquals(shop.query("SELECT * FROM PlaylistTrack ORDER BY 1, 2"), ["1 1", "1 3", "2 4"]);
      if (place === "beside") assert(!rows().includes("csvrecon"));
    }));
}

Deno.test("an undo leaves a row that somebody changed since", () =>
  withShop(async (shop) => {
    await shop.load("Track", PRICES, KEYS);
    await shop.load("Track", "TrackId,UnitPrice\n1,2.5\n");
    const undone = await run(shop, "undo --db=tables.db --change=1 --output=details");
    assertExit(undone, 1);
    assertEquals(prices(shop), ["1 2.5", "2 0.99", "3 0.99", "4 1.29"]);
  }));

Deno.test("change_log=none leaves no file; history and undo have nothing to read then", () =>
  withShop(async (shop) => {
    const { run: { stdout } } = await shop.load("Track", PRICES, { ...KEYS, change_log: "none" });
    assertStringIncludes(stdout, '"change_log":"none"');
    assertEquals([...Deno.readDirSync(shop.scratch.folder)].map(({ name }) => name).sort(), ["own.csv", "tables.db"]);
    assertExit(await run(shop, "history --db=tables.db --change_log=none"), 64);
    assertExit(await run(shop, "undo --db=tables.db --change=1 --change_log=none"), 64);
    assertExit(await run(shop, "undo --db=tables.db --change=1"), 64);
    assertExit(await run(shop, "history --db=tables.db"), 0);
  }));

Deno.test("a backup is the database as it was", () =>
  withShop(async (shop) => {
    const before = allOf(shop);
    const done = await shop.print("Track", PRICES, { ...KEYS, backup: "before.db" });
    if (done.exitCode === 73) {
      // What SQLite has for it is not in every version of Deno.
      assertStringIncludes(done.stdout, "this version of Deno cannot copy");
      assertEquals(allOf(shop), before);
      return;
    }
    assertExit(done, 0);
    const copy = new DatabaseSync(shop.scratch.path("before.db"), { readOnly: true });
    const query = (sql: string) =>
      copy.prepare(sql).all().map((row) => Object.values(row).map((one) => one ?? "-").join(" "));
    assertEquals(allOf({ ...shop, query }), before);
    copy.close();
  }));

/** Files that end before their first row, and one that is taken back behind its last. */
const REFUSED: readonly (readonly [what: string, file: string, parameters: Parameters, exit: number])[] = [
  ["a column of dates that holds numbers", "Name,Album->Title,Changed\nOverture,Harbour,2024-05-06\n", KEYS, 64],
  ["a column that nobody knows", "Name,Price\nOverture,1\n", { reconciliationkeys: "Name" }, 64],
  [
    "a limit",
    "Name,Album->Title,UnitPrice\nOverture,Harbour,1.29\n",
    { ...KEYS, max_changes: "0" },
    2,
  ],
];

for (const [what, file, parameters, exit] of REFUSED) {
  Deno.test(`a run that is refused because of ${what} leaves no backup behind: the next may have its name`, () =>
    withShop(async (shop) => {
      const owner = new DatabaseSync(shop.database);
      owner.exec("UPDATE Track SET Changed = 1704067200 WHERE TrackId = 2");
      owner.close();
      const isThere = () =>
        [...Deno.readDirSync(shop.scratch.path("."))].some(({ name }) => name.includes("before.db"));
      const backup = { backup: "before.db" };
      const refused = await shop.print("Track", file, { ...parameters, ...backup });
      // What SQLite has for it is not in every version of Deno.
      if (refused.exitCode === 73) return;
      assertExit(refused, exit);
      assert(!isThere());
      const done = await shop.print("Track", "Name,Album->Title,UnitPrice\nOverture,Harbour,1.29\n", {
        ...KEYS,
        ...backup,
      });
      assertExit(done, 0);
      assert(isThere());
    }));
}

Deno.test("a feed remembers its objects, and what is gone from it is told, changed or deleted", () =>
  withShop(async (shop) => {
    const feed = { source: "shop", reconciliationkeys: "Name", gone_limit: "100%" };
    const both = "Name,UnitPrice\nTide,0.99\nSnow,1.29\n";
    await shop.load("Track", both, feed);
    const told = await shop.load("Track", "Name,UnitPrice\nTide,0.99\n", { ...feed, gone: "report" });
    assertEquals(told.rows, ["unchanged Track 3", "gone: kept Track 4"]);
    const changed = await shop.load("Track", "Name,UnitPrice\nTide,0.99\n", {
      ...feed,
      gone: "update",
      gone_set: "Explicit=yes",
    });
    assertStringIncludes(changed.rows[1] ?? "", "gone: updated Track 4");
    assertEquals(shop.query("SELECT Explicit FROM Track ORDER BY 1"), ["0", "0", "0", "1"]);
    await shop.load("Track", both, feed);
    shop.query("SELECT 1");
    const kept = await shop.load("Track", "Name,UnitPrice\nTide,0.99\n", { ...feed, gone: "delete" });
    assertStringIncludes(kept.rows[1] ?? "", "gone: rejected Track 4");
  }));

Deno.test("what is gone becomes of it so many days later, and an undo gives the feed its memory back", () =>
  withTables(
    "CREATE TABLE t (code TEXT PRIMARY KEY, v INT); INSERT INTO t VALUES ('a', 1), ('b', 2)",
    async (tables) => {
      const { print, query } = tables;
      const feed = { source: "parts", gone: "delete", gone_after: "7", gone_limit: "100%" };
      const on = async (date: number, csv: string) =>
        assertExit(await print("t", csv, feed, { now: new Date(Date.UTC(2026, 1, date)) }), 0);
      await on(1, "code,v\na,1\nb,2\n");
      await on(2, "code,v\na,1\n");
      await on(8, "code,v\na,1\n");
      assertEquals(query("SELECT code FROM t"), ["a", "b"]);
      await on(9, "code,v\na,1\n");
      assertEquals(query("SELECT code FROM t"), ["a"]);
      assertExit(await run(tables, "undo --db=tables.db"), 0);
      assertEquals(query("SELECT * FROM t"), ["a 1", "b 2"]);
      await on(10, "code,v\na,1\n");
      assertEquals(query("SELECT code FROM t"), ["a"]);
    },
  ));

for (const place of ["beside", "inside"] as const) {
  Deno.test(`old entries leave the log ${place}; their runs stay, and can no longer be undone`, () =>
    withTables("CREATE TABLE t (code TEXT PRIMARY KEY, v INT); INSERT INTO t VALUES ('a', 1)", async (tables) => {
      const { print, query } = tables;
      for (const [year, v] of [[2024, 5], [2025, 6]]) {
        await print("t", `code,v\na,${v}\nc${v},7\n`, { change_log: place }, {
          now: new Date(`${year}-05-05T00:00:00Z`),
        });
      }
      const log = `--db=tables.db --change_log=${place}`;
      const pruned = await run(tables, `history ${log} --prune --before=2025-01-01`);
      assertExit(pruned, 0);
      assertStringIncludes(pruned.stdout, "2 entries of 1 run before 2025-01-01");
      assertStringIncludes((await run(tables, `undo ${log} --change=1`)).stderr, "removed");
      assertExit(await run(tables, `undo ${log}`), 0);
      assertEquals(query("SELECT * FROM t"), ["a 5", "c5 7"]);
      assertExit(await run(tables, `history ${log} --prune --before=2025-01-01`), 0);
    }));
}

Deno.test("a feed needs a log", () =>
  withShop(async (shop) => {
    const refused = await shop.print("Track", PRICES, { ...KEYS, source: "shop", change_log: "none" });
    assertExit(refused, 64);
    assertStringIncludes(refused.stdout, "Parameter source needs a change log");
  }));

Deno.test("a file that was loaded before is not loaded again with once=1", () =>
  withShop(async (shop) => {
    const feed = { ...KEYS, source: "shop", once: "1" };
    await shop.load("Track", PRICES, feed);
    const again = await shop.print("Track", PRICES, { ...feed, output: "json" });
    assertStringIncludes(again.stdout, "not_loaded_since");
  }));

Deno.test("rows of a table without a key come back, unless somebody has changed them since", () =>
  withTables(
    "CREATE TABLE t (name TEXT, g TEXT, v INT); INSERT INTO t VALUES ('a', 'x', 1), ('a', 'y', 2), ('b', NULL, 3)",
    async (tables) => {
      const { load, query, scratch } = tables;
      const keys = { reconciliationkeys: "name, g" };
      await load("t", "name,g,v\na,x,10\nb,,30\nnew,z,5\n", keys);
      assertEquals(query("SELECT * FROM t"), ["a x 10", "a y 2", "b - 30", "new z 5"]);
      const shown = await run(tables, "history --db=tables.db --change=1");
      assertStringIncludes(shown.stdout, "v: 1 → 10");
      await load("t", "name,g,v\nb,,31\n", keys);
      const undone = await run(tables, "undo --db=tables.db --change=1 --output=details");
      assertExit(undone, 1);
      assertEquals(query("SELECT * FROM t"), ["a x 1", "a y 2", "b - 31"]);
      assertExit(await scratch.run(["undo", "--db=tables.db", "--change=2"]), 0);
      assertEquals(query("SELECT * FROM t"), ["a x 1", "a y 2", "b - 30"]);
    },
  ));

Deno.test("of many rows without a key those come back that are alone in what they hold", () =>
  withTables("CREATE TABLE t (name TEXT COLLATE NOCASE, n REAL, bytes BLOB, v INT)", async (tables) => {
    const { database, load, query } = tables;
    const filled = new DatabaseSync(database);
    filled.exec(
      "WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 700) " +
        "INSERT INTO t SELECT iif(i % 2, 'a', 'A') || (i / 2), i, iif(i % 3, x'00ff'), iif(i % 5, i) FROM c",
    );
    const before = query("SELECT name, n, hex(bytes), v FROM t");
    const csv = `n,v\n${before.map((_, index) => `${index + 1},7`).join("\n")}\n`;
    await load("t", csv, { reconciliationkeys: "n" });
    filled.exec("INSERT INTO t SELECT * FROM t WHERE n = 10");
    filled.close();
    const undone = await run(tables, "undo --db=tables.db --change=1 --output=details");
    assertExit(undone, 1);
    const after = query("SELECT name, n, hex(bytes), v FROM t");
    assertEquals(after.filter((row) => !before.includes(row)), ["A5 10 00FF 7", "A5 10 00FF 7"]);
    assertEquals(after.length, 701);
  }));

Deno.test("the history of a database into which nothing was loaded says so", () =>
  withTables("CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)", async (tables) => {
    const runs = await run(tables, "history --db=tables.db");
    assertEquals([runs.exitCode, runs.stdout], [0, "The change log is empty: nothing was written yet.\n"]);
    const object = await run(tables, "history --db=tables.db --class=t --object=1");
    assertStringIncludes(object.stdout, "csvrecon has not written it");
    tables.scratch.write("empty.db", "");
    assertExit(await run(tables, "history --db=empty.db"), 0);
  }));
