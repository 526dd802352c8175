/** What SQLite says when it refuses, in its own words: they differ by the kind of constraint, and may change with its version. */
import { assertEquals } from "@std/assert";
import type { Database } from "../../lib/databases/sqlite/database.ts";
import { refusalIn } from "../../lib/databases/sqlite/sqlite_refusal.ts";
import { withDatabase } from "./small_store.ts";

const TABLE = `CREATE TABLE thing (
  id INTEGER PRIMARY KEY,
  code TEXT UNIQUE,
  name TEXT NOT NULL DEFAULT 'n',
  size INTEGER CONSTRAINT "size is small" CHECK (size < 10),
  weight INTEGER CHECK (weight > 0),
  extra TEXT CHECK (extra <> ''),
  other INTEGER REFERENCES thing (id)
)`;
const INDEXES = `CREATE UNIQUE INDEX "the name's size" ON thing (lower(name) || size);
  CREATE UNIQUE INDEX both ON thing (name, weight)`;
const TRIGGER = `CREATE TRIGGER minds AFTER INSERT ON thing WHEN NEW.size = 7
  BEGIN SELECT RAISE(ABORT, 'not seven'); END`;

function errorOf(database: Database, sql: string): unknown {
  try {
    database.exec(sql);
  } catch (error) {
    return error;
  }
  throw new Error(`not refused: ${sql}`);
}

/** What is executed, the rule, and the name that is told. */
const REFUSED: readonly (readonly [string, string, string | null])[] = [
  ["INSERT INTO thing (id) VALUES (1)", "unique", "thing.id"],
  ["INSERT INTO thing (code, name) VALUES ('a', 'x')", "unique", "thing.code"],
  ["INSERT INTO thing (name, size) VALUES ('N', 1)", "unique", "the name's size"],
  ["INSERT INTO thing (name, weight) VALUES ('n', 2)", "unique", "thing.name, thing.weight"],
  ["INSERT INTO thing (name) VALUES (NULL)", "not_null", "thing.name"],
  ["INSERT INTO thing (name, size) VALUES ('x', 10)", "check", "size is small"],
  ["INSERT INTO thing (name, extra) VALUES ('x', '')", "check", "extra <> ''"],
  ["INSERT INTO thing (name, weight) VALUES ('x', 0)", "check", "weight > 0"],
  ["INSERT INTO thing (name, other) VALUES ('x', 99)", "foreign_key", null],
  ["INSERT INTO thing (id) VALUES ('x')", "type", null],
  ["INSERT INTO strict (size) VALUES ('x')", "type", "strict.size"],
  ["INSERT INTO thing (name, size) VALUES ('x', 7)", "trigger", null],
];

for (const [sql, rule, constraint] of REFUSED) {
  Deno.test(`"${sql}" is refused as ${rule}${constraint === null ? "" : `, ${constraint}`}`, () =>
    withDatabase((database) => {
      database.exec(`${TABLE}; ${INDEXES}; ${TRIGGER}; CREATE TABLE strict (size INTEGER) STRICT`);
      database.exec("INSERT INTO thing (id, code, size, weight) VALUES (1, 'a', 1, 2)");
      const error = errorOf(database, sql);
      assertEquals(refusalIn(error, database), {
        kind: "refused_write",
        rule: rule as "unique",
        constraint,
        text: error instanceof Error ? error.message : "",
      });
    }));
}

Deno.test("what nobody refuses is a bug, where no trigger can have said it", () =>
  withDatabase((database) => {
    const error = errorOf(database, "INSERT INTO nowhere DEFAULT VALUES");
    assertEquals(refusalIn(error, database), null);
    assertEquals(refusalIn(new Error("UNIQUE constraint failed: thing.id"), database), null);
    assertEquals(refusalIn("UNIQUE constraint failed: thing.id", database), null);
  }));
