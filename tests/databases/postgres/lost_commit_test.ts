/** A COMMIT whose answer is lost: whether it was done is found out, and said. */
import { assertEquals, assertRejects } from "@std/assert";
import { connect, ConnectionLost, type PostgresConnection } from "../../../lib/databases/postgres/connection.ts";
import { connectStop } from "../../../lib/databases/postgres/connection_stops.ts";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import { PostgresDatabase } from "../../../lib/databases/postgres/postgres_database.ts";
import { refusalOf } from "../../../lib/databases/postgres/postgres_error.ts";
import { PostgresStore } from "../../../lib/databases/postgres/postgres_store.ts";
import { EXIT, RunStop } from "../../../lib/errors.ts";
import { Interruption } from "../../../lib/interruption.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import type { Store } from "../../../lib/store/store.ts";
import { type NetworkBetween, networkTo } from "../../helpers/network_between.ts";
import { administer, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { NOW, World } from "../../store/suite.ts";

const OPTIONS = { busyTimeoutSeconds: 2 };

/** What becomes of a COMMIT: the server does it before the connection is lost, while it is looked up, or not at all. */
type Becomes = "done" | "done_later" | "nothing";

/** Milliseconds until somebody has looked for what is done later. */
const LATER = 1000;

/** A connection that is lost when something is to be committed. */
function losingCommits(connection: PostgresConnection, becomes: Becomes): PostgresConnection {
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
      const done = () => connection.execute(sql).then(() => connection.close());
      if (becomes === "done_later") setTimeout(done, LATER);
      else await (becomes === "done" ? done() : connection.close());
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
  becomes: Becomes,
  openBeside: () => Promise<PostgresDatabase>,
  use: (store: Store) => Promise<void>,
): Promise<void> {
  await createDatabase(address, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
  const connection = losingCommits(await connect(address, OPTIONS), becomes);
  const database = new PostgresDatabase(connection, OPTIONS, () => connect(address, OPTIONS));
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

interface FarAddress {
  /** Behind the network. */
  readonly far: PostgresAddress;
  readonly address: PostgresAddress;
  readonly network: NetworkBetween;
}

function withFar<T>(release: PostgresRelease, use: (far: FarAddress) => Promise<T>): Promise<T> {
  return withSchema(release, async (address, server) => {
    const network = networkTo(server.port);
    await administer(server, [`GRANT CREATE ON DATABASE ${address.database} TO loader`]);
    const far = server.address({ host: "127.0.0.1", port: network.port, user: "loader", schema: address.schema });
    try {
      return await use({ far, address, network });
    } finally {
      await network.close();
    }
  });
}

/** What is done arrives, and nobody hears of it. */
function loseAnswer(network: NetworkBetween): void {
  network.loseAnswers();
  setTimeout(() => network.cut(), 300);
}

/** Makes a database over a network that something happens to at the COMMIT. @returns how that ended, and whether it is there */
function makeOver(
  release: PostgresRelease,
  happens: (network: NetworkBetween) => void,
  interruption?: AbortSignal,
): Promise<readonly [ended: unknown, isThere: boolean]> {
  return withFar(release, async ({ far, address, network }) => {
    const onStatement = (sql: string) => sql === "COMMIT" ? happens(network) : undefined;
    const options = { model: SMALL_MODEL, modelText: "{}", now: NOW, onStatement, interruption };
    const ended = await createDatabase(far, options, () => {}).then(() => null, (error) => error);
    const isThere = await openPostgresStore({ ...address }, OPTIONS).then((store) => store.close()).then(
      () => true,
      () => false,
    );
    return [ended, isThere];
  });
}

const INTERRUPTION = new Interruption("SIGTERM", EXIT.terminated, [{ text: "#Interrupted" }]);

/** What may keep somebody from looking, and says nothing of what was committed. */
const FAILURES: readonly (readonly [what: string, failure: (address: PostgresAddress) => unknown])[] = [
  ["an interruption", () => INTERRUPTION],
  ["a host that is not known", (address) => connectStop(address, { kind: "host_unknown" })],
  ["a refused login", (address) => connectStop(address, { kind: "login_refused", words: "no", lacksTls: null })],
  ["a database that is not there", (address) => connectStop(address, { kind: "database_missing" })],
  ["a certificate", (address) => connectStop(address, { kind: "certificate", words: "no" })],
  ["a refusal", () => refusalOf(Object.assign(new Error("no such table"), { severity: "ERROR", code: "42P01" }))],
  ["a bug", () => new TypeError("a bug")],
];

/** Makes a session see all the time what was there when its transaction began. */
async function openRepeatable(address: PostgresAddress): Promise<PostgresDatabase> {
  const database = await open(address);
  await database.execute("SET default_transaction_isolation = 'repeatable read'");
  return database;
}

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: a new database whose COMMIT was done is made, though the answer was lost`, async () => {
    assertEquals(await makeOver(release, loseAnswer), [null, true]);
  });

  Deno.test(`${release.name}: a new database whose COMMIT was done is made, though a signal came while it was looked up`, async () => {
    const controller = new AbortController();
    const happens = (network: NetworkBetween) => {
      loseAnswer(network);
      setTimeout(() => controller.abort(INTERRUPTION), 200);
    };
    assertEquals(await makeOver(release, happens, controller.signal), [null, true]);
  });

  Deno.test(`${release.name}: a run whose COMMIT was done is done, though a signal came while it was looked up`, () =>
    withFar(release, async ({ far, network }) => {
      await createDatabase(far, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
      const controller = new AbortController();
      const onStatement = (sql: string) => {
        if (sql !== "COMMIT") return;
        loseAnswer(network);
        setTimeout(() => controller.abort(INTERRUPTION), 200);
      };
      const store = await openPostgresStore(far, { ...OPTIONS, interruption: controller.signal, onStatement });
      await add(store, "A");
      await assertRejects(() => names(store), Interruption);
      await store.close();
      await assertNames(far, ["A"]);
    }));

  Deno.test(`${release.name}: a COMMIT that is done while it is looked up is found, whatever transactions see there`, () =>
    withSchema(release, (address) =>
      withLosing(address, "done_later", () => openRepeatable(address), async (store) => {
        const other = await openPostgresStore(address, OPTIONS);
        const world = new World({ store: other }, SMALL_MODEL);
        const id = await world.run((run) => Promise.resolve(run.add("Organization", { name: "A" })));
        await other.close();
        // No new object: what every writer locks stays as it is.
        await new World({ store }, SMALL_MODEL).run((run) => {
          run.update("Organization", id, { name: ["A", "B"] });
          return Promise.resolve();
        });
        assertEquals(await names(store), ["B"]);
      })));

  for (const [what, failure] of FAILURES) {
    Deno.test(`${release.name}: where ${what} keeps somebody from looking, it is said that nobody knows`, () =>
      withSchema(
        release,
        (address) =>
          withLosing(address, "done", () => Promise.reject(failure(address)), async (store) => {
            const stop = await assertRejects(() => add(store, "A"), RunStop, "Nobody knows whether the run was kept");
            assertEquals([stop.exitCode, String(stop.cause)], [75, String(failure(address))]);
            await assertNames(address, ["A"]);
          }),
      ));
  }

  Deno.test(`${release.name}: a new database whose COMMIT never arrived is told as a lost connection, and is not there`, async () => {
    const [ended, isThere] = await makeOver(release, (network) => network.cut());
    assertEquals([ended instanceof ConnectionLost, isThere], [true, false]);
  });

  Deno.test(`${release.name}: a COMMIT that was done is done, though its answer was lost, and the store goes on`, () =>
    withSchema(release, (address) =>
      withLosing(address, "done", () => open(address), async (store) => {
        await add(store, "A");
        assertEquals(await names(store), ["A"]);
        await add(store, "B");
        await assertNames(address, ["A", "B"]);
      })));

  Deno.test(`${release.name}: a COMMIT that never arrived is told as a lost connection, and nothing is written`, () =>
    withSchema(release, (address) =>
      withLosing(address, "nothing", () => open(address), async (store) => {
        await assertRejects(() => add(store, "A"), ConnectionLost);
        await assertNames(address, []);
      })));

  Deno.test(`${release.name}: where nobody who is asked answers, it is said in time that nobody knows`, async () => {
    const silent = (address: PostgresAddress, openBeside: () => Promise<PostgresDatabase>) =>
      withLosing(address, "done", openBeside, async (store) => {
        const begin = performance.now();
        const stop = await assertRejects(() => add(store, "A"), RunStop, "Nobody knows whether the run was kept");
        assertEquals([stop.exitCode, performance.now() - begin < 9500], [75, true]);
        await assertNames(address, ["A"]);
      });
    await Promise.all([
      withSchema(release, (address) => silent(address, () => new Promise(() => {}))),
      // It takes connections, and says nothing more: each takes as long as a connection may.
      withFar(release, ({ far, address, network }) => {
        network.stallAfterLogin();
        return silent(address, () => open(far));
      }),
    ]);
  });

  Deno.test(`${release.name}: where nobody can be asked any more, it is said that nobody knows`, () =>
    withSchema(release, (address) => {
      const gone = () => Promise.reject(new ConnectionLost(address, "gone"));
      return withLosing(address, "done", gone, async (store) => {
        const begin = performance.now();
        const stop = await assertRejects(() => add(store, "A"), RunStop, "Nobody knows whether the run was kept");
        assertEquals([stop.exitCode, performance.now() - begin < 10_000], [75, true]);
        await assertNames(address, ["A"]);
      });
    }));
}
