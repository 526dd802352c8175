/** Who is let in, with which password, and what stands on the line between. */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { lackingTls, tlsAttempts } from "../../../lib/databases/postgres/tls_attempts.ts";
import { RunStop } from "../../../lib/errors.ts";
import { namesServer, type PostgresAddress, type SslMode } from "../../../lib/server_address/postgres_address.ts";
import { readAddress } from "../../../lib/server_address/read_address.ts";
import { sharedServer, withConnection } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { type AddressParts, type PostgresServer, ROLE_PASSWORD } from "../../helpers/postgres_server.ts";
import { withTemporaryFolder } from "../../helpers/temporary_folder.ts";

/** Deno 2.4 has none that works. */
const HAS_TLS = Number(Deno.version.deno.split(".")[1]) >= 5 || !Deno.version.deno.startsWith("2.");

/** Whether the connection of an address is encrypted; else the code and the text in brackets with which nobody is let in. */
async function entry(server: PostgresServer, parts: AddressParts): Promise<boolean | readonly [number, string]> {
  try {
    return await withConnection(server.address(parts), async (connection) => {
      const [row] = await connection.rows("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
      return row?.[0] === true;
    });
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    return [error.exitCode, /\((.*)\)$/.exec(error.message)?.[1] ?? error.message];
  }
}

function overTcp(server: PostgresServer, sslMode: SslMode, parts: AddressParts = {}): AddressParts {
  return { host: "127.0.0.1", port: server.port, user: "loader", sslMode, ...parts };
}

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: a password is asked for, over TCP and the socket alike, and a wrong one is refused`, async () => {
    const server = await sharedServer(release);
    const wrong = () => Promise.resolve("another");
    const none = () => Promise.resolve(null);
    for (const place of [{ user: "loader" }, overTcp(server, "disable")]) {
      assertEquals(await entry(server, place), false);
      assertEquals(await entry(server, { ...place, password: wrong }), [
        78,
        'password authentication failed for user "loader"',
      ]);
      assertEquals(await entry(server, { ...place, password: none }), [
        78,
        "the server wants a password of user 'loader', and none is known",
      ]);
    }
    assertEquals(await entry(server, { user: "nobody", password: wrong }), [
      78,
      'password authentication failed for user "nobody"',
    ]);
    assertEquals(await entry(server, { database: "none" }), [78, "it has no database 'none'"]);
  });

  Deno.test({
    name:
      `${release.name}: a wrong password is tried once, with TLS or without it, so that nobody is locked out twice as fast`,
    ignore: !HAS_TLS,
    async fn() {
      const server = await sharedServer(release);
      const failures = () =>
        Deno.readTextFileSync(`${server.folder}/log`).split("password authentication failed").length - 1;
      for (const sslMode of ["allow", "prefer"] as const) {
        const before = failures();
        const found = await entry(server, overTcp(server, sslMode, { password: () => Promise.resolve("another") }));
        assertEquals(found, [78, 'password authentication failed for user "loader"']);
        assertEquals(failures() - before, 1);
      }
    },
  });

  Deno.test(`${release.name}: an address as it is typed leads there, with the password of the password file`, () =>
    withTemporaryFolder(async ({ folder, write }) => {
      const server = await sharedServer(release);
      const file = write(".pgpass", `127.0.0.1:${server.port}:postgres:loader:${ROLE_PASSWORD}\n`);
      Deno.chmodSync(file, 0o600);
      const db = `postgres://loader@127.0.0.1:${server.port}/postgres?sslmode=disable`;
      assertEquals(namesServer(db), true);
      const env: Readonly<Record<string, string>> = { HOME: folder };
      const address = await readAddress(db, { env: (name) => env[name] });
      if (!address.ok) throw new Error(JSON.stringify(address));
      await withConnection(address.value, async (connection) => {
        assertEquals(await connection.rows("SELECT current_user"), [["loader"]]);
      });
      Deno.chmodSync(file, 0o644);
      const stop = await assertRejects(() => withConnection(address.value, () => Promise.resolve()), RunStop);
      assertEquals([stop.exitCode, stop.message], [
        78,
        `Address of the server: password file '${file}' may be read by others (mode 0644)`,
      ]);
    }));

  Deno.test({
    name: `${release.name}: each sslmode means what it means to libpq`,
    ignore: !HAS_TLS,
    async fn() {
      const server = await sharedServer(release);
      const root = Deno.readTextFileSync(server.certificates.root);
      const other = Deno.readTextFileSync(server.certificates.otherRoot);
      const rejected = "pg_hba.conf rejects connection";
      const cases: readonly (readonly [AddressParts, boolean | string])[] = [
        [overTcp(server, "disable"), false],
        [overTcp(server, "allow"), false],
        [overTcp(server, "prefer"), true],
        [overTcp(server, "require"), true],
        [overTcp(server, "require", { rootCertificates: other }), true],
        // Who must come with TLS, and who must come without it.
        [overTcp(server, "disable", { user: "encrypted" }), rejected],
        [overTcp(server, "allow", { user: "encrypted" }), true],
        [overTcp(server, "prefer", { user: "plain" }), false],
        [overTcp(server, "require", { user: "plain" }), rejected],
        // Whose certificates are trusted, and for which host.
        [overTcp(server, "verify-ca", { rootCertificates: root }), true],
        [overTcp(server, "verify-full", { rootCertificates: root }), true],
        [overTcp(server, "verify-full", { rootCertificates: root, host: "localhost" }), true],
        [overTcp(server, "verify-ca", { rootCertificates: root, host: "127.0.0.2" }), true],
        [overTcp(server, "verify-full", { rootCertificates: root, host: "127.0.0.2" }), "certificate"],
        [overTcp(server, "verify-ca", { rootCertificates: other }), "certificate"],
        [overTcp(server, "verify-full", { rootCertificates: other }), "certificate"],
        [overTcp(server, "verify-full"), "certificate"],
      ];
      for (const [parts, expected] of cases) {
        const found = await entry(server, parts);
        const told = JSON.stringify([parts.sslMode, parts.user, parts.host, found]);
        if (typeof expected === "boolean") assertEquals(found, expected, told);
        else if (typeof found === "boolean") throw new Error(told);
        else assertEquals([found[0], found[1].includes(expected)], [78, true], told);
      }
    },
  });
}

