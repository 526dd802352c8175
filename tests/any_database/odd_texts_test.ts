/** Texts that hold what no file can give: they are shown, kept, and come back as they were. */
import { assertEquals, assertNotEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, type Parameters, withTables } from "../helpers/loading.ts";
import { assertExit } from "../helpers/scratch.ts";

/** What a text goes on with behind NUL counts. */
const WITH_NUL = "'a' || char(0) || 'b'";
const ROWS = `INSERT INTO part (code, note, n) VALUES (${WITH_NUL}, ${WITH_NUL}, 1), ('a', char(0), 2);`;

/** As a program wrote it that knew Latin-1 alone: `Mül`, and NUL behind it. */
const LATIN = "CAST(x'4DFC6C' AS TEXT)";
const SPOILT_ROWS =
  `INSERT INTO part (code, note, n) VALUES ('b', ${LATIN}, 1), (char(65533), CAST(x'FC00' AS TEXT), 2);`;

/** A table, and a column that finds its rows. */
const TABLES: Readonly<Record<string, string>> = {
  "with a rowid": "CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT UNIQUE, note, n INTEGER);",
  "with a key of texts": "CREATE TABLE part (code TEXT PRIMARY KEY, note VARCHAR(9), n INTEGER);",
  "without rowid": "CREATE TABLE part (code TEXT PRIMARY KEY, note INTEGER, n INTEGER) WITHOUT ROWID;",
  "without a key": "CREATE TABLE part (code TEXT, note NUMERIC, n INTEGER);",
  "with very many columns": `CREATE TABLE part (id INTEGER PRIMARY KEY, code TEXT UNIQUE, note, n INTEGER, ${
    Array.from({ length: 1500 }, (_, place) => `c${place}`).join(", ")
  });`,
};

const BY_NUMBER = { reconciliationkeys: "n" };

function rows({ database }: Loading): readonly unknown[] {
  const opened = new DatabaseSync(database, { readOnly: true });
  const read = opened.prepare(
    "SELECT hex(code) AS code, hex(note) AS note, n, typeof(code) AS a, typeof(note) AS b FROM part ORDER BY n",
  ).all();
  opened.close();
  return read.map((row) => ({ ...row }));
}

/** Loads files one after the other, and asserts that an undo of the last one gives back what there was. */
async function assertComesBack(loading: Loading, files: readonly string[], params: Parameters): Promise<void> {
  const before = rows(loading);
  for (const file of files) assertExit((await loading.load("part", file, { ...BY_NUMBER, ...params })).run, 0);
  assertNotEquals(rows(loading), before);
  const undo = ["undo", "--db=tables.db", `--change_log=${params["change_log"] ?? "beside"}`];
  assertExit(await loading.scratch.run(undo), 0);
  assertEquals(rows(loading), before);
}

for (const [table, sql] of Object.entries(TABLES)) {
  for (const place of ["beside", "inside"]) {
    Deno.test(`an undo gives back texts with NUL, of a table ${table}, with the log ${place}`, () =>
      withTables(sql + ROWS, async (loading) => {
        await assertComesBack(loading, ["n,note\n1,7\n2,8\n"], { change_log: place });
      }));
  }

  for (const place of ["beside", "inside"]) {
    Deno.test(`an undo gives back texts that are no UTF-8, of a table ${table}, with the log ${place}`, () =>
      withTables(sql + SPOILT_ROWS, async (loading) => {
        const before = rows(loading);
        await assertComesBack(loading, ["n,note\n1,7\n2,8\n"], { change_log: place });
        // And once more, from what the undo has logged.
        const undo = async (change: number) =>
          assertExit(
            await loading.scratch.run(`undo --db=tables.db --change=${change} --change_log=${place}`.split(" ")),
            0,
          );
        await undo(2);
        assertNotEquals(rows(loading), before);
        await undo(3);
        assertEquals(rows(loading), before);
      }));
  }

  if (table === "without a key") continue; // It has no feeds.
  Deno.test(`rows with NUL are deleted and come back, of a table ${table}`, () =>
    withTables(sql + ROWS, async (loading) => {
      const feed = { source: "feed", gone: "delete", gone_limit: "100%" };
      await assertComesBack(loading, ["n\n1\n2\n", "n\n2\n"], feed);
    }));

  Deno.test(`rows with texts that are no UTF-8 are deleted and come back, of a table ${table}`, () =>
    withTables(sql + SPOILT_ROWS, async (loading) => {
      const feed = { source: "feed", gone: "delete", gone_limit: "100%" };
      await assertComesBack(loading, ["n\n1\n2\n", "n\n2\n"], feed);
    }));
}

const MAKERS = `
  CREATE TABLE maker (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT);
  CREATE TABLE part (id INTEGER PRIMARY KEY, n INTEGER, maker TEXT REFERENCES maker (code));
  INSERT INTO maker (code, name) VALUES ('a', 'Cut'), (${WITH_NUL}, 'Whole');
  INSERT INTO part (n, maker) VALUES (1, 'a'), (2, ${WITH_NUL});`;

