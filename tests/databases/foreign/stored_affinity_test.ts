/** What affinities make of values, held against SQLite itself (rule 19). */
import { assertEquals } from "@std/assert";
import { asHeld } from "../../../lib/databases/foreign/stored_affinity.ts";
import type { Raw } from "../../../lib/databases/sqlite/raw_value.ts";
import { withForeign } from "./foreign_world.ts";

const VALUES: readonly Raw[] = [
  null,
  "",
  "a",
  "7",
  "007",
  " +7 ",
  "-0",
  "7.0",
  "7.5",
  ".5",
  "5.",
  "1e3",
  "1e-3",
  "1e400",
  "0x10",
  "1 2",
  "9007199254740993",
  "9223372036854775807",
  "9223372036854775808",
  "-9223372036854775808",
  "99999999999999999999999",
  "\u00a07",
  "Inf",
  7n,
  -9223372036854775808n,
  9007199254740993n,
  7,
  7.5,
  0.30000000000000004,
  1e300,
  1e15,
  123456789012345680,
  Infinity,
  -Infinity,
  new Uint8Array([0, 255]),
];

const MANY_DIGITS: ReadonlySet<Raw> = new Set([0.30000000000000004, 123456789012345680, 1e15, 1e300]);

for (const affinity of ["TEXT", "INTEGER", "REAL", "NUMERIC", "BLOB"] as const) {
  Deno.test(`a column of ${affinity} affinity holds what we say that it holds`, () =>
    withForeign(`CREATE TABLE t (id INTEGER PRIMARY KEY, v ${affinity})`, ({ database }) => {
      const insert = database.prepareRaw("INSERT INTO t (v) VALUES (?)");
      // A real as text loses digits, more or less of them.
      const values = affinity === "TEXT" ? VALUES.filter((value) => !MANY_DIGITS.has(value)) : VALUES;
      for (const value of values) insert.run(value);
      const held = database.prepareRaw("SELECT v FROM t ORDER BY id").all().map(({ v = null }) => v);
      assertEquals(values.map((value) => asHeld(value, affinity)), held);
    }));
}

Deno.test("a real keeps all its digits as text", () => {
  assertEquals([0.30000000000000004, 1e300, 7, -0.5].map((value) => asHeld(value, "TEXT")), [
    "0.30000000000000004",
    "1.0e+300",
    "7.0",
    "-0.5",
  ]);
});
