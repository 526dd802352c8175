/** What rows may do, on a database that we did not make. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withTables } from "../helpers/loading.ts";
import { allOf, KEYS, prices, withShop } from "./shop.ts";

const PRICES = "Name,Album->Title,UnitPrice\nOverture,Harbour,1.29\nTide,Harbour,0.990\nSnow,Winter,1.29\n";

Deno.test("a row updates, leaves alone or creates; a second run changes nothing", () =>
  withShop(async (shop) => {
    const first = await shop.load("Track", PRICES + "Drift,Winter,0.5\n", KEYS);
    assertEquals(first.rows, [
      "updated Track 1 UnitPrice=0.99->1.29",
      "unchanged Track 3",
      "unchanged Track 4",
      "created Track 5",
    ]);
    assertEquals(prices(shop), ["1 1.29", "2 0.99", "3 0.99", "4 1.29", "5 0.5"]);
    const before = allOf(shop);
    const second = await shop.load("Track", PRICES + "Drift,Winter,0.5\n", KEYS);
    assertEquals(second.rows.map((row) => row.split(" ")[0]), ["unchanged", "unchanged", "unchanged", "unchanged"]);
    assertEquals(allOf(shop), before);
  }));

Deno.test("simulate shows all of it and writes nothing, no log either", () =>
  withShop(async (shop) => {
    const bytes = Deno.readFileSync(shop.database);
    const { rows } = await shop.load("Track", PRICES + "Drift,Winter,0.5\n", { ...KEYS, simulate: "1" });
    assertEquals(rows[0], "updated Track 1 UnitPrice=0.99->1.29");
    assertEquals(rows[3]?.startsWith("created Track"), true);
    assertEquals(Deno.readFileSync(shop.database), bytes);
    assertEquals([...Deno.readDirSync(shop.scratch.folder)].map(({ name }) => name).sort(), ["own.csv", "tables.db"]);
  }));

Deno.test("of two rows of one object that differ the second is in error; with twins=last it wins", () =>
  withShop(async (shop) => {
    const twins = "Name,Album->Title,UnitPrice\nOverture,Harbour,1.29\nOverture,Harbour,1.49\n";
    const { rows } = await shop.load("Track", twins, KEYS);
    assertEquals(rows[0], "updated Track 1 UnitPrice=0.99->1.29");
    assertStringIncludes(rows[1] ?? "", "rejected");
    await shop.load("Track", twins, { ...KEYS, twins: "last" });
    assertEquals(prices(shop)[0], "1 1.49");
  }));

Deno.test("on_missing and on_found say what becomes of rows", () =>
  withShop(async (shop) => {
    const file = "Name,Album->Title,UnitPrice\nOverture,Harbour,1.29\nDrift,Winter,0.5\n";
    const error = await shop.load("Track", file, { ...KEYS, on_missing: "error", on_found: "skip" });
    assertEquals(error.rows.map((row) => row.split(/[ :]/)[0]), ["skipped", "rejected"]);
    const skipped = await shop.load("Track", file, { ...KEYS, on_missing: "skip", on_found: "error" });
    assertEquals(skipped.rows.map((row) => row.split(/[ :]/)[0]), ["rejected", "skipped"]);
    assertEquals(prices(shop).length, 4);
  }));

Deno.test("create_targets makes what a row refers to, once", () =>
  withShop(async (shop) => {
    const albums = "Title,Artist->Name\nSpring,Ada Moor\nSummer,Ada Moor\n";
    const keys = { reconciliationkeys: "Title" };
    const refused = await shop.load("Album", albums, keys);
    assert(refused.rows.every((row) => row.startsWith("rejected")));
    const { rows } = await shop.load("Album", albums, { ...keys, create_targets: "ArtistId" });
    assertEquals(rows, ["created Album 4", "created Album 5"]);
    assertEquals(shop.query("SELECT * FROM Artist WHERE ArtistId > 2"), ["3 Ada Moor"]);
    assertEquals(shop.query("SELECT * FROM Album WHERE AlbumId > 3"), ["4 Spring 3", "5 Summer 3"]);
  }));

Deno.test("links are replaced, added and removed", () =>
  withShop(async (shop) => {
    const file = (cell: string) => `Name,PlaylistTrack\nSea,${cell}\n`;
    const keys = { reconciliationkeys: "Name" };
    const links = () => shop.query("SELECT * FROM PlaylistTrack ORDER BY 1, 2");
    await shop.load("Playlist", file("TrackId:2"), { ...keys, links: "add" });
    assertEquals(links(), ["1 1", "1 2", "1 3", "2 4"]);
    await shop.load("Playlist", file("TrackId->Name:Tide"), { ...keys, links: "remove" });
    assertEquals(links(), ["1 1", "1 2", "2 4"]);
    const { rows } = await shop.load("Playlist", file("TrackId:4|TrackId:2"), keys);
    assertStringIncludes(rows[0] ?? "", "updated Playlist 1");
    assertEquals(links(), ["1 2", "1 4", "2 4"]);
    assertEquals((await shop.load("Playlist", file("TrackId:2|TrackId:4"), keys)).rows, ["unchanged Playlist 1"]);
  }));

Deno.test("second_pass loads rows that refer to rows further down", () =>
  withShop(async (shop) => {
    const staff = "Email,Name,ReportsTo\ncid@example.org,Cid,dora@example.org\ndora@example.org,Dora,cid@example.org\n";
    const { rows } = await shop.load("Employee", staff, { second_pass: "ReportsTo" });
    assertEquals(rows.map((row) => row.split(" ").slice(0, 3).join(" ")), [
      "created Employee cid@example.org",
      "created Employee dora@example.org",
    ]);
    assertEquals(
      shop.query("SELECT ReportsTo FROM Employee WHERE Email LIKE '%d%@%' AND ReportsTo LIKE '%d%' ORDER BY Email"),
      [
        "dora@example.org",
        "cid@example.org",
      ],
    );
    const again = await shop.load("Employee", staff, { second_pass: "ReportsTo" });
    assert(again.rows.every((row) => row.startsWith("unchanged")), again.rows.join());
  }));

Deno.test("limits take everything back", () =>
  withShop(async (shop) => {
    const before = allOf(shop);
    const changes = await shop.print("Track", PRICES, { ...KEYS, max_changes: "0" });
    assertEquals(changes.exitCode, 2);
    const errors = await shop.print("Track", PRICES + "Tide,Nowhere,1\n", { ...KEYS, max_errors: "0" });
    assertEquals(errors.exitCode, 2);
    assertEquals(allOf(shop), before);
  }));

Deno.test("a map renames columns and words", () =>
  withShop(async (shop) => {
    const map = {
      columns: { Titel: "Name", Preis: "UnitPrice" },
      values: { Explicit: { ja: "yes" } },
      constants: { Explicit: "ja" },
    };
    const path = shop.scratch.write("own.map.json", JSON.stringify(map));
    const { rows } = await shop.load("Track", "Titel,Preis\nTide,1.09\n", { map: path, reconciliationkeys: "Name" });
    assertStringIncludes(rows[0] ?? "", "updated Track 3");
    assertEquals(shop.query("SELECT UnitPrice, Explicit FROM Track WHERE TrackId = 3"), ["1.09 1"]);
  }));

Deno.test("what an overlay gives new rows is given where the file does not say it", () =>
  withTables(
    "CREATE TABLE part (code TEXT PRIMARY KEY NOT NULL, made TEXT NOT NULL, size INTEGER NOT NULL, note TEXT)",
    async ({ scratch, load, query }) => {
      const attributes = { made: { default: { sql: "'X'" } }, size: { default: { sql: "2 + 1" } } };
      const model = scratch.write("own.jsonc", JSON.stringify({ classes: { part: { attributes } } }));
      const { rows } = await load("part", "code,size\nP1,7\nP2,8\n", { model });
      assertEquals(rows, ["created part P1", "created part P2"]);
      await load("part", "code,note\nP3,n\n", { model });
      assertEquals(query("SELECT * FROM part"), ["P1 X 7 -", "P2 X 8 -", "P3 X 3 n"]);
    },
  ));

Deno.test("what triggers refuse, or leave out without a word, is in error; the rows beside it are loaded", () =>
  withTables(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT UNIQUE, v INT);
    CREATE TRIGGER no BEFORE INSERT ON t WHEN new.name = 'no' BEGIN SELECT RAISE(ABORT, 'not this one'); END;
    CREATE TRIGGER mute BEFORE INSERT ON t WHEN new.name = 'mute' BEGIN SELECT RAISE(IGNORE); END;
    CREATE TRIGGER mute_update BEFORE UPDATE ON t WHEN new.v = 13 BEGIN SELECT RAISE(IGNORE); END;
    INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 1)`,
    async ({ load, query }) => {
      const { rows } = await load("t", "name,v\na,2\nno,1\nmute,1\nb,13\nc,3\n", { reconciliationkeys: "name" });
      assertEquals(rows.map((row) => row.split(/[ :]/)[0]), ["updated", "rejected", "rejected", "rejected", "created"]);
      assertStringIncludes(rows[1] ?? "", "not this one");
      for (const row of [rows[2], rows[3]]) assertStringIncludes(row ?? "", "a trigger left it out");
      assertEquals(query("SELECT name, v FROM t"), ["a 2", "b 1", "c 3"]);
    },
  ));

Deno.test("bytes in a column of texts are shown as JSON, and come back exactly", () =>
  withTables(
    "CREATE TABLE t (k TEXT PRIMARY KEY, note TEXT); INSERT INTO t VALUES ('a', x'00ff'), ('b', 'text')",
    async ({ scratch, load, query }) => {
      const { rows } = await load("t", "k,note\na,new\n");
      assertEquals(rows, [`updated t a note=${JSON.stringify('{"hex":"00ff"}')}->"new"`]);
      const told = await scratch.run(["history", "--db=tables.db", "--change=1"]);
      assertStringIncludes(told.stdout, 'note: {"hex":"00ff"} → new');
      await scratch.run(["undo", "--db=tables.db", "--change=1"]);
      assertEquals(query("SELECT hex(note), typeof(note) FROM t"), ["00FF blob", "74657874 text"]);
      const exported = await scratch.run(["export", "--db=tables.db", "--class=t", "--file=-"]);
      assertEquals(exported.exitCode, 1);
    },
  ));

Deno.test("a key called id that is a foreign key as well is followed, and takes what is there", () =>
  withTables(
    "CREATE TABLE item (id INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE); INSERT INTO item VALUES (7, 'a'), (8, 'b');" +
      "CREATE TABLE detail (id INTEGER PRIMARY KEY REFERENCES item (id), note TEXT)",
    async ({ load, query }) => {
      const labels = { no_localize: "0" };
      assertEquals((await load("detail", "id->sku,note\na,x\n", labels)).rows, ["created detail 7"]);
      const [unchanged, created, rejected = ""] = (await load("detail", "id,note\n7,x\n8,y\n9,z\n", labels)).rows;
      assertEquals([unchanged, created], ["unchanged detail 7", "created detail 8"]);
      assertStringIncludes(rejected, "rejected");
      assertEquals(query("SELECT id, note FROM detail"), ["7 x", "8 y"]);
    },
  ));

Deno.test("a key called id that the database does not make creates what it does not find; the rowid under that name never", () =>
  withTables(
    "CREATE TABLE doc (id TEXT PRIMARY KEY, title TEXT); CREATE TABLE page (id INTEGER PRIMARY KEY, title TEXT);" +
      "CREATE TABLE odd (\" code \" TEXT PRIMARY KEY, title TEXT); INSERT INTO doc VALUES ('a', 'A'); INSERT INTO page VALUES (1, 'A')",
    async ({ load, query }) => {
      const rows = async (code: string, file: string) => (await load(code, file)).rows;
      assertEquals(await rows("doc", "id,title\na,AA\nb,B\n"), ['updated doc a title="A"->"AA"', "created doc b"]);
      const [first, second = ""] = await rows("page", "id,title\n1,AA\n2,B\n");
      assertEquals(first, 'updated page 1 title="A"->"AA"');
      assertStringIncludes(second, "no 'page' object was found by id '2'");
      // Blanks at the ends of a name in the header do not count.
      assertEquals(await rows("odd", "code,title\nx,X\n"), ["created odd x"]);
      assertEquals(query("SELECT id, title FROM doc ORDER BY 1"), ["a AA", "b B"]);
    },
  ));

Deno.test("a date that holds more than a date stays while the file says the same: no fraction of a second is cut off", () =>
  withTables(
    "CREATE TABLE t (k TEXT PRIMARY KEY, at DATETIME, day DATE, seen REAL);" +
      "INSERT INTO t VALUES ('a', '2024-01-02 03:04:05.250', '2024-1-2', 1704164645.5), ('b', '2024-01-02T03:04:05.5Z', NULL, 60.0)",
    async ({ load, query, scratch }) => {
      const overlay = { classes: { t: { attributes: { seen: { kind: "datetime", stored: "unix_seconds" } } } } };
      await scratch.write("overlay.json", JSON.stringify(overlay));
      const model = { model: scratch.path("overlay.json") };
      const before = query("SELECT * FROM t");
      const line = ["export", "--db=tables.db", "--class=t", "--file=back.csv", "--model=overlay.json"];
      assertEquals((await scratch.run(line)).exitCode, 0);
      const same = await load("t", await Deno.readTextFile(scratch.path("back.csv")), model);
      assertEquals(same.rows.map((row) => row.split(" ")[0]), ["unchanged", "unchanged"]);
      assertEquals(query("SELECT * FROM t"), before);
      const cut = await load("t", "k,at\na,2024-01-02 03:04:05\n", model);
      assertStringIncludes(cut.rows[0] ?? "", "updated");
      // In a format of the file's own the text that is stored is another day.
      await load("t", "k,day\nb,2024-02-01\n", model);
      await load("t", "k,day\nb,2024-02-01\n", { ...model, date_format: "Y-d-m" });
      assertEquals(query("SELECT at, day FROM t"), [
        "2024-01-02 03:04:05 2024-1-2",
        "2024-01-02T03:04:05.5Z 2024-01-02",
      ]);
    },
  ));

Deno.test("a date that is a key is found as it is stored first, with a fraction of a second that no new date gets", () =>
  withTables(
    "CREATE TABLE event (id INTEGER PRIMARY KEY, at DATETIME NOT NULL UNIQUE, note TEXT);" +
      "INSERT INTO event (at) VALUES ('2024-01-01 10:00:00.250'), ('2024-01-01 10:00:00'), ('2024-1-2'), ('some day')",
    async ({ load, query }) => {
      const keys = { reconciliationkeys: "at" };
      const file = "at,note\n2024-01-01 10:00:00.250,a\n2024-01-01 10:00:00,b\n2024-1-2,c\nsome day,d\n";
      const { rows } = await load("event", file, keys);
      assertEquals(rows.map((row) => row.split(" ").slice(0, 3).join(" ")), [
        "updated event 1",
        "updated event 2",
        "updated event 3",
        "updated event 4",
      ]);
      assertEquals(query("SELECT at, note FROM event ORDER BY id"), [
        "2024-01-01 10:00:00.250 a",
        "2024-01-01 10:00:00 b",
        "2024-1-2 c",
        "some day d",
      ]);
      // What is not there is created without it, once, and found again.
      const fresh = "at,note\n2024-01-03 10:00:00.5,e\n2024-01-03 10:00:00.7,e\n";
      for (const kind of ["created", "unchanged"]) {
        const told = await load("event", fresh, { ...keys, twins: "last" });
        assertEquals(told.rows.map((row) => row.split(" ")[0]), [kind, "unchanged"]);
      }
      const refused = await load("event", "at,note\nno day,f\n", keys);
      assertStringIncludes(refused.rows[0] ?? "", "rejected");
      assertEquals(query("SELECT count(*), max(at) FROM event WHERE at LIKE '2024-01-03%'"), ["1 2024-01-03 10:00:00"]);
    },
  ));

Deno.test("triggers that make rows of the same table take ids of their own: new rows get the next", () =>
  withTables(
    `CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
    CREATE TRIGGER twin AFTER INSERT ON part WHEN new.name NOT LIKE '%copy' BEGIN
      INSERT INTO "Part" (name) VALUES (new.name || ' copy'); END;`,
    async ({ load, query }) => {
      const { rows } = await load("part", "name\na\nb\nc\n", { reconciliationkeys: "name" });
      assertEquals(rows, ["created part 1", "created part 3", "created part 5"]);
      assertEquals(query("SELECT id, name FROM part ORDER BY id"), [
        "1 a",
        "2 a copy",
        "3 b",
        "4 b copy",
        "5 c",
        "6 c copy",
      ]);
    },
  ));