Deno.test("a reference to a text with NUL is written whole, not to who is called as it begins", () =>
  withTables(MAKERS, async (loading) => {
    const makers = () => loading.query("SELECT n, hex(maker) FROM part ORDER BY n");
    const before = makers();
    const file = "n,maker->name\n1,Whole\n2,Cut\n3,Whole\n";
    const { rows: told } = await loading.load("part", file, BY_NUMBER);
    assertEquals(told, [
      'updated part 1 maker="a"->"a\\u0000b"',
      'updated part 2 maker="a\\u0000b"->"a"',
      "created part 3",
    ]);
    assertEquals(makers(), ["1 610062", "2 61", "3 610062"]);
    assertEquals((await loading.load("part", file, BY_NUMBER)).rows, [1, 2, 3].map((id) => `unchanged part ${id}`));
    assertExit(await loading.scratch.run(["undo", "--db=tables.db"]), 0);
    assertEquals(makers(), before);
  }));

Deno.test("a row with NUL in its key that refers to itself goes with an undo", () =>
  withTables(
    `CREATE TABLE part (code TEXT PRIMARY KEY DEFAULT (${WITH_NUL}), n INTEGER, above TEXT REFERENCES part (code)) WITHOUT ROWID;
     INSERT INTO part VALUES ('a', 1, NULL)`,
    async (loading) => {
      assertEquals((await loading.load("part", "n\n2\n", BY_NUMBER)).run.exitCode, 0);
      assertEquals(loading.query("SELECT hex(code), n FROM part ORDER BY n"), ["61 1", "610062 2"]);
      assertExit(await loading.scratch.run(["undo", "--db=tables.db"]), 0);
      assertEquals(loading.query("SELECT hex(code), n FROM part"), ["61 1"]);
    },
  ));

Deno.test("what refers to a row by a text that is no UTF-8 loses it with the row, and an undo gives it back", () =>
  withTables(
    `CREATE TABLE maker (id INTEGER PRIMARY KEY, code TEXT UNIQUE, n INTEGER);
     CREATE TABLE part (id INTEGER PRIMARY KEY, maker TEXT REFERENCES maker (code) ON DELETE SET NULL);
     INSERT INTO maker (code, n) VALUES ('a', 1), (${LATIN}, 2);
     INSERT INTO part (maker) VALUES (${LATIN}), ('a');`,
    async (loading) => {
      const makers = () => loading.query("SELECT id, hex(maker) FROM part ORDER BY id");
      const feed = { ...BY_NUMBER, source: "feed", gone: "delete", gone_limit: "100%" };
      for (const file of ["n\n1\n2\n", "n\n1\n"]) assertExit((await loading.load("maker", file, feed)).run, 0);
      assertEquals(makers(), ["1 ", "2 61"]);
      assertExit(await loading.scratch.run(["undo", "--db=tables.db"]), 0);
      assertEquals(makers(), ["1 4DFC6C", "2 61"]);
    },
  ));

const NO_NAME = "the key 'M�l' of its row is a text whose bytes are no UTF-8, so nothing can name the row: " +
  "give it another key with the program that owns the database";

for (const kind of ["", " WITHOUT ROWID"]) {
  Deno.test(`a row whose key is no UTF-8 is never told as written${kind.toLowerCase()}`, () =>
    withTables(
      `CREATE TABLE part (code TEXT PRIMARY KEY, note TEXT, n INTEGER)${kind};
       INSERT INTO part VALUES (${LATIN}, 'x', 1), ('b', 'y', 2)`,
      async (loading) => {
        const feed = { ...BY_NUMBER, source: "feed", gone: "delete", gone_limit: "100%" };
        const { rows: updated } = await loading.load("part", "n,note\n1,z\n2,z\n", feed);
        assertEquals(updated, [`rejected part M�l: ${NO_NAME}`, 'updated part b note="y"->"z"']);
        assertExit((await loading.load("part", "n,note\n1,x\n2,z\n", feed)).run, 0);
        // Nor does a feed remember it.
        const { rows: left } = await loading.load("part", "n,note\n2,z\n", feed);
        assertEquals(left, ["unchanged part b"]);
        assertEquals(loading.query("SELECT hex(code), note FROM part ORDER BY n"), ["4DFC6C x", "62 z"]);
      },
    ));

  Deno.test(`a link that is no UTF-8 is never told as taken away${kind.toLowerCase()}`, () =>
    withTables(
      `CREATE TABLE tag (code TEXT PRIMARY KEY)${kind};
       CREATE TABLE part (id INTEGER PRIMARY KEY, n INTEGER);
       CREATE TABLE part_tag (part INTEGER REFERENCES part (id), tag TEXT REFERENCES tag (code), PRIMARY KEY (part, tag))${kind};
       INSERT INTO tag VALUES (${LATIN}), ('b');
       INSERT INTO part VALUES (1, 1);
       INSERT INTO part_tag VALUES (1, ${LATIN}), (1, 'b');`,
      async (loading) => {
        const { rows: told } = await loading.load("part", "n,part_tag\n1,tag:b\n", BY_NUMBER);
        assertEquals(told, [`rejected part 1: ${NO_NAME}`]);
      },
    ));
}
