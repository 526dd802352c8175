import { assert, assertEquals } from "@std/assert";
import { addressProblem } from "../../lib/messages/server_address.ts";
import type { AddressProblem } from "../../lib/server_address/address_problem.ts";
import { namesServer, type PostgresAddress } from "../../lib/server_address/postgres_address.ts";
import { type ReadAddress, readAddress } from "../../lib/server_address/read_address.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

type Variables = Readonly<Record<string, string>>;

function read(text: string, env: Variables = {}, workingFolder?: string): Promise<ReadAddress> {
  return readAddress(text, { env: (name) => env[name], workingFolder });
}

async function readGood(text: string, env: Variables = {}, workingFolder?: string): Promise<PostgresAddress> {
  const address = await read(text, env, workingFolder);
  assert(address.ok, JSON.stringify(address));
  return address.value;
}

async function problemsOf(
  text: string,
  env: Variables = {},
  workingFolder?: string,
): Promise<readonly AddressProblem[]> {
  const address = await read(text, env, workingFolder);
  assert(!address.ok);
  return address.problems;
}

type Told = Omit<PostgresAddress, "password" | "rootCertificates" | "connectTimeoutSeconds">;

const PLAIN: Told = {
  name: "postgres://anna@db.example/assets",
  host: "db.example",
  port: 5432,
  database: "assets",
  user: "anna",
  schema: "csvrecon",
  sslMode: "prefer",
};

function assertTold(
  { password: _, rootCertificates: __, connectTimeoutSeconds: ___, ...told }: PostgresAddress,
  expected: Told,
): void {
  assertEquals(told, expected);
}

Deno.test("what begins as an address names a server, and everything else a file", () => {
  assertEquals(
    ["postgres://h/d", "postgresql://", "POSTGRES://h", "postgres:h", "cmdb.db", "./postgres://h", "http://h"].map(
      namesServer,
    ),
    [true, true, true, false, false, false, false],
  );
});

Deno.test("an address has a user, a host, a port, a database and settings", async () => {
  assertTold(await readGood("postgres://anna@db.example/assets"), PLAIN);
  assertTold(await readGood("postgresql://anna@db.example:6432/assets?schema=Lager%201&sslmode=verify-full"), {
    ...PLAIN,
    name: "postgres://anna@db.example:6432/assets?schema=Lager%201",
    port: 6432,
    schema: "Lager 1",
    sslMode: "verify-full",
  });
  assertTold(await readGood("postgres://an%40na@[2001:db8::1]:6432/a%2Fb"), {
    ...PLAIN,
    name: "postgres://an%40na@[2001:db8::1]:6432/a%2Fb",
    host: "2001:db8::1",
    port: 6432,
    database: "a/b",
    user: "an@na",
  });
});

Deno.test("settings may say what stands before them, and what a socket needs only they can", async () => {
  const socket = { ...PLAIN, name: "postgres://anna@/assets?host=/run/postgresql", host: "/run/postgresql" };
  assertTold(await readGood("postgres:///assets?host=/run/postgresql&user=anna"), socket);
  assertTold(await readGood("postgres://anna@/assets?host=/run/postgresql"), socket);
  assertTold(await readGood("postgres://anna@%2Frun%2Fpostgresql/assets"), socket);
  assertTold(await readGood("postgres://?host=db.example&dbname=assets&user=anna&port=5432"), PLAIN);
});

Deno.test("what the address leaves open the environment says, and then a default", async () => {
  const env = { PGHOST: "db.example", PGPORT: "6432", PGDATABASE: "assets", PGUSER: "anna", PGSSLMODE: "require" };
  const name = "postgres://anna@db.example:6432/assets";
  assertTold(await readGood("postgres://", env), { ...PLAIN, name, port: 6432, sslMode: "require" });
  const other = await readGood("postgres://bert@other:1/stock?sslmode=disable", env);
  assertTold(other, {
    ...PLAIN,
    name: "postgres://bert@other:1/stock",
    host: "other",
    port: 1,
    database: "stock",
    user: "bert",
    sslMode: "disable",
  });
  const { host, connectTimeoutSeconds } = await readGood("postgres:///assets", { PGUSER: "anna", PGHOST: "" });
  assertEquals([host, connectTimeoutSeconds], ["localhost", 9]);
  const patient = await readGood("postgres:///assets", { PGUSER: "anna", PGCONNECT_TIMEOUT: "30" });
  assertEquals(patient.connectTimeoutSeconds, 30);
});

