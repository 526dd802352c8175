/** `model derive`, and `model check` and `model show` of databases that csvrecon did not make. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { writeNewDatabase } from "../helpers/new_database.ts";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";

async function withDatabase(sql: string, use: (scratch: Scratch) => Promise<void>): Promise<void> {
  await withScratch(async (scratch) => {
    const database = new DatabaseSync(scratch.path("shop.db"));
    database.exec(sql);
    database.close();
    await use(scratch);
  });
}

async function derivedIn(scratch: Scratch): Promise<string> {
  const derived = await scratch.run(["model", "derive", "--db=shop.db"]);
  assertExit(derived, 0);
  assertEquals(derived.stderr, "");
  return derived.stdout;
}

/** What is printed of an overlay that stands in the folder. */
async function checked(scratch: Scratch, overlay: string, exitCode: number, ...args: string[]): Promise<string> {
  await Deno.writeTextFile(scratch.path("shop.jsonc"), overlay);
  const run = await scratch.run(["model", "check", "shop.jsonc", ...args]);
  assertExit(run, exitCode);
  return exitCode === 0 ? run.stdout : run.stderr;
}

const SHOP = `
  CREATE TABLE locations(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  INSERT INTO locations VALUES (1, 'Graz'), (2, 'Linz');
  CREATE TABLE goods(code VARCHAR(10) PRIMARY KEY, name TEXT NOT NULL, location_id INTEGER, active BOOLEAN DEFAULT 1,
    day TEXT, made_at INTEGER, size TEXT CHECK (size IN ('s', 'l')), photo BLOB, twice INTEGER AS (length(code) * 2));
  INSERT INTO goods VALUES ('a', '', 1, 't', '2024-02-29', 1704067200, 's', NULL), ('b', 'B', 7, 'f', '', 1709251199, 'l', x'00');
  CREATE TABLE likes(good_code REFERENCES goods(code), location_id REFERENCES locations(id), PRIMARY KEY (good_code, location_id));
  CREATE TABLE loose(a, b);
  CREATE VIEW cheap AS SELECT * FROM goods`;

const DERIVED = `// What csvrecon knows of shop.db by itself stands here in comments: 4 classes.
// An overlay says only what no schema can tell; this one says nothing yet. Where a question is to be answered with yes,
// take away the // before the line below it, and before the first and the last line of its class.
{
  "classes": {
    // locations
    // Told apart by id
    // A row is called {name}. Default keys: id, or name
    //   id     integer             filled by the database
    //   name   string    required  case counts
    //   likes  link set            goods objects, by good_code of likes

    // goods
    // Told apart by code
    // A row is called {code}. Default keys: code
    //   code         string    required  up to 10 characters, case counts; also id
    //   name         text      required  case counts
    //   location_id  integer             64 bits
    //   active       boolean             default 1; filled by the database
    //   day          text                case counts
    //   made_at      integer             64 bits
    //   size         enum                s, l
    //   photo        bytes
    //   twice        integer             64 bits; computed by the database
    //   likes        link set            locations objects, by location_id of likes
    // "goods": { "attributes": {
    //   // Is an empty cell the empty text in name, which needs a value and has no default? Now the empty text stands in 1 of 2 rows:
    //   "name": { "empty": "text" },
    //   // Does location_id refer to locations, as its name suggests? It has 2 different values, of which 1 are there:
    //   "location_id": { "target": "locations" },
    //   // Does active say yes by 't' and no by 'f'? Each of the 2 values that were looked at is one of them:
    //   "active": { "kind": "boolean", "stored": ["f", "t"] },
    //   // Are the texts in day dates? The only value has the form of one:
    //   "day": { "kind": "date", "stored": "text", "empty": "text" },
    //   // Are the numbers in made_at times? Each of the 2 values that were looked at would be one from 2024-01-01 00:00:00 to 2024-02-29 23:59:59, in UTC:
    //   "made_at": { "kind": "datetime", "stored": "unix_seconds" },
    // } },

    // likes
    // Told apart by good_code + location_id
    // A row is called {good_code} {location_id}. Default keys: good_code + location_id
    //   good_code    external key  required  -> goods; also goods
    //   location_id  external key  required  -> locations; also location, locations

    // loose
    // Nothing but the rowid tells its rows apart: an import must name its keys, or reconciliation_keys does it here.
    // A row is called {a}. Default keys: none
    //   a  loose
    //   b  loose

    // cheap is no class: it is a view
  }
}
`;

