/** What is said to who works with a database that we did not make: it must be true, and call things as the database does. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { withTables } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";
import { allOf, KEYS, withShop } from "./shop.ts";

const PRICES = "Name,Album->Title,UnitPrice\nOverture,Harbour,1.29\n";

Deno.test("history and undo tell where the change log is, in place of calling it empty", () =>
  withShop(async ({ scratch, load }) => {
    await load("Track", PRICES, { ...KEYS, change_log: "inside" });
    for (const command of [["history"], ["history", "--output=json"], ["undo"], ["undo", "--change=1"]]) {
      const run = await scratch.run([...command, "--db=tables.db"]);
      assertExit(run, 64);
      assertStringIncludes(run.stderr, "The change log is inside the database: 'tables.db' has none beside it");
      assertStringIncludes(run.stderr, "change_log=inside");
    }
    assertExit(await scratch.run(["undo", "--db=tables.db", "--change_log=inside"]), 0);
  }));

Deno.test("the same of a log beside the database that is looked for inside it; where there is none at all, it is empty", () =>
  withShop(async ({ scratch, load }) => {
    const asked = ["history", "--db=tables.db", "--change_log=inside"];
    const none = await scratch.run(asked);
    assertExit(none, 0);
    assertStringIncludes(none.stdout, "The change log is empty");
    await load("Track", PRICES, KEYS);
    const run = await scratch.run(asked);
    assertExit(run, 64);
    assertStringIncludes(run.stderr, "The change log is beside the database: 'tables.db' has none inside it");
    assertExit(await scratch.run(["undo", "--db=tables.db"]), 0);
  }));

const PLACES = [
  { place: "inside", other: "beside", words: "The change log is inside the database: 'tables.db' has none beside it" },
  { place: "beside", other: "inside", words: "The change log is beside the database: 'tables.db' has none inside it" },
];

for (const { place, other, words } of PLACES) {
  Deno.test(`a run begins no second log ${other} a database whose log is ${place}: each would know half of what was done`, () =>
    withShop(async (shop) => {
      await shop.load("Track", PRICES, { ...KEYS, change_log: place });
      const before = allOf(shop);
      const later = PRICES.replace("1.29", "2.5");
      for (const simulate of ["0", "1"]) {
        const run = await shop.print("Track", later, { ...KEYS, change_log: other, simulate });
        assertExit(run, 64);
        assertStringIncludes(run.stdout, words.replace("tables.db", shop.database));
        assertStringIncludes(run.stderr, `Give change_log=${place}`);
      }
      assertEquals(allOf(shop), before);
      // Who wants none says so.
      assertExit(await shop.print("Track", later, { ...KEYS, change_log: "none" }), 0);
      assertExit(await shop.print("Track", PRICES, { ...KEYS, change_log: place }), 0);
    }));
}

Deno.test("a change log is no database: nobody loads into it, and what it belongs to is told", () =>
  withShop(async ({ scratch, load }) => {
    await load("Track", PRICES, KEYS);
    scratch.write("own.csv", "id,comment\n1,another story\n");
    Deno.copyFileSync(scratch.path("tables.db.csvrecon"), scratch.path("moved.db"));
    const commands = [
      ["--class=change", "--csvfile=own.csv"],
      ["explain", "--class=change", "--csvfile=own.csv", "--line=2"],
      ["check", "own.csv", "--class=change"],
      ["export", "--class=change"],
      ["model", "show"],
      ["model", "derive"],
      ["history"],
      ["undo"],
    ];
    const before = Deno.readFileSync(scratch.path("tables.db.csvrecon"));
    for (const command of commands) {
      const run = await scratch.run([...command, "--db=tables.db.csvrecon"]);
      assertExit(run, 78);
      assertStringIncludes(
        run.stderr,
        "Not a database to load into: 'tables.db.csvrecon' is the change log of 'tables.db'\n  Give --db=tables.db;",
      );
    }
    assertEquals(Deno.readFileSync(scratch.path("tables.db.csvrecon")), before);
    const moved = await scratch.run(["history", "--db=moved.db"]);
    assertExit(moved, 78);
    assertStringIncludes(moved.stderr, "'moved.db' is the change log of a database\n  Give the database itself;");
  }));

Deno.test("columns are proposed in the case in which the database has them", () =>
  withShop(async ({ print }) => {
    const run = await print("Track", "Nam,UnitPrice\nTide,1\n", { reconciliationkeys: "Nam" });
    assertExit(run, 64);
    assertStringIncludes(run.stdout, "Did you mean 'Name'?");
    assertStringIncludes(run.stdout, "AlbumId->Title, ");
    const unknown = await print("Track", "Foo\nTide\n", { reconciliationkeys: "Bar" });
    assertStringIncludes(unknown.stderr, "The input has no column that is known\n");
  }));

Deno.test("a folder is no database, and is not said to be encrypted", () =>
  withShop(async ({ scratch }) => {
    Deno.mkdirSync(scratch.path("folder"));
    scratch.write("own.csv", PRICES);
    const run = await scratch.run(["--db=folder", "--class=Track", "--csvfile=own.csv"]);
    assertExit(run, 78);
    assertStringIncludes(run.stderr, "'folder' is a folder, or something else that is no plain file");
    assert(!run.stderr.includes("encrypted"));
  }));

Deno.test("an export whose columns have no key of the class does not claim that they tell nothing apart", () =>
  withShop(async ({ scratch }) => {
    const asked = ["export", "--db=tables.db", "--class=Track", "--columns=Name,Album->Title"];
    const bare = await scratch.run(asked);
    assertExit(bare, 0);
    assertStringIncludes(bare.stderr, "does not load back by itself: it has no reconciliation keys that tell");
    const named = await scratch.run([...asked, "--reconciliationkeys=Name, Album->Title"]);
    assertExit(named, 0);
    assert(!named.stderr.includes("does not load back"), named.stderr);
  }));

Deno.test("a key column that is called id, and has a code of its own, is called id everywhere", () =>
  withTables(
    "CREATE TABLE orders (id CHAR(32) NOT NULL PRIMARY KEY, number TEXT NOT NULL UNIQUE); INSERT INTO orders VALUES ('X', 'N1')",
    async ({ scratch, print, load }) => {
      const shown = await scratch.run(["model", "show", "--db=tables.db", "--class=orders"]);
      assertExit(shown, 0);
      assertStringIncludes(shown.stdout, "Default reconciliation keys: id, or number\n");
      const derived = await scratch.run(["model", "derive", "--db=tables.db"]);
      const missing = await print("orders", "number\nN2\n");
      assertStringIncludes(missing.stdout, "Unexpected value for attribute 'id' (id) : Null not allowed");
      const other = await load("orders", "id,number\nY,N1\n", { reconciliationkeys: "number" });
      assertStringIncludes(other.warnings.join(), "with another 'id' than that of the object");
      for (const { stdout } of [shown, derived, missing, other.run]) assert(!stdout.includes("id_"), stdout);
    },
  ));