const SOMEWHERE: PostgresAddress = {
  name: "postgres://anna@db.example/assets",
  host: "db.example",
  port: 5432,
  database: "assets",
  user: "anna",
  schema: "csvrecon",
  sslMode: "disable",
  rootCertificates: null,
  connectTimeoutSeconds: 9,
  password: () => Promise.resolve(null),
};

Deno.test("a runtime whose TLS hangs refuses it at once, and says which has it", () => {
  const attempts = (sslMode: SslMode) => tlsAttempts({ ...SOMEWHERE, sslMode }, "2.4.2");
  assertEquals([attempts("disable"), attempts("allow"), attempts("prefer")], [[false], [false], [false]]);
  for (const mode of ["require", "verify-ca", "verify-full"] as const) {
    const stop = assertThrows(() => attempts(mode), RunStop);
    assertEquals([stop.exitCode, stop.message], [
      78,
      "Server could not be connected with: 'postgres://anna@db.example/assets' " +
      "(TLS needs a csvrecon that was compiled with Deno 2.5 or newer, this is 2.4.2)",
    ]);
  }
  // Whoever is refused then is told so.
  assertEquals(lackingTls({ ...SOMEWHERE, sslMode: "prefer" }, "2.4.2"), { runtime: "2.4.2", needed: "2.5" });
  assertEquals([lackingTls(SOMEWHERE, "2.4.2"), lackingTls({ ...SOMEWHERE, sslMode: "prefer" }, "2.5.0")], [
    null,
    null,
  ]);
  for (const runtime of ["2.5.0", "2.10.1", "3.0.0"]) {
    assertEquals(tlsAttempts({ ...SOMEWHERE, sslMode: "require" }, runtime), [{ rejectUnauthorized: false }]);
  }
  assertEquals(tlsAttempts({ ...SOMEWHERE, sslMode: "verify-full", host: "/run/postgresql" }, "2.4.2"), [false]);
});
