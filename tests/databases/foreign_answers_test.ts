/** What the values and names of a database suggest that we did not make, as `model derive` proposes it. */
import { assertEquals, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { openForeignAnswers } from "../../lib/databases/foreign_answers.ts";
import { RunStop } from "../../lib/errors.ts";
import type { Proposal } from "../../lib/model/overlay/proposal.ts";
import { proposalsFor } from "../../lib/model/overlay/proposals.ts";
import { withFolder } from "./small_store.ts";

async function proposalsOf(sql: string): Promise<readonly Proposal[]> {
  return await withFolder(async (folder) => {
    const path = join(folder, "foreign.db");
    const made = new DatabaseSync(path);
    made.exec(sql);
    made.close();
    const answers = await openForeignAnswers(path, { busyTimeoutSeconds: 0 });
    try {
      return proposalsFor(answers.derived, answers);
    } finally {
      answers.close();
    }
  });
}

/** `table.column`, and what the overlay would say. */
async function entriesOf(sql: string): Promise<Readonly<Record<string, unknown>>> {
  return Object.fromEntries((await proposalsOf(sql)).map((one) => [`${one.class}.${one.column}`, one.entry]));
}

const KEYS: readonly (readonly [title: string, sql: string, entries: Readonly<Record<string, unknown>>])[] = [
  [
    "a column called after a table, in the plural too",
    `CREATE TABLE locations(id INTEGER PRIMARY KEY, n INTEGER); INSERT INTO locations(id) VALUES (1), (2);
     CREATE TABLE category(id INTEGER PRIMARY KEY, n INTEGER); CREATE TABLE qualities(id INTEGER PRIMARY KEY, n INTEGER);
     CREATE TABLE p(id INTEGER PRIMARY KEY, location_id INTEGER, CategoryId INTEGER, quality_id INTEGER);
     INSERT INTO p(location_id) VALUES (1), (2), (2), (7)`,
    {
      "p.location_id": { target: "locations" },
      "p.CategoryId": { target: "category" },
      "p.quality_id": { target: "qualities" },
    },
  ],
  [
    "a column called like the key of a table",
    `CREATE TABLE stops(stop_id TEXT PRIMARY KEY, n INTEGER); INSERT INTO stops VALUES ('a', 1);
     CREATE TABLE times(stop_id TEXT, n INTEGER); INSERT INTO times VALUES ('a', 1)`,
    { "times.stop_id": { target: "stops" } },
  ],
  [
    "the last words of the name, what tables begin with, the table itself",
    `CREATE TABLE moz_places(id INTEGER PRIMARY KEY, parent_id INTEGER);
     CREATE TABLE moz_visits(id INTEGER PRIMARY KEY, place_id INTEGER, from_place_id INTEGER)`,
    {
      "moz_places.parent_id": { target: "moz_places" },
      "moz_visits.place_id": { target: "moz_places" },
      "moz_visits.from_place_id": { target: "moz_places" },
    },
  ],
  [
    "a number that is called like the rows of a table",
    `CREATE TABLE books(id INTEGER PRIMARY KEY, n INTEGER); CREATE TABLE links(id INTEGER PRIMARY KEY, book INTEGER, books TEXT)`,
    { "links.book": { target: "books" } },
  ],
  [
    "not where none of the values is found, where a key is declared, or which table is meant is open",
    `CREATE TABLE a(id INTEGER PRIMARY KEY, n INTEGER); CREATE TABLE x_b(id INTEGER PRIMARY KEY, n INTEGER);
     CREATE TABLE y_b(id INTEGER PRIMARY KEY, n INTEGER);
     CREATE TABLE c(id INTEGER PRIMARY KEY, a_id INTEGER, b_id INTEGER); INSERT INTO c(a_id) VALUES (5);
     CREATE TABLE d(id INTEGER PRIMARY KEY, a_id INTEGER REFERENCES a(id), c INTEGER GENERATED ALWAYS AS (id) STORED)`,
    {},
  ],
  [
    "a table whose name has a point is written with its column",
    `CREATE TABLE "my.box"(id INTEGER PRIMARY KEY, n INTEGER); CREATE TABLE p(id INTEGER PRIMARY KEY, "my.box_id" INTEGER)`,
    { "p.my.box_id": { target: "my.box.id" } },
  ],
];

for (const [title, sql, entries] of KEYS) {
  Deno.test(`keys that names imply: ${title}`, async () => assertEquals(await entriesOf(sql), entries));
}

Deno.test("keys that names imply: it is told how many values are there", async () => {
  const [key] = await proposalsOf(
    `CREATE TABLE places(id INTEGER PRIMARY KEY, v INTEGER); INSERT INTO places(id) VALUES (1), (2);
    CREATE TABLE p(id INTEGER PRIMARY KEY, place_id INTEGER); INSERT INTO p(place_id) VALUES (1), (1), (2), (9), (NULL)`,
  );
  assertEquals(key?.reason, { kind: "implied_key", values: 3, found: 2 });
});

/** The column `c` of a table with the values. */
const VALUES: readonly (readonly [declared: string, values: string, entry: unknown])[] = [
  ["created_at TEXT", "('2024-01-02'), ('2023-12-31'), (NULL)", { kind: "date", stored: "text" }],
  ["c TEXT", "('2024-01-02 13:00'), ('2024-01-02T13:00:00Z'), ('2024-01-02')", { kind: "datetime", stored: "text" }],
  ["c TEXT", "('2024-01-02'), ('')", { kind: "date", stored: "text", empty: "text" }],
  ["c TEXT", "('2024-01-02'), ('soon')", undefined],
  ["c JSON", "('2024-01-02')", { kind: "date", stored: "text" }],
  ["created INTEGER", "(1704067200), (1709251199)", { kind: "datetime", stored: "unix_seconds" }],
  ["seenAt INTEGER", "(1704067200000)", { kind: "datetime", stored: "unix_milliseconds" }],
  ["last_time BIGINT", "(1704067200000000)", { kind: "datetime", stored: "unix_microseconds" }],
  ["day REAL", "(725760000.0), (100000000)", { kind: "datetime", stored: "mac_seconds" }],
  ["modified REAL", "(2460310.5)", { kind: "datetime", stored: "julian_days" }],
  ["c INTEGER", "(1704067200)", undefined],
  ["created INTEGER", "(1), (1704067200)", undefined],
  ["created INTEGER", "(1704067200), ('x')", undefined],
  ["c TIMESTAMP", "(1704067200)", { kind: "datetime", stored: "unix_seconds" }],
  ["c DATE", "(1704067200000)", { kind: "date", stored: "unix_milliseconds" }],
  ["c DATETIME", "('2024-01-02 00:00:00')", undefined],
  ["c BOOLEAN", "('t'), ('f')", { kind: "boolean", stored: ["f", "t"] }],
  ["c BOOLEAN", "('Y')", { kind: "boolean", stored: ["N", "Y"] }],
  ["c BOOLEAN", "(1), (0)", undefined],
  ["c BOOLEAN", "(1), ('t')", undefined],
  ["c CHAR(1)", "('t'), ('f')", { kind: "boolean", stored: ["f", "t"] }],
  ["c CHAR(1)", "('t')", undefined],
  ["c TEXT NOT NULL", "('a'), ('')", { empty: "text" }],
  ["c TEXT NOT NULL DEFAULT ''", "('a')", undefined],
  ["c TEXT NOT NULL DEFAULT 'x'", "('a')", undefined],
  ["c TEXT NOT NULL UNIQUE", "('a')", undefined],
  ["c BLOB", "(x'00')", undefined],
  ["c TEXT CHECK (c IN ('t', 'f'))", "('t'), ('f')", undefined],
];

for (const [declared, values, entry] of VALUES) {
  Deno.test(`what values suggest: ${declared} with ${values}`, async () => {
    const [column] = declared.split(" ");
    const sql = `CREATE TABLE x(id INTEGER PRIMARY KEY, ${declared}); INSERT INTO x(${column}) VALUES ${values}`;
    assertEquals(await entriesOf(sql), entry === undefined ? {} : { [`x.${column}`]: entry });
  });
}

Deno.test("what values suggest: keys that their program makes at random", async () => {
  const uuid = "'550E8400-e29b-41d4-a716-446655440000'";
  assertEquals(
    await entriesOf(`CREATE TABLE a(id TEXT PRIMARY KEY); INSERT INTO a VALUES (${uuid});
      CREATE TABLE b(b_id CHAR(32) PRIMARY KEY) WITHOUT ROWID; INSERT INTO b VALUES ('550e8400e29b41d4a716446655440000');
      CREATE TABLE c(id TEXT PRIMARY KEY); INSERT INTO c VALUES (${uuid}), ('x');
      CREATE TABLE d(id TEXT PRIMARY KEY DEFAULT (hex(randomblob(16)))); INSERT INTO d VALUES (${uuid})`),
    { "a.id": { generate: "uuid" }, "b.b_id": { generate: "hex32" } },
  );
});

Deno.test("what values suggest: so many numbers are times, whatever their column is called", async () => {
  assertEquals(
    await entriesOf(`CREATE TABLE x(id INTEGER PRIMARY KEY, c INTEGER);
      WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)
      INSERT INTO x(c) SELECT 1704067200 + i * 60 FROM n`),
    { "x.c": { kind: "datetime", stored: "unix_seconds" } },
  );
});

Deno.test("names of columns are only names, whatever they look like", async () => {
  const name = `t"."v', 1); DROP TABLE x; --`;
  const quoted = `"${name.replaceAll('"', '""')}"`;
  assertEquals(
    await entriesOf(`CREATE TABLE v(id INTEGER PRIMARY KEY, v INTEGER, ${quoted} TEXT NOT NULL);
      CREATE TABLE ${quoted}(v_id INTEGER, v TEXT); INSERT INTO v VALUES (1, 1, ''); INSERT INTO ${quoted} VALUES (1, '')`),
    { [`v.${name}`]: { empty: "text" }, [`${name}.v_id`]: { target: "v" } },
  );
});

Deno.test("integers beyond those of a double do no harm", async () => {
  assertEquals(
    await entriesOf(
      "CREATE TABLE x(id INTEGER PRIMARY KEY, created INTEGER); INSERT INTO x(created) VALUES (9223372036854775807)",
    ),
    {},
  );
});

Deno.test("a database that is not there is not made", async () => {
  await withFolder(async (folder) => {
    const path = join(folder, "none.db");
    const stop = await assertRejects(() => openForeignAnswers(path, { busyTimeoutSeconds: 0 }), RunStop);
    assertEquals([stop.exitCode, [...Deno.readDirSync(folder)]], [78, []]);
  });
});
