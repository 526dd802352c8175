import { assertEquals, assertInstanceOf, assertNotEquals, assertRejects } from "@std/assert";
import { LOOK_UP_PLANS, type PostgresConnection, PostgresError } from "../../../lib/databases/postgres/connection.ts";
import { RunStop } from "../../../lib/errors.ts";
import type { PostgresValue } from "../../../lib/databases/postgres/postgres_connection.ts";
import { withConnection, withDatabase, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";

const ALL_ASCII = Array.from({ length: 127 }, (_, code) => String.fromCharCode(code + 1)).join("");

for (const release of POSTGRES_RELEASES) {
  const connected = (use: (connection: PostgresConnection) => Promise<void>) =>
    withSchema(release, (address) => withConnection(address, use));

  Deno.test(`${release.name}: it tells its version, its number and its rows as arrays`, () =>
    connected(async (connection) => {
      assertEquals(`PostgreSQL ${Math.floor(connection.version / 10_000)}`, release.name);
      assertEquals(await connection.rows("SELECT pg_backend_pid()"), [[connection.processId]]);
      const sql =
        "SELECT 5::int8, -3::int2, true, false, 1.50::numeric, 0.25::float8, NULL, 'é', 'x'::varchar, '{\"b\": 1,\"b\":2}'::json";
      assertEquals(await connection.rows(sql), [[5, -3, true, false, "1.50", 0.25, null, "é", "x", '{"b": 1,"b":2}']]);
      assertEquals(await connection.rows("SELECT 1 WHERE false"), []);
    }));

  Deno.test(`${release.name}: every value comes back as it was bound`, () =>
    connected(async (connection) => {
      const texts = [
        "",
        "NULL",
        "{a,b}",
        '"',
        "\\",
        "\\N",
        ALL_ASCII,
        "é\u{1F600}\u2028",
        " x ",
        "x".repeat(1_000_000),
      ];
      for (const text of texts) assertEquals(await connection.rows("SELECT $1::text", [text]), [[text]]);
      const list: readonly PostgresValue[] = [[...texts, null]];
      const sql = "SELECT * FROM unnest($1::text[]) WITH ORDINALITY";
      assertEquals(await connection.rows(sql, list), [...texts, null].map((text, index) => [text, index + 1]));
      const numbers = [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, null];
      assertEquals(
        await connection.rows("SELECT * FROM unnest($1::int8[])", [numbers]),
        numbers.map((number) => [number]),
      );
      assertEquals(await connection.rows("SELECT * FROM unnest($1::int8[])", [[]]), []);
      assertEquals(await connection.rows("SELECT $1::int8, $2::bool, $3::text", [7, true, null]), [[7, true, null]]);
    }));

  Deno.test(`${release.name}: a whole number that JavaScript would round is an error, and the connection goes on`, () =>
    connected(async (connection) => {
      for (const sql of ["SELECT 9007199254740992::int8", "SELECT -9007199254740993::int8"]) {
        await assertRejects(() => connection.rows(sql), RangeError);
      }
      assertEquals(await connection.rows("SELECT 9007199254740991::int8"), [[9007199254740991]]);
    }));

  Deno.test(`${release.name}: U+0000 is refused, and no text is cut there`, () =>
    connected(async (connection) => {
      await assertRejects(() => connection.rows("SELECT $1::text", ["a\0b"]), PostgresError);
      assertEquals(await connection.rows("SELECT $1::text", ["ab"]), [["ab"]]);
    }));

  Deno.test(`${release.name}: what is refused is told with its code and its names`, () =>
    connected(async (connection) => {
      await connection.execute("CREATE TEMP TABLE brand (id int PRIMARY KEY, name text NOT NULL CHECK (name <> 'no'))");
      assertEquals(await connection.run("INSERT INTO brand VALUES ($1, $2), (2, 'b')", [1, "a"]), 2);
      const refused = (values: readonly PostgresValue[]) =>
        assertRejects(() => connection.run("INSERT INTO brand VALUES ($1, $2)", values), PostgresError);
      const unique = await refused([1, "c"]);
      assertEquals([unique.sqlstate, unique.table, unique.constraint, unique.column, unique.detail], [
        "23505",
        "brand",
        "brand_pkey",
        null,
        "Key (id)=(1) already exists.",
      ]);
      const check = await refused([3, "no"]);
      assertEquals([check.sqlstate, check.constraint], ["23514", "brand_name_check"]);
      const missing = await refused([3, null]);
      assertEquals([missing.sqlstate, missing.column], ["23502", "name"]);
      assertEquals((await refused(["3000000000", "x"])).sqlstate, "22003");
      assertEquals(await connection.run("UPDATE brand SET name = 'z'"), 2);
    }));

  Deno.test(`${release.name}: who does not wait sends on; what is refused refuses no more than itself`, () =>
    connected(async (connection) => {
      await connection.execute("CREATE TEMP TABLE number (n int PRIMARY KEY)");
      const results = await Promise.allSettled([
        connection.run("INSERT INTO number VALUES ($1)", [1]),
        connection.run("INSERT INTO number VALUES ($1)", [1]),
        connection.run("INSERT INTO number VALUES ($1)", [2]),
        connection.execute("BEGIN"),
        connection.run("INSERT INTO number VALUES ($1)", [3]),
        connection.execute("ROLLBACK"),
        connection.rows("SELECT n FROM number ORDER BY n"),
      ]);
      assertEquals(results.map((result) => result.status === "fulfilled" ? result.value : "refused"), [
        1,
        "refused",
        1,
        undefined,
        1,
        undefined,
        [[1], [2]],
      ]);
    }));

  Deno.test(`${release.name}: after an error a transaction takes nothing until it goes back to a savepoint`, () =>
    connected(async (connection) => {
      await connection.execute("CREATE TEMP TABLE number (n int PRIMARY KEY); BEGIN");
      await connection.run("INSERT INTO number VALUES (1)");
      await connection.execute("SAVEPOINT part");
      await assertRejects(() => connection.run("INSERT INTO number VALUES (1)"), PostgresError);
      const error = await assertRejects(() => connection.rows("SELECT 1"), PostgresError);
      assertEquals(error.sqlstate, "25P02");
      await connection.execute("ROLLBACK TO part");
      await connection.run("INSERT INTO number VALUES (2)");
      await connection.execute("COMMIT");
      assertEquals(await connection.rows("SELECT n FROM number ORDER BY n"), [[1], [2]]);
    }));

  Deno.test(`${release.name}: who waits for a statement behind the one that has ended a transaction is told why`, () =>
    connected(async (connection) => {
      const conflict = "DO $$ BEGIN RAISE EXCEPTION 'others' USING ERRCODE = '40001'; END $$";
      for (const _ of [1, 2]) {
        await connection.execute("BEGIN");
        connection.rows(conflict).catch(() => {});
        const behind = connection.rows("SELECT 1");
        assertEquals((await assertRejects(() => behind, RunStop)).exitCode, 75);
        await connection.execute("ROLLBACK");
      }
      // Another reason is none of that.
      await connection.execute("BEGIN");
      connection.rows("SELECT 1 / 0").catch(() => {});
      const error = await assertRejects(() => connection.rows("SELECT 1"), PostgresError);
      assertEquals(error.sqlstate, "25P02");
      await connection.execute("ROLLBACK");
    }));

  Deno.test(`${release.name}: statements are prepared once, and no more of them are kept than a run needs`, () =>
    connected(async (connection) => {
      const prepared = async () =>
        Number((await connection.rows("SELECT count(*) FROM pg_prepared_statements"))[0]?.[0]);
      await connection.rows("SELECT 'again'");
      const before = await prepared();
      for (let i = 0; i < 5; i++) await connection.rows("SELECT 'again'");
      assertEquals(await prepared(), before);
      await Promise.all(Array.from({ length: 700 }, (_, i) => connection.rows(`SELECT ${i}`)));
      assertEquals(await prepared(), 500);
      assertEquals(await connection.rows("SELECT 'again'"), [["again"]]);
      assertEquals(await prepared(), 500);
    }));

  Deno.test(`${release.name}: a run may take its time, waits for locks as long as it was told, and searches by indexes`, () =>
    withDatabase(release, async (address, server) => {
      // What an owner has set for a database counts for other programs.
      await withConnection(address, (connection) => connection.execute(slowDatabase(address.database, release)));
      await withConnection(server.address({ database: address.database, schema: 'a "b"' }), async (connection) => {
        assertEquals(await settings(connection, SETTINGS), {
          lock_timeout: "5s",
          statement_timeout: "0",
          idle_in_transaction_session_timeout: "0",
          idle_session_timeout: "0",
          transaction_timeout: connection.version < 170_000 ? null : "0",
          search_path: '"a ""b"""',
          TimeZone: "UTC",
          client_encoding: "UTF8",
          client_connection_check_interval: "5s",
          jit: "off",
        });
        const plans = ["enable_seqscan", "enable_hashjoin", "enable_mergejoin", "plan_cache_mode"];
        const usual = await settings(connection, plans);
        await connection.execute(`BEGIN; ${LOOK_UP_PLANS}`);
        assertEquals(Object.values(await settings(connection, plans)), ["off", "off", "off", "force_generic_plan"]);
        await connection.execute("ROLLBACK");
        assertEquals(await settings(connection, plans), usual);
        assertNotEquals(usual["plan_cache_mode"], "force_generic_plan");
      });
    }));

  Deno.test(`${release.name}: each statement is told before it is sent`, () =>
    withSchema(release, async (address) => {
      const told: string[] = [];
      await withConnection(address, async (connection) => {
        await connection.execute("BEGIN");
        await connection.rows("SELECT 1");
        await connection.execute("COMMIT");
      }, { onStatement: (sql) => told.push(sql) });
      assertEquals(told.slice(-3), ["BEGIN", "SELECT 1", "COMMIT"]);
    }));

  Deno.test(`${release.name}: what is asked of a closed connection fails, and it may be closed twice`, () =>
    connected(async (connection) => {
      await connection.close();
      const error = await connection.rows("SELECT 1").then(() => null, (error) => error);
      assertInstanceOf(error, Error);
      await connection.close();
    }));
}

const SETTINGS = [
  "lock_timeout",
  "statement_timeout",
  "idle_in_transaction_session_timeout",
  "idle_session_timeout",
  "transaction_timeout",
  "search_path",
  "TimeZone",
  "client_encoding",
  "client_connection_check_interval",
  "jit",
];

function slowDatabase(database: string, { name }: PostgresRelease): string {
  const old = ["statement_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout"];
  const names = name === "PostgreSQL 18" ? [...old, "transaction_timeout"] : old;
  return names.map((setting) => `ALTER DATABASE ${database} SET ${setting} = '77s'`).join("; ");
}

async function settings(
  connection: PostgresConnection,
  names: readonly string[],
): Promise<Record<string, PostgresValue>> {
  const rows = await connection.rows("SELECT current_setting(name, true) FROM unnest($1::text[]) AS name", [names]);
  return Object.fromEntries(names.map((name, index) => [name, rows[index]?.[0] ?? null]));
}
