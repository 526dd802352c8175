/** Dates in whatever form a database keeps them (rule 14). */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { EXIT, RunStop } from "../../../lib/errors.ts";
import type { DateStorage } from "../../../lib/model/derive/derived_model.ts";
import { type Raw, rawText } from "../../../lib/databases/sqlite/raw_value.ts";
import { columnIn, type ForeignWorld, found, listed, tableIn, withForeign } from "./foreign_world.ts";

function written(world: ForeignWorld, column: string, value: string | null, old: Raw = null): Raw {
  return world.context.values.write(tableIn(world, "t"), columnIn(world, "t", column), value, old);
}

const FORMS: readonly (readonly [string, string])[] = [
  ["2024-01-02 03:04:05", "2024-01-02 03:04:05"],
  ["2024-01-02T03:04:05", "2024-01-02 03:04:05"],
  ["2024-01-02 03:04", "2024-01-02 03:04:00"],
  ["2024-01-02T03:04Z", "2024-01-02 03:04:00"],
  ["2024-01-02 03:04:05.000", "2024-01-02 03:04:05"],
  ["2024-01-02T03:04:05.000000Z", "2024-01-02 03:04:05"],
  ["2024-01-02T03:04:05+02:00", "2024-01-02 01:04:05"],
  ["2024-01-01T23:04:05-0230", "2024-01-02 01:34:05"],
  ["2024-01-02 03:04:05 +0000", "2024-01-02 03:04:05"],
  ["2024-01-02", "2024-01-02 00:00:00"],
];

for (const [stored, compared] of FORMS) {
  Deno.test(`${stored} is compared as ${compared}, and an update keeps its form`, () =>
    withForeign(
      `CREATE TABLE t (id INTEGER PRIMARY KEY, d DATETIME); INSERT INTO t (d) VALUES ('${stored}')`,
      async (world) => {
        assertEquals(await listed(world, "t", ["d"]), [[compared]]);
        assertEquals(written(world, "d", compared, stored), stored);
        assertEquals(written(world, "d", compared), stored);
        assertEquals(await found(world, "t", ["d"], [compared], ["2024-01-02 03:04:06"]), [1, null]);
      },
    ));
}

Deno.test("fractions that are not zero, days that are none and other texts stay what they are", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, d DATETIME, day DATE);
     INSERT INTO t (d, day) VALUES ('2024-01-02 03:04:05.5', '2024-02-30'), ('soon', '2024-01-02 10:00:00'), (x'00', '24-01-02'), ('', '2024-01-02T00:00:00+02:00'), ('2024-01-02 03:04+02:60', NULL)`,
    async (world) => {
      assertEquals(await listed(world, "t", ["d", "day"]), [
        ["2024-01-02 03:04:05.5", "2024-02-30"],
        ["soon", "2024-01-02 10:00:00"],
        [rawText(new Uint8Array(1)), "24-01-02"],
        // A day has no clock.
        [null, "2024-01-02"],
        ["2024-01-02 03:04+02:60", null],
      ]);
      assertEquals(await found(world, "t", ["d"], ["2024-01-02 03:04:05"], ["soon"]), [null, 2]);
    },
  ));

Deno.test("new dates have the form that all values of the column share, else the usual one", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, shared DATETIME, mixed TIMESTAMP, none DATETIME, day DATE, days DATE, noise DATETIME, empty DATETIME);
     INSERT INTO t (shared, mixed, day, days, noise) VALUES
       ('2024-01-02T03:04:05.120Z', '2024-01-02T03:04:05Z', '2024-01-02', '2024-01-02 00:00:00', '2024-01-02T00:00:00'),
       ('2024-01-02T03:04:05.000Z', '2024-01-02 03:04:05', NULL, '2024-01-03 00:00:00', 'soon'), ('', NULL, '', NULL, NULL)`,
    (world) => {
      assertEquals(written(world, "shared", "2024-02-29 08:00:00"), "2024-02-29T08:00:00.000Z");
      assertEquals(written(world, "mixed", "2024-02-29 08:00:00"), "2024-02-29 08:00:00");
      assertEquals(written(world, "none", "2024-02-29 08:00:00"), "2024-02-29 08:00:00");
      assertEquals(written(world, "day", "2024-02-29"), "2024-02-29");
      assertEquals(written(world, "days", "2024-02-29"), "2024-02-29 00:00:00");
      assertEquals(written(world, "noise", "2024-02-29 08:00:00"), "2024-02-29 08:00:00");
      assertEquals(written(world, "empty", null), null);
      const scans = world.traced.filter((sql) => sql.startsWith("SELECT DISTINCT"));
      assertEquals(scans.length, 6);
    },
  ));

