/** What a new row holds where nothing was given, as far as the schema alone tells. */
import { assertEquals } from "@std/assert";
import { literalDefault } from "../../../../lib/databases/foreign/log/default_literals.ts";
import type { Raw } from "../../../../lib/databases/sqlite/raw_value.ts";
import { columnIn, withForeign } from "../foreign_world.ts";

const DEFAULTS: readonly (readonly [string, Raw | undefined])[] = [
  ["TEXT DEFAULT 'it''s'", "it's"],
  ["TEXT DEFAULT 7", "7"],
  ["INTEGER DEFAULT +7", 7n],
  ["INTEGER DEFAULT -9223372036854775808", -9223372036854775808n],
  // SQLite makes a real of more than 64 bits.
  ["INTEGER DEFAULT 99999999999999999999", 1e20],
  ["REAL DEFAULT 1", 1],
  ["NUMERIC DEFAULT 1.0", 1n],
  ["ANY DEFAULT 1.5", 1.5],
  ["BOOLEAN DEFAULT true", 1n],
  ["TEXT DEFAULT NULL", null],
  ["TEXT", null],
  ["TEXT DEFAULT CURRENT_TIMESTAMP", undefined],
];

Deno.test("defaults that are literals are told as SQLite holds them", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, ${
      DEFAULTS.map(([type], index) => `c${index} ${type}`).join(", ")
    }); INSERT INTO t (id) VALUES (1)`,
    (world) => {
      const [row = {}] = world.database.prepareRaw("SELECT * FROM t").all();
      DEFAULTS.forEach(([declared, expected], index) => {
        assertEquals(literalDefault(columnIn(world, "t", `c${index}`)), expected, declared);
        if (expected !== undefined) assertEquals(row[`c${index}`], expected, declared);
      });
    },
  ));
