/** Making a database at a server: a schema with all of it, or nothing. */
import { assertEquals, assertRejects } from "@std/assert";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import { RunStop } from "../../../lib/errors.ts";
import type { Model } from "../../../lib/model/model.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import type { ObjectStore } from "../../../lib/store/objects.ts";
import { administer, withConnection, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { modelClass, modelOf, SMALL_MODEL } from "../../store/small_model.ts";
import { NOW } from "../../store/suite.ts";

const NO_OBJECTS = () => {};

function make(
  address: PostgresAddress,
  model: Model = SMALL_MODEL,
  fill: (objects: ObjectStore) => void = NO_OBJECTS,
): Promise<void> {
  return createDatabase(address, { model, modelText: "{}", now: NOW }, fill);
}

async function exitCodeOf(work: Promise<unknown>): Promise<readonly [number, string]> {
  const stop = await assertRejects(() => work, RunStop);
  return [stop.exitCode, stop.messages.map(({ text }) => text).join("\n")];
}

/** What is in the schema; null: there is none. */
async function relationsIn(address: PostgresAddress): Promise<number | null> {
  return await withConnection(address, async (connection) => {
    const sql = "SELECT (SELECT count(*) FROM pg_class AS c WHERE c.relnamespace = n.oid) FROM pg_namespace AS n " +
      "WHERE nspname = $1";
    const [row] = await connection.rows(sql, [address.schema]);
    return row === undefined ? null : Number(row[0]);
  });
}

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: a database is made once, and the second one that makes it is told so`, () =>
    withSchema(release, async (address) => {
      await make(address);
      const [exitCode, text] = await exitCodeOf(make(address));
      assertEquals([exitCode, text.includes("exists already")], [73, true]);
    }));

  Deno.test(`${release.name}: of two that make the same database at a time one does`, () =>
    withSchema(release, async (address) => {
      const made = await Promise.allSettled([make(address), make(address)]);
      assertEquals(made.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
      const [lost] = made.filter((one) => one.status === "rejected");
      assertEquals(lost?.reason instanceof RunStop ? lost.reason.exitCode : lost?.reason, 73);
    }));

  Deno.test(`${release.name}: a schema that is empty will do, and one of somebody else is left alone`, () =>
    withSchema(release, async (address, server) => {
      await administer(server, [`CREATE SCHEMA ${address.schema}`, `CREATE TABLE ${address.schema}.theirs (n int)`]);
      assertEquals((await exitCodeOf(make(address)))[0], 73);
      assertEquals(await relationsIn(address), 1);
      await administer(server, [`DROP TABLE ${address.schema}.theirs`]);
      await make(address);
      await (await openPostgresStore(address, { busyTimeoutSeconds: 1 })).close();
    }));

  Deno.test(`${release.name}: nothing is left of a database whose first objects are refused, or never come`, () =>
    withSchema(release, async (address) => {
      await assertRejects(
        () =>
          make(address, SMALL_MODEL, () => {
            throw new RangeError("mine");
          }),
        RangeError,
      );
      const brand = { class: "Brand", attributes: ["name"], values: [""] };
      const fill = (objects: ObjectStore) => objects.create({ ...brand, id: objects.newId("Brand") });
      await assertRejects(() => make(address, SMALL_MODEL, fill), Error, "a new database refuses Brand");
      assertEquals(await relationsIn(address), null);
    }));

  Deno.test(`${release.name}: names that the server would cut or take for its own are refused, all at once`, () =>
    withSchema(release, async (address) => {
      const long = "C".repeat(64);
      const [exitCode, text] = await exitCodeOf(make(address, modelOf([modelClass(long, { attributes: [] })])));
      assertEquals([exitCode, text.split("\n").length], [78, 2], "the table and the view");
      const own = modelOf([modelClass("pg_class", { attributes: [] })]);
      assertEquals((await exitCodeOf(make(address, own)))[0], 78);
      assertEquals(await relationsIn(address), null);
    }));

  Deno.test(`${release.name}: a database that cannot keep every text is refused`, () =>
    withSchema(release, async (address, server) => {
      const database = `${address.schema}_ascii`;
      await administer(server, [
        `CREATE DATABASE ${database} TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'`,
      ]);
      try {
        const [exitCode, text] = await exitCodeOf(make({ ...address, database }));
        assertEquals([exitCode, text.includes("SQL_ASCII")], [78, true]);
      } finally {
        await administer(server, [`DROP DATABASE ${database} WITH (FORCE)`]);
      }
    }));

  Deno.test(`${release.name}: where there is no database of ours it is said so`, () =>
    withSchema(release, async (address) => {
      assertEquals((await exitCodeOf(openPostgresStore(address, { busyTimeoutSeconds: 1 })))[0], 78);
    }));
}
