/** What a database that we did not make writes by itself along with a run: SQLite's own program for the statement is read. */
import { assertEquals } from "@std/assert";
import { AlteredRows } from "../../../lib/databases/foreign/altered_rows.ts";
import { found, withForeign } from "./foreign_world.ts";

const TABLES = `CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT UNIQUE, qty INT, "a, b" TEXT, at TEXT);
  CREATE TABLE maker (code TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
  CREATE TABLE journal (what TEXT);
  CREATE VIEW seen AS SELECT * FROM maker;`;

/** By class what is written along with rows of `part`; `*`: anything. */
async function altered(sql: string, attributes: readonly string[] = ["name"], deletes = false): Promise<string> {
  let told = "";
  await withForeign(`${TABLES} ${sql}`, ({ context }) => {
    const all = new AlteredRows(context).by([{ class: "part", attributes, deletes }]);
    told = [...all].map(([code, codes]) => `${code}: ${codes === null ? "*" : [...codes].sort().join()}`).sort().join(
      "; ",
    );
    return Promise.resolve();
  });
  return told;
}

const trigger = (event: string, body: string, table = "part") =>
  `CREATE TRIGGER "t ${event} ${table}" ${event} ON ${table} BEGIN ${body}; END;`;

Deno.test("altered rows: without triggers none, and none by triggers of other tables and events", async () => {
  assertEquals(await altered(""), "");
  assertEquals(await altered(trigger("AFTER INSERT", "DELETE FROM part", "maker")), "");
  const others = trigger("AFTER UPDATE OF qty", "DELETE FROM part") + trigger("AFTER DELETE", "DELETE FROM part");
  assertEquals(await altered(others), "");
  assertEquals(await altered(others, ["name", "qty"]), "part: *");
  assertEquals(await altered(others, []), "part: *");
  assertEquals(await altered(others, ["name"], true), "part: *");
});

Deno.test("altered rows: of an UPDATE the columns that it sets", async () => {
  const sets: readonly (readonly [string, string])[] = [
    ["SET at = CURRENT_TIMESTAMP WHERE id = new.id", "at"],
    [`SET "A, B" = max(1, 2), [At] = 'x, name = 1' WHERE qty = 1`, "a, b,at"],
    ["SET (at, qty) = (SELECT code, name FROM maker), `name` = 1", "at,name,qty"],
    [
      "SET at = qty IS DISTINCT FROM 1, qty = (SELECT 1 FROM maker WHERE 1), name = 2 FROM journal WHERE 1",
      "at,name,qty",
    ],
    ["SET at = /* , */ 1 WHERE name = 'x'", "at"],
  ];
  for (const [set, columns] of sets) {
    assertEquals(await altered(trigger("AFTER INSERT", `UPDATE part ${set}`)), `part: ${columns}`, set);
  }
});

Deno.test("altered rows: what may be anything, or is not understood, is anything", async () => {
  const bodies = [
    "UPDATE part SET at = 1 -- one\n, name = 2",
    "UPDATE part SET id = id + 1",
    "UPDATE part SET rowid = id + 1",
    "UPDATE OR REPLACE part SET at = 1",
    "INSERT INTO part (name) VALUES (1)",
    "REPLACE INTO part (name) VALUES (1)",
    "INSERT INTO part (id) VALUES (1) ON CONFLICT DO UPDATE SET at = 1",
    "DELETE FROM part",
    "DELETE FROM part WHERE name = 'x'",
    "UPDATE part SET at = 1; DELETE FROM part WHERE id = 1",
  ];
  for (const body of bodies) assertEquals(await altered(trigger("BEFORE UPDATE", body)), "part: *", body);
  const replaces = "CREATE TABLE own (id INTEGER PRIMARY KEY, n INT UNIQUE ON CONFLICT REPLACE);";
  assertEquals(await altered(`${replaces} ${trigger("AFTER INSERT", "UPDATE own SET n = 1")}`), "own: *");
  const computes = "CREATE TABLE own (id INTEGER PRIMARY KEY, n INT, m AS (n + 1));";
  assertEquals(await altered(`${computes} ${trigger("AFTER INSERT", "UPDATE own SET n = 1")}`), "own: *");
});

Deno.test("altered rows: triggers set off others, over views too, and foreign keys take rows along", async () => {
  const chain = trigger("AFTER INSERT", "INSERT INTO seen VALUES (1, 2)") +
    trigger("INSTEAD OF INSERT", "INSERT INTO maker VALUES (1, 2)", "seen") +
    trigger("AFTER INSERT", "INSERT INTO journal VALUES (1)", "maker") +
    trigger("AFTER INSERT", "UPDATE part SET qty = 1", "journal");
  assertEquals(await altered(chain), "journal: *; maker: *; part: qty");
  const child =
    "CREATE TABLE child (id INTEGER PRIMARY KEY, part TEXT REFERENCES part (name) ON UPDATE CASCADE ON DELETE CASCADE);";
  assertEquals(await altered(child), "child: *");
  assertEquals(await altered(child, ["qty"]), "");
  assertEquals(await altered(child, ["qty"], true), "child: *");
});

Deno.test("altered rows: tables of keys in TEMP are nobody's", () =>
  withForeign("CREATE TABLE part (id INTEGER PRIMARY KEY, name TEXT)", async (world) => {
    await found(world, "part", ["name"], ...Array.from({ length: 600 }, (_, index) => [`n${index}`]));
    const rows = new AlteredRows(world.context);
    assertEquals([...rows.by([{ class: "part", attributes: [], deletes: true }])], []);
  }));