Deno.test("a password in an address is refused, however it is written, and no part of it is told", async () => {
  const addresses = [
    "postgres://anna:tops3cret@db.example/assets",
    "postgres://anna:tops3cret@db.example:5432/assets?schema=x",
    "postgres://anna:t@ps3cret@db.example/assets",
    "postgres://anna:tops/3cret@db.example/assets",
    "postgres://anna:tops?3cret=1@db.example/assets",
    "postgres://anna:3/tops3cret@db.example/assets",
    "postgres://:tops3cret@db.example/assets",
    "postgres://an[na:tops3cret@db.example/assets",
    "postgres://anna@db.example/assets?password=tops3cret",
    "postgres://anna@db.example/assets?schema=x&password=tops&3cret=1",
  ];
  for (const address of addresses) {
    const problems = await problemsOf(address);
    assertEquals(problems, [{ kind: "password_in_address" }], address);
  }
  for (const address of [...addresses, "postgres://anna:tops3cret", "postgres://anna:tops3cret/x"]) {
    const told = (await problemsOf(address, { PGDATABASE: "assets" })).map(addressProblem);
    assert(!/t@?ps|3cret/.test(JSON.stringify(told)), JSON.stringify(told));
  }
});

Deno.test("all that is wrong with an address is told at once", async () => {
  const place = { kind: "address" } as const;
  const cases: readonly (readonly [string, readonly AddressProblem[]])[] = [
    ["postgres://db.example", [{ kind: "user_missing" }, { kind: "database_missing" }]],
    ["postgres://anna@[::1/x", [{ kind: "address_form" }]],
    ["postgres://anna@h/%zz?schema=%ff", [{ kind: "percent_form" }, { kind: "percent_form" }]],
    ["postgres://anna@h/d?port=0&connect_timeout=1.5", [
      { kind: "port_form", place },
      { kind: "seconds_form", place },
    ]],
    ["postgres://anna@h:65536/d", [{ kind: "port_form", place }]],
    ["postgres://anna@h:1/d?port=1", [{ kind: "setting_twice", setting: "port" }]],
    ["postgres://anna@h,i:5432/d", [{ kind: "several_hosts", place }]],
    ["postgres://anna@h/d?sslmod=require&target=x", [
      { kind: "setting_unknown", found: "sslmod", nearest: "sslmode", place },
      { kind: "setting_unknown", found: "target", nearest: null, place },
    ]],
    ["postgres://anna@h/d?passwort=x", [{ kind: "setting_unknown", found: "passwort", nearest: null, place }]],
    ["postgres://anna@h/d?sslmode=verify-ful", [
      { kind: "sslmode_unknown", found: "verify-ful", nearest: "verify-full", place },
    ]],
    ["postgres://anna@h/d?schema=pg_x", [{ kind: "schema_form", found: "pg_x", why: "of_the_system" }]],
    [`postgres://anna@h/d?schema=${"é".repeat(32)}`, [
      { kind: "schema_form", found: "é".repeat(32), why: "too_long" },
    ]],
    ["postgres://anna@h/d?schema=a%00", [{ kind: "schema_form", found: "a\0", why: "nul" }]],
  ];
  for (const [address, expected] of cases) assertEquals(await problemsOf(address), expected, address);
});

Deno.test("a wrong value of the environment is told with its variable", async () => {
  const problems = await problemsOf("postgres://anna@h/d", { PGPORT: "x", PGSSLMODE: "on" });
  assertEquals(problems, [
    { kind: "port_form", place: { kind: "variable", variable: "PGPORT" } },
    { kind: "sslmode_unknown", found: "on", nearest: null, place: { kind: "variable", variable: "PGSSLMODE" } },
  ]);
  assertEquals(
    problems.map(addressProblem)[0]?.text,
    "Address of the server: the port (environment variable PGPORT) " +
      "is no whole number from 1 to 65535",
  );
});

Deno.test("certificates are those of the file, of the user's own, or of the runtime", () =>
  withTemporaryFolder(async ({ folder, write }) => {
    write("root.pem", "of the file");
    Deno.mkdirSync(`${folder}/.postgresql`);
    write(".postgresql/root.crt", "of the user");
    const told = async (settings: string, env: Variables = {}) => {
      const { sslMode, rootCertificates } = await readGood(`postgres://anna@h/d?${settings}`, env, folder);
      return [sslMode, rootCertificates];
    };
    assertEquals(await told("sslrootcert=root.pem&sslmode=verify-full"), ["verify-full", "of the file"]);
    assertEquals(await told("sslrootcert=root.pem&sslmode=require"), ["verify-ca", "of the file"]);
    assertEquals(await told("sslmode=verify-ca", { HOME: folder }), ["verify-ca", "of the user"]);
    assertEquals(await told("sslmode=disable", { HOME: folder }), ["disable", null]);
    assertEquals(await told("sslrootcert=system", { HOME: folder }), ["verify-full", null]);
    assertEquals(await told("sslmode=require", { HOME: `${folder}/none` }), ["require", null]);
    assertEquals(await problemsOf("postgres://anna@h/d?sslrootcert=none.pem", {}, folder), [
      { kind: "unreadable_file", file: "none.pem", what: "root_certificate", reason: null },
    ]);
  }));
