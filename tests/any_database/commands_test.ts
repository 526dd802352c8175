/** Commands and parameters, on a database that we did not make. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withTables } from "../helpers/loading.ts";
import { assertExit, describeRun } from "../helpers/scratch.ts";
import { allOf, KEYS, prices, withShop } from "./shop.ts";

const PRICES = "Name,Album->Title,UnitPrice\nOverture,Harbour,1.29\nTide,Nowhere,1\n";

Deno.test("a login is refused, from wherever it comes", () =>
  withShop(async (shop) => {
    const words = "Database has no users: 'tables.db' was not made by csvrecon. Leave out auth_user.";
    const line = ["--db=tables.db", "--class=Track", "--csvfile=own.csv"];
    shop.scratch.write("own.csv", PRICES);
    const login = ["--auth_user=admin", "--auth_pwd=secret word"];
    const runs = [
      await shop.scratch.run([...line, ...login]),
      await shop.scratch.run([...line, "--auth_user=admin", "--change_log=none"]),
      await shop.scratch.run([...line, "--auth_user=admin"]),
      await shop.scratch.run([...line], { env: { CSVRECON_AUTH_USER: "admin" } }),
      await shop.scratch.run([...line, "--change_log=none"], { env: { CSVRECON_AUTH_USER: "admin" } }),
      await shop.scratch.run(["explain", ...line, "--line=2", ...login]),
    ];
    for (const run of runs) {
      assertEquals(run.exitCode, 64, describeRun(run));
      assertStringIncludes(run.stdout + run.stderr, words, describeRun(run));
    }
    const half = await shop.scratch.run([...line, "--auth_pwd=secret word"]);
    assertEquals(half.exitCode, 64, describeRun(half));
    assertStringIncludes(half.stdout, "Leave out auth_pwd.");
    for (const command of ["export --class=Track --file=x.csv", "history", "undo --change=1"]) {
      const run = await shop.scratch.run([...command.split(" "), "--db=tables.db", ...login]);
      assertEquals(run.exitCode, 64, describeRun(run));
      assertStringIncludes(run.stderr, words);
    }
  }));

Deno.test("what cannot be read ends with its own code, whoever logs in: a login may not be missing", () =>
  withShop(async ({ scratch }) => {
    scratch.write("none.db", "no database, ".repeat(100));
    scratch.write("own.csv", PRICES);
    const run = await scratch.run(["--db=none.db", "--class=Track", "--csvfile=own.csv"]);
    assertExit(run, 78);
    assertStringIncludes(run.stdout, "Not an SQLite database: 'none.db'. If it is one, it may be encrypted");
    const missing = await scratch.run(["--db=gone.db", "--class=Track", "--csvfile=own.csv"]);
    assertExit(missing, 64);
    assertStringIncludes(missing.stdout, "Missing argument 'auth_user'");
    assertStringIncludes(missing.stdout, "Database could not be found: 'gone.db'");
  }));

Deno.test("wrong parameters are told together, the class among them", () =>
  withShop(async (shop) => {
    const run = await shop.print("Titles", PRICES, { change_log: "above", output: "xml" });
    assertExit(run, 64);
    for (const words of ["Class 'Titles' is a view", "'above'", "'xml'"]) assertStringIncludes(run.stdout, words);
    const near = await shop.print("track", PRICES, KEYS);
    assertExit(near, 64);
    assertStringIncludes(near.stdout, "Did you mean 'Track'?");
  }));

Deno.test("foreign keys are checked, and with foreign_keys=0 not, which the report says", () =>
  withShop(async (shop) => {
    const file = "ArtistId,Name\n7,Nobody\n";
    const checked = await shop.load("Artist", file);
    assertEquals(checked.rows, ["created Artist 7"]);
    assert(!checked.run.stdout.includes('"foreign_keys"'));
    const told = await shop.print("Artist", file, { foreign_keys: "0", output: "summary" });
    assertExit(told, 0);
    assertStringIncludes(told.stdout, "#Foreign Keys: 0\n");
    assertStringIncludes(told.stdout, "#Change Log: ");
  }));

Deno.test("the report names the change log where it is: beside the file to which a link leads", () =>
  withShop(async (shop) => {
    const real = Deno.realPathSync(shop.database);
    Deno.mkdirSync(shop.scratch.path("links"));
    Deno.symlinkSync(real, shop.scratch.path("links/shop.db"));
    const plain = await shop.print("Artist", "ArtistId,Name\n7,Nobody\n", { db: "tables.db", output: "summary" });
    assertStringIncludes(plain.stdout, "#Change Log: tables.db.csvrecon\n");
    const linked = await shop.print("Artist", "ArtistId,Name\n8,Anybody\n", { db: "links/shop.db", output: "summary" });
    assertStringIncludes(linked.stdout, `#Change Log: ${real}.csvrecon\n`);
  }));

Deno.test("rows in error come back as a file that loads when it is mended", () =>
  withShop(async (shop) => {
    const run = await shop.print("Track", PRICES, { ...KEYS, rejects: "bad.csv", report: "page.html" });
    assertExit(run, 1);
    const bad = Deno.readTextFileSync(shop.scratch.path("bad.csv"));
    assertStringIncludes(bad, "Tide,Nowhere,1");
    const page = Deno.readTextFileSync(shop.scratch.path("page.html"));
    assertStringIncludes(page, "Nowhere");
    const mended = await shop.load("Track", bad.replace("Nowhere", "Harbour"), KEYS);
    assertEquals(mended.rows, ["updated Track 3 UnitPrice=0.99->1"]);
  }));

Deno.test("a diff shows what changes", () =>
  withShop(async (shop) => {
    const run = await shop.print("Track", PRICES, { ...KEYS, output: "diff", simulate: "1" });
    assertStringIncludes(run.stdout, "1.29");
    assertStringIncludes(run.stdout, "Overture");
  }));

Deno.test("explain tells what is looked up for a row", () =>
  withShop(async (shop) => {
    shop.scratch.write("own.csv", PRICES);
    const before = allOf(shop);
    const line = [
      "explain",
      "--db=tables.db",
      "--class=Track",
      "--csvfile=own.csv",
      "--reconciliationkeys=Name, Album->Title",
    ];
    const first = await shop.scratch.run([...line, "--line=2"]);
    assertExit(first, 0);
    assertStringIncludes(first.stdout, "Harbour");
    const second = await shop.scratch.run([...line, "--line=3", "--output=json"]);
    assertExit(second, 1);
    assertStringIncludes(second.stdout, "Nowhere");
    assertEquals(allOf(shop), before);
  }));

Deno.test("check holds a file against a table, and writes parameters that load it", () =>
  withShop(async (shop) => {
    shop.scratch.write("new.csv", "Name;AlbumId;UnitPrice;Changed;Colour\nTide;1;1,50;24.12.2024;red\n");
    const line = ["check", "new.csv", "--db=tables.db", "--class=Track"];
    const run = await shop.scratch.run([...line, "--reconciliationkeys=Name", "--write=new.params"]);
    assertStringIncludes(run.stdout, "Colour", describeRun(run));
    assertEquals(run.stderr, "csvrecon: Written: 'new.params', and 'new.map.json' for what the class does not know\n");
    const params = Deno.readTextFileSync(shop.scratch.path("new.params"));
    assert(!params.includes("auth_user"), params);
    const loaded = await shop.scratch.run(["--param_file=new.params", "--ignore_columns=Colour", "--csvfile=new.csv"]);
    assertExit(loaded, 0);
    assertEquals(shop.query("SELECT UnitPrice, Changed FROM Track WHERE TrackId = 3"), ["1.5 2024-12-24 00:00:00"]);
  }));

Deno.test("check with an overlay: what it fills in is not missed, and what is advised and written has it", () =>
  withShop(async (shop) => {
    const sql = { sql: "'Winter'" };
    const overlay = { classes: { Album: { attributes: { Title: { default: sql } } } } };
    shop.scratch.write("shop.jsonc", JSON.stringify(overlay));
    shop.scratch.write("new.csv", "AlbumId,ArtistId\n9,1\n");
    const line = ["check", "new.csv", "--db=tables.db", "--class=Album"];
    assertStringIncludes((await shop.scratch.run(line)).stdout, "A new object needs what has no column: Title");
    const run = await shop.scratch.run([...line, "--model=shop.jsonc", "--write=new.params"]);
    assertExit(run, 0);
    assert(!run.stdout.includes("no column"), describeRun(run));
    assertStringIncludes(run.stdout, "To load it, give: --class=Album --model=shop.jsonc\n");
    assertEquals(run.stderr, "csvrecon: Written: 'new.params'\n");
    assertExit(await shop.scratch.run(["--param_file=new.params"]), 0);
    assertEquals(shop.query("SELECT Title FROM Album WHERE AlbumId = 9"), ["Winter"]);
  }));

Deno.test("an export with an overlay loads back with it", () =>
  withShop(async (shop) => {
    const values = [{ code: "1", labels: "one" }, { code: "2", labels: "two" }, { code: "3", labels: "three" }];
    const overlay = { classes: { Album: { attributes: { ArtistId: { kind: "enum", values } } } } };
    shop.scratch.write("shop.jsonc", JSON.stringify(overlay));
    const asked = ["--class=Album", "--file=a.csv", "--model=shop.jsonc", "--write=a.params"];
    assertExit(await shop.scratch.run(["export", "--db=tables.db", ...asked]), 0);
    assertStringIncludes(Deno.readTextFileSync(shop.scratch.path("a.csv")), "two");
    const back = await shop.scratch.run(["--param_file=a.params"]);
    assertExit(back, 0);
    assertStringIncludes(back.stdout, "#Unchanged: 3\n");
  }));

Deno.test("an export loads back as unchanged", () =>
  withShop(async (shop) => {
    for (const table of ["Artist", "Album", "Track", "Playlist", "PlaylistTrack", "Employee"]) {
      const out = await shop.scratch.run([
        "export",
        "--db=tables.db",
        `--class=${table}`,
        `--file=${table}.csv`,
        `--write=${table}.params`,
      ]);
      assert([0, 1].includes(out.exitCode), describeRun(out));
      const back = await shop.scratch.run([`--param_file=${table}.params`, "--simulate=1"]);
      assertExit(back, 0);
      const [count = ""] = shop.query(`SELECT count(*) FROM ${table}`);
      assertStringIncludes(back.stdout, `#Unchanged: ${count}\n`, describeRun(back));
    }
  }));

for (const atomic of ["0", "1"]) {
  Deno.test(`a job loads several tables, atomic=${atomic}`, () =>
    withShop(async (shop) => {
      const { write, run } = shop.scratch;
      write("albums.csv", "Title,Artist->Name\nSpring,Los Faros\n");
      write("tracks.csv", "Name,Album->Title,UnitPrice\nBud,Spring,0.5\nTide,Nowhere,1\n");
      write("albums.params", "csvfile = albums.csv\nclass = Album\nreconciliationkeys = Title\n");
      write("tracks.params", "csvfile = tracks.csv\nclass = Track\nreconciliationkeys = Name, Album->Title\n");
      write("shop.job", `db = tables.db\natomic = ${atomic}\nimport = albums.params\nimport = tracks.params\n`);
      const simulated = await run(["run", "shop.job", "--simulate=1"]);
      assertExit(simulated, 1);
      assertEquals(prices(shop).length, 4);
      const done = await run(["run", "shop.job"]);
      assertExit(done, 1);
      assertEquals(shop.query("SELECT Name, AlbumId FROM Track WHERE TrackId > 4"), ["Bud 4"]);
      const inLog = await run(["history", "--db=tables.db", "--change=2"]);
      assertStringIncludes(inLog.stdout, "Bud");
      const withLogin = await run(["run", "shop.job", "--auth_user=admin", "--auth_pwd=secret word"]);
      assertExit(withLogin, 64);
      assertStringIncludes(withLogin.stderr + withLogin.stdout, "Database has no users");
    }));
}

Deno.test("model show tells tables, and of one what a header may say", () =>
  withShop(async (shop) => {
    const all = await shop.scratch.run(["model", "show", "--db=tables.db"]);
    assertExit(all, 0);
    assertStringIncludes(all.stdout, "PlaylistTrack");
    const one = await shop.scratch.run(["model", "show", "--db=tables.db", "--class=Track"]);
    assertExit(one, 0);
    assertStringIncludes(one.stdout, "UnitPrice");
    const view = await shop.scratch.run(["model", "show", "--db=tables.db", "--class=Titles"]);
    assertExit(view, 64);
    assertStringIncludes(view.stderr, "is a view");
  }));

const ITEMS = `CREATE TABLE item (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
  CREATE TABLE part (id INTEGER PRIMARY KEY, n INTEGER, item TEXT REFERENCES item (code));
  CREATE TABLE pair (a TEXT, b TEXT, n INTEGER, PRIMARY KEY (a, b));
  INSERT INTO item VALUES ('A1', 'Axe'), ('B1', 'Bow');
  INSERT INTO pair VALUES ('A1', 'B1', 1);`;

for (
  const [what, modelClass, file, keys, nearest] of [
    ["rows are known by", "item", "id,name\nA2,Arrow\n", "id", "Nearest: 'A1' (item A1)"],
    ["references hold", "part", "n,item\n1,A2\n", "n", "Nearest: 'A1' (item A1)"],
    ["references say they hold", "part", "n,item->id\n1,A2\n", "n", "Nearest: 'A1' (item A1)"],
    ["several columns make", "pair", "id,n\nA1|B2,2\n", "id", "Nearest: 'A1|B1' (pair A1|B1)"],
  ] as const
) {
  Deno.test(`explain tells what is near a text that ${what} as an id`, () =>
    withTables(ITEMS, async ({ scratch }) => {
      scratch.write("own.csv", file);
      const line = ["--db=tables.db", `--class=${modelClass}`, "--csvfile=own.csv", `--reconciliationkeys=${keys}`];
      const run = await scratch.run(["explain", ...line, "--line=2"]);
      assertEquals(run.exitCode, 1, describeRun(run));
      assertStringIncludes(run.stdout, nearest);
    }));
}

Deno.test("check takes texts for ids where a key holds texts, and not where it holds numbers", () =>
  withTables(ITEMS + "CREATE TABLE kept (n INTEGER, part INTEGER REFERENCES part (id));", async ({ scratch }) => {
    scratch.write("parts.csv", "n,item\n1,A1\n");
    scratch.write("kept.csv", "n,part\n1,Axe\n");
    const check = (name: string, modelClass: string) =>
      scratch.run(["check", name, "--db=tables.db", `--class=${modelClass}`, "--reconciliationkeys=n"]);
    assertExit(await check("parts.csv", "part"), 0);
    const refused = await check("kept.csv", "kept");
    assertExit(refused, 1);
    assertStringIncludes(refused.stdout, "Error: 1 row has no id in 'part', which takes ids (line 2): 'Axe'");
  }));