Deno.test("a form that lacks the time of day gets it where there is one", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, d DATETIME); INSERT INTO t (d) VALUES ('2024-01-02T03:04Z'), ('2024-01-02T03:05Z')`,
    (world) => {
      assertEquals(written(world, "d", "2024-01-02 03:04:05"), "2024-01-02T03:04:05Z");
      assertEquals(written(world, "d", "2024-01-02 03:04:05", "2024-01-02"), "2024-01-02T03:04:05Z");
      assertEquals(written(world, "d", "2024-01-02 03:04:05", "2024-01-02T03:04+01:00"), "2024-01-02T04:04:05+01:00");
    },
  ));

Deno.test("a date as a key is found in every form of its column, those of the run among them", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, k TEXT, d DATETIME);
     INSERT INTO t (k, d) VALUES ('a', '2024-01-02T03:04:05Z'), ('a', '2024-01-02 03:04:06'), ('b', '2024-01-02T04:04:05+01:00'), ('c', '2024-01-03')`,
    async (world) => {
      const key = (k: string, d: string) => [k, d];
      assertEquals(
        await found(
          world,
          "t",
          ["k", "d"],
          key("a", "2024-01-02 03:04:05"),
          key("a", "2024-01-02 03:04:06"),
          key("b", "2024-01-02 03:04:05"),
          key("c", "2024-01-03 00:00:00"),
          key("c", "2024-01-03 00:00:01"),
        ),
        [1, 2, 3, 4, null],
      );
      assertEquals(await found(world, "t", ["d"], ["2024-01-02 03:04:05"], [null]), ["2 rows", null]);
      const raw = written(world, "d", "2024-02-29 10:00:00", "2024-01-02T00:00");
      world.database.prepareRaw("INSERT INTO t (k, d) VALUES ('n', ?)").run(raw);
      assertEquals(await found(world, "t", ["d"], ["2024-02-29 10:00:00"]), [5]);
    },
  ));

Deno.test("numbers in a column of dates are refused before anything else", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, d DATETIME, x DATE); INSERT INTO t (d, x) VALUES ('2024-01-02', '2024-01-02'), (1704067200, NULL)`,
    async (world) => {
      const table = tableIn(world, "t");
      world.context.dates.requireTold(table, [columnIn(world, "t", "x"), columnIn(world, "t", "id")]);
      const stop = assertThrows(() => world.context.dates.requireTold(table, [columnIn(world, "t", "d")]), RunStop);
      assertEquals(stop.exitCode, EXIT.usage);
      assertEquals(stop.messages.map(({ text }) => text), [
        "Column 't.d' is declared as a date and holds numbers, such as 1704067200 in the row '2': " +
        "say in the overlay how its dates are stored (unix_seconds, unix_milliseconds, unix_microseconds, mac_seconds or julian_days)",
      ]);
      assertEquals(
        stop.messages[0]?.hint,
        'In the file of --model: {"classes":{"t":{"attributes":{"d":{"stored":"unix_seconds"}}}}}',
      );
      await assertRejects(() => found(world, "t", ["d"], ["2024-01-02 00:00:00"]), RunStop);
    },
  ));

const STORAGES: readonly (readonly [DateStorage, string, string, Raw])[] = [
  ["unix_seconds", "INTEGER", "1704067200", 1704067200n],
  ["unix_seconds", "REAL", "1704067200", 1704067200],
  ["unix_seconds", "TEXT", "1704067200", "1704067200"],
  ["unix_milliseconds", "INTEGER", "1704067200000", 1704067200000n],
  ["unix_microseconds", "BIGINT", "1704067200000000", 1704067200000000n],
  ["mac_seconds", "REAL", "725760000.0", 725760000],
  ["mac_seconds", "", "725760000.0", 725760000],
  ["julian_days", "REAL", "julianday('2024-01-01')", 2460310.5],
];

for (const [stored, type, sql, raw] of STORAGES) {
  Deno.test(`dates are kept as ${stored} in a column of type '${type}'`, () =>
    withForeign(
      `CREATE TABLE t (id INTEGER PRIMARY KEY, d ${type}); INSERT INTO t (d) VALUES (${sql}), (NULL), (julianday('2024-01-01') + 0.3)`,
      async (world) => {
        const values = await listed(world, "t", ["d"]);
        assertEquals(values.slice(0, 2), [["2024-01-01 00:00:00"], [null]]);
        assertEquals(written(world, "d", "2024-01-01 00:00:00", type === "" ? 1.5 : null), raw);
        assertEquals(await found(world, "t", ["d"], ["2024-01-01 00:00:00"], ["2024-01-01 00:00:01"]), [1, null]);
      },
      { overlay: { classes: { t: { attributes: { d: { kind: "datetime", stored } } } } } },
    ));
}

Deno.test("every second is kept by every storage, before 1970 and 2001 too", () =>
  withForeign(
    `CREATE TABLE t (id INTEGER PRIMARY KEY, s INTEGER, ms INTEGER, us INTEGER, mac REAL, jd REAL)`,
    (world) => {
      for (const day of ["0001-01-01", "1582-10-15", "1969-12-31", "2000-12-31", "2024-02-29", "9999-12-31"]) {
        for (const time of ["00:00:00", "00:00:01", "12:34:56", "23:59:59"]) {
          const value = `${day} ${time}`;
          for (const name of ["s", "ms", "us", "mac", "jd"]) {
            const raw = written(world, name, value);
            assertEquals(world.context.values.read(columnIn(world, "t", name), raw), value, name);
          }
          const [row] = world.database.prepareRaw("SELECT julianday(?) AS jd, unixepoch(?) AS s").all(value, value);
          assertEquals(written(world, "jd", value), row?.["jd"]);
          assertEquals(written(world, "s", value), row?.["s"]);
        }
      }
    },
    {
      overlay: {
        classes: {
          t: {
            attributes: {
              s: { kind: "datetime", stored: "unix_seconds" },
              ms: { kind: "datetime", stored: "unix_milliseconds" },
              us: { kind: "datetime", stored: "unix_microseconds" },
              mac: { kind: "datetime", stored: "mac_seconds" },
              jd: { kind: "datetime", stored: "julian_days" },
            },
          },
        },
      },
    },
  ));
