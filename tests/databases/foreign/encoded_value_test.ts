/** Values as elements of JSON, held against those that SQLite gives by themselves. */
import { assertEquals } from "@std/assert";
import { decoded, encoded, type Encoding } from "../../../lib/databases/foreign/encoded_value.ts";
import type { Raw } from "../../../lib/databases/sqlite/raw_value.ts";
import { withForeign } from "./foreign_world.ts";

/** Doubles of every size, the same each time. */
function reals(count: number): readonly number[] {
  const bytes = new DataView(new ArrayBuffer(8));
  let state = 12345;
  const next = () => state = (Math.imul(state, 1103515245) + 12345) >>> 0;
  return Array.from({ length: count }, () => {
    bytes.setUint32(0, next());
    bytes.setUint32(4, next());
    return bytes.getFloat64(0);
  }).filter((value) => !Number.isNaN(value));
}

const VALUES: readonly Raw[] = [
  null,
  "",
  'a"b\\c\n\u0001é😀',
  "7",
  7n,
  -9007199254740991n,
  9007199254740992n,
  9223372036854775807n,
  -9223372036854775808n,
  1.5,
  0.30000000000000004,
  5e-324,
  1.7976931348623157e308,
  Infinity,
  -Infinity,
  new Uint8Array(),
  new Uint8Array([0, 255]),
  ...Array.from({ length: 200 }, (_, cents) => cents / 100),
  ...reals(2000),
];

function comparable(raw: Raw): unknown {
  return typeof raw === "bigint" && BigInt(Number(raw)) === raw && Number.isSafeInteger(Number(raw))
    ? Number(raw)
    : raw;
}

for (const affinity of ["TEXT", "INTEGER", "REAL", "NUMERIC", "BLOB"] as const) {
  Deno.test(`no value of a column of ${affinity} affinity is lost on its way through JSON`, () =>
    withForeign(`CREATE TABLE t (id INTEGER PRIMARY KEY, v ${affinity})`, ({ database, context }) => {
      const insert = database.prepareRaw("INSERT INTO t (v) VALUES (?)");
      for (const value of VALUES) insert.run(value);
      const held = database.prepareRaw("SELECT v FROM t ORDER BY id").all().map(({ v = null }) => comparable(v));
      const encodings: readonly Encoding[] = [context.encoding, { keepsReals: false }];
      for (const encoding of encodings) {
        for (const known of [affinity, null]) {
          const element = encoded("t.v", known, encoding);
          const rows = database.prepare(`SELECT json_array(${element}) AS v FROM t ORDER BY id`).all();
          const read = rows.map(({ v = null }) => comparable(decoded(JSON.parse(String(v))[0])));
          assertEquals(read, held);
        }
      }
    }));
}

Deno.test("texts with NUL come whole", () =>
  withForeign(`CREATE TABLE t (v TEXT); INSERT INTO t VALUES ('a' || char(0) || 'b')`, ({ database, context }) => {
    const [row] = database.prepare(`SELECT json_array(${encoded("t.v", "TEXT", context.encoding)}) AS v FROM t`).all();
    assertEquals(decoded(JSON.parse(String(row?.["v"]))[0]), "a\0b");
  }));