Deno.test("model derive: all that is known, and what might be said, as an overlay that says nothing", () =>
  withDatabase(SHOP, async (scratch) => {
    const before = Deno.readFileSync(scratch.path("shop.db"));
    assertEquals(await derivedIn(scratch), DERIVED);
    assertEquals(Deno.readFileSync(scratch.path("shop.db")), before);
    assertEquals([...Deno.readDirSync(scratch.folder)].map(({ name }) => name), ["shop.db"]);
  }));

Deno.test("model check: what model derive prints is good as it stands", () =>
  withDatabase(SHOP, async (scratch) => {
    assertEquals(
      await checked(scratch, DERIVED, 0),
      "shop.jsonc: the overlay has the right form (0 tables). With --db=FILE it is also checked against a database\n",
    );
    assertEquals(
      await checked(scratch, DERIVED, 0, "--db=shop.db"),
      "shop.jsonc: the overlay is good for shop.db (0 tables)\n",
    );
  }));

Deno.test("model check: so it is when every question is answered with yes", () =>
  withDatabase(SHOP, async (scratch) => {
    const answered = DERIVED.replaceAll(/^ {4}\/\/ ("\w+": \{ "attributes"|\} \},| {2}(?:"|\/\/ ))/gm, "    $1");
    assertStringIncludes(answered, '\n      "made_at": {');
    assertEquals(
      await checked(scratch, answered, 0, "--db=shop.db"),
      "shop.jsonc: the overlay is good for shop.db (1 table)\n",
    );
    const shown = await scratch.run(["model", "show", "--db=shop.db", "--class=goods", "--model=shop.jsonc"]);
    assertExit(shown, 0);
    assertStringIncludes(shown.stdout, "made_at");
    assert(/^made_at +made_at +datetime$/m.test(shown.stdout), shown.stdout);
    assert(/^location_id .* -> locations; also location, locations$/m.test(shown.stdout), shown.stdout);
  }));

Deno.test("model show: classes, keys and names of a database that csvrecon did not make", () =>
  withDatabase(SHOP, async (scratch) => {
    const all = await scratch.run(["model", "show", "--db=shop.db"]);
    assertExit(all, 0);
    assertStringIncludes(all.stdout, "\nlocations  locations                    id, or name\n");
    assertStringIncludes(all.stdout, "\nlikes      likes                        good_code + location_id\n");
    const one = await scratch.run(["model", "show", "--db=shop.db", "--class=locations"]);
    assertExit(one, 0);
    assertStringIncludes(one.stdout, "Default reconciliation keys: id, or name\nFriendly name: {name}\n");
  }));

Deno.test("model check: what the database does not have is told with its place", () =>
  withDatabase(SHOP, async (scratch) => {
    const overlay = JSON.stringify({
      classes: {
        goods: {
          reconciliation_keys: ["nme"],
          friendly_name: "{nme}",
          attributes: {
            Name: { length: 3 },
            size: { values: { s: "small", m: "medium" } },
            location_id: { target: "location" },
            name: { target: "locations.nam" },
            day: { stored: "unix_seconds" },
          },
        },
        cheap: { hidden: true },
        gods: {},
      },
    });
    const said = await checked(scratch, overlay, 78, "--db=shop.db");
    const places = [...said.matchAll(/\$\.[^:]*/g)].map(([place]) => place).sort();
    assertEquals(places, [
      "$.classes.cheap",
      "$.classes.gods",
      "$.classes.goods.attributes.Name",
      "$.classes.goods.attributes.day.stored",
      "$.classes.goods.attributes.location_id.target",
      "$.classes.goods.attributes.name.target",
      "$.classes.goods.attributes.size.values[1]",
      "$.classes.goods.friendly_name",
      "$.classes.goods.reconciliation_keys[0]",
    ]);
    assertStringIncludes(said, "$.classes.gods: the database has no table 'gods'. Did you mean 'goods'?");
    assertStringIncludes(said, "$.classes.cheap: 'cheap' is a view: only tables are classes");
    assertStringIncludes(said, "'name' has no column 'nam'. Did you mean".replace("'name'", "the table 'locations'"));
    assertStringIncludes(said, "a CHECK of the column does not allow 'm'. Expected one of 's', 'l'");
    const run = ["--db=shop.db", "--model=shop.jsonc", "--class=goods", "--csvfile=none.csv"];
    const refused = await scratch.run(run);
    assertExit(refused, 78);
    assertStringIncludes(refused.stderr, "Overlay 'shop.jsonc', $.classes.gods: the database has no table 'gods'");
  }));

Deno.test("model check: an overlay of a wrong form, and a model file, are what they are without a database, too", () =>
  withDatabase(SHOP, async (scratch) => {
    const wrong = await checked(scratch, '{ "classes": { "goods": { "hiden": true } } }', 78);
    assertStringIncludes(wrong, "shop.jsonc: $.classes.goods.hiden: unknown property 'hiden'. Did you mean 'hidden'?");
    assertStringIncludes(wrong, "csvrecon model derive");
    const model = '{ "name": "m", "classes": { "A": { "attributes": { "name": { "kind": "string" } } } } }';
    assertStringIncludes(await checked(scratch, model, 0), "shop.jsonc: the model m is good");
    assertStringIncludes(
      await checked(scratch, model, 64, "--db=shop.db"),
      "Parameter --db has no meaning here: 'shop.jsonc' is a model file, which needs no database",
    );
  }));

Deno.test("model derive, and overlays, are for databases that csvrecon did not make", () =>
  withScratch(async (scratch) => {
    await writeNewDatabase(scratch, "ours.db");
    await Deno.writeTextFile(scratch.path("o.jsonc"), '{ "classes": {} }');
    const said = "Database 'ours.db' was made by csvrecon";
    for (const args of [["derive"], ["check", "o.jsonc"]]) {
      const run = await scratch.run(["model", ...args, "--db=ours.db"]);
      assertExit(run, 64);
      assertStringIncludes(run.stderr, said);
    }
    const shown = await scratch.run(["model", "show", "--db=ours.db", "--model=o.jsonc"]);
    assertExit(shown, 64);
    assertStringIncludes(shown.stderr, "Parameter model is for databases that csvrecon did not make");
    const missing = await scratch.run(["model", "derive", "--db=none.db"]);
    assertExit(missing, 78);
    assertStringIncludes(missing.stderr, "none.db");
  }));

/** Names that would end a comment, a text or a line. */
const NAMES = [
  "a\nb",
  'say "x"',
  "*/ x",
  "\u2028",
  "__proto__",
  "constructor",
  "// c",
  "\u001b[2J",
  "größe, select",
  "x{y}",
];

Deno.test("model derive: whatever names have in them, the file is an overlay and says nothing", () => {
  const quoted = NAMES.map((name) => `"${name.replaceAll('"', '""')}"`);
  const columns = quoted.map((name) => `${name} TEXT NOT NULL`).join(", ");
  const sql = quoted.map((name) => `CREATE TABLE ${name}(${columns}, key INTEGER PRIMARY KEY);`).join("\n");
  return withDatabase(sql, async (scratch) => {
    const derived = await derivedIn(scratch);
    assertStringIncludes(await checked(scratch, derived, 0, "--db=shop.db"), "(0 tables)");
    const answered = derived.replaceAll(
      /^ {4}\/\/ (".*": \{ "attributes": \{$|\} \},| {2}(?:".*": \{ "|\/\/ ))/gm,
      "    $1",
    );
    assertStringIncludes(await checked(scratch, answered, 0, "--db=shop.db"), `(${NAMES.length} tables)`);
  });
});
