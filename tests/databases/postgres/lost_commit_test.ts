/** A COMMIT whose answer is lost: whether it was done is found out, and said. */
import { assertEquals, assertRejects } from "@std/assert";
import { connect, ConnectionLost, type PostgresConnection } from "../../../lib/databases/postgres/connection.ts";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import { PostgresDatabase } from "../../../lib/databases/postgres/postgres_database.ts";
import { PostgresStore } from "../../../lib/databases/postgres/postgres_store.ts";
import { RunStop } from "../../../lib/errors.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import type { Store } from "../../../lib/store/store.ts";
import { type NetworkBetween, networkTo } from "../../helpers/network_between.ts";
import { administer, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { NOW, World } from "../../store/suite.ts";

const OPTIONS = { busyTimeoutSeconds: 2 };

/** A connection that is lost when something is to be committed. @param isDone whether the server does it first */
function losingCommits(connection: PostgresConnection, isDone: boolean): PostgresConnection {
  return {
    rows: (sql, values) => connection.rows(sql, values),
    run: (sql, values) => connection.run(sql, values),
    isOther: connection.isOther,
    roundTrip: connection.roundTrip,
    version: connection.version,
    processId: connection.processId,
    address: connection.address,
    cancel: () => connection.cancel(),
    close: () => connection.close(),
    async execute(sql) {
      if (sql !== "COMMIT") return await connection.execute(sql);
      if (isDone) await connection.execute(sql);
      await connection.close();
      throw new ConnectionLost(connection.address, "cut");
    },
  };
}

async function open(address: PostgresAddress): Promise<PostgresDatabase> {
  const database = new PostgresDatabase(await connect(address, OPTIONS), OPTIONS);
  await database.begin();
  return database;
}

async function names(store: Store): Promise<unknown[]> {
  const plan = { class: "Organization", conditions: [], read: ["name"], includeHidden: true };
  return (await store.objects(SMALL_MODEL).search(plan).all([])).map(({ values }) => values?.[0]);
}

function add(store: Store, name: string): Promise<void> {
  return new World({ store }, SMALL_MODEL).run((run) => {
    run.add("Organization", { name });
    return Promise.resolve();
  });
}

async function withLosing(
  address: PostgresAddress,
  isDone: boolean,
  openBeside: () => Promise<PostgresDatabase>,
  use: (store: Store) => Promise<void>,
): Promise<void> {
  await createDatabase(address, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
  const connection = losingCommits(await connect(address, OPTIONS), isDone);
  const database = new PostgresDatabase(connection, OPTIONS);
  await database.begin();
  const store = new PostgresStore(database, openBeside, "/tmp");
  try {
    await use(store);
  } finally {
    await store.close();
  }
}

async function assertNames(address: PostgresAddress, expected: readonly string[]): Promise<void> {
  const store = await openPostgresStore(address, OPTIONS);
  try {
    assertEquals(await names(store), [...expected]);
  } finally {
    await store.close();
  }
}

/** Makes a database over a network that something happens to at the COMMIT. @returns how that ended, and whether it is there */
function makeOver(
  release: PostgresRelease,
  happens: (network: NetworkBetween) => void,
): Promise<readonly [ended: unknown, isThere: boolean]> {
  return withSchema(release, async (address, server) => {
    const network = networkTo(server.port);
    await administer(server, [`GRANT CREATE ON DATABASE ${address.database} TO loader`]);
    const far = server.address({ host: "127.0.0.1", port: network.port, user: "loader", schema: address.schema });
    const onStatement = (sql: string) => sql === "COMMIT" ? happens(network) : undefined;
    try {
      const options = { model: SMALL_MODEL, modelText: "{}", now: NOW, onStatement };
      const ended = await createDatabase(far, options, () => {}).then(() => null, (error) => error);
      const isThere = await openPostgresStore({ ...address }, OPTIONS).then((store) => store.close()).then(
        () => true,
        () => false,
      );
      return [ended, isThere];
    } finally {
      network.close();
    }
  });
}

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: a new database whose COMMIT was done is made, though the answer was lost`, async () => {
    const [ended, isThere] = await makeOver(release, (network) => {
      network.loseAnswers();
      setTimeout(() => network.cut(), 300);
    });
    assertEquals([ended, isThere], [null, true]);
  });

  Deno.test(`${release.name}: a new database whose COMMIT never arrived is told as a lost connection, and is not there`, async () => {
    const [ended, isThere] = await makeOver(release, (network) => network.cut());
    assertEquals([ended instanceof ConnectionLost, isThere], [true, false]);
  });

  Deno.test(`${release.name}: a COMMIT that was done is done, though its answer was lost, and the store goes on`, () =>
    withSchema(release, (address) =>
      withLosing(address, true, () => open(address), async (store) => {
        await add(store, "A");
        assertEquals(await names(store), ["A"]);
        await add(store, "B");
        await assertNames(address, ["A", "B"]);
      })));

  Deno.test(`${release.name}: a COMMIT that never arrived is told as a lost connection, and nothing is written`, () =>
    withSchema(release, (address) =>
      withLosing(address, false, () => open(address), async (store) => {
        await assertRejects(() => add(store, "A"), ConnectionLost);
        await assertNames(address, []);
      })));

  Deno.test(`${release.name}: where nobody can be asked any more, it is said that nobody knows`, () =>
    withSchema(release, (address) => {
      const gone = () => Promise.reject(new ConnectionLost(address, "gone"));
      return withLosing(address, true, gone, async (store) => {
        const begin = performance.now();
        const stop = await assertRejects(() => add(store, "A"), RunStop, "Nobody knows whether the run was kept");
        assertEquals([stop.exitCode, performance.now() - begin < 10_000], [75, true]);
        await assertNames(address, ["A"]);
      });
    }));
}
