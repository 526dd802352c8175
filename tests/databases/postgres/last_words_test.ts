/** A server that goes down at a COMMIT, as without room for its log of writes (PANIC), and tells why: whether it was done is looked up. */
import { assertEquals, assertRejects } from "@std/assert";
import { createDatabase } from "../../../lib/databases/postgres/create_database.ts";
import { openPostgresStore } from "../../../lib/databases/postgres/open_postgres.ts";
import { RunStop } from "../../../lib/errors.ts";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import type { Store } from "../../../lib/store/store.ts";
import { type NetworkBetween, networkTo } from "../../helpers/network_between.ts";
import { administer, withConnection, withSchema } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";
import { SMALL_MODEL } from "../../store/small_model.ts";
import { NOW, World } from "../../store/suite.ts";

const WORDS = 'could not write to file "pg_wal/xlogtemp.1": No space left on device';

/** As of a server that speaks German: only what `pg` leaves out (V) is the same in every language. */
const PANIC = errorMessage({ S: "PANIK", V: "PANIC", C: "53100", M: WORDS });

/** https://www.postgresql.org/docs/current/protocol-message-formats.html#PROTOCOL-MESSAGE-FORMATS-ERRORRESPONSE */
function errorMessage(fields: Readonly<Record<string, string>>): Uint8Array {
  const text = Object.entries(fields).map(([name, value]) => `${name}${value}\0`).join("") + "\0";
  const body = new TextEncoder().encode(text);
  const message = new Uint8Array(body.length + 5);
  message[0] = "E".charCodeAt(0);
  new DataView(message.buffer).setUint32(1, body.length + 4);
  message.set(body, 5);
  return message;
}

/** The server is gone before it has committed. */
const ENDS_AT_COMMIT = `CREATE FUNCTION go_down() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(60); RETURN NULL; END';
  CREATE CONSTRAINT TRIGGER go_down AFTER INSERT ON csvrecon_commit DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION go_down()`;

interface Broken {
  readonly address: PostgresAddress;
  readonly store: Store;
}

/** A store whose next COMMIT is answered by the server's last words. */
function withLastWords(release: PostgresRelease, use: (broken: Broken) => Promise<void>): Promise<void> {
  return withSchema(release, async (address, server) => {
    const network: NetworkBetween = networkTo(server.port);
    await administer(server, [`GRANT CREATE ON DATABASE ${address.database} TO loader`]);
    const far = server.address({ host: "127.0.0.1", port: network.port, user: "loader", schema: address.schema });
    await createDatabase(far, { model: SMALL_MODEL, modelText: "{}", now: NOW }, () => {});
    const onStatement = (sql: string) => sql === "COMMIT" ? network.replaceAnswer(PANIC) : undefined;
    const store = await openPostgresStore(far, { busyTimeoutSeconds: 2, onStatement });
    try {
      await use({ address, store });
    } finally {
      await store.close();
      await network.close();
    }
  });
}

function add(store: Store, name: string): Promise<void> {
  return new World({ store }, SMALL_MODEL).run((run) => {
    run.add("Organization", { name });
    return Promise.resolve();
  });
}

async function stored(address: PostgresAddress): Promise<unknown> {
  return await withConnection(address, (connection) => connection.rows("SELECT name FROM organization"));
}

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: a COMMIT that was done is done, though the server's last words are of a full disk`, () =>
    withLastWords(release, async ({ address, store }) => {
      await add(store, "A");
      assertEquals(await stored(address), [["A"]]);
    }));

  Deno.test(`${release.name}: a COMMIT that was not done is told with the server's last words, and nothing is written`, () =>
    withLastWords(release, async ({ address, store }) => {
      await withConnection(address, (owner) => owner.execute(ENDS_AT_COMMIT));
      const stop = await assertRejects(() => add(store, "A"), RunStop, WORDS);
      assertEquals(stop.exitCode, 73);
      assertEquals(await stored(address), []);
    }));
}
