import { assert, assertEquals, assertRejects } from "@std/assert";
import { RunStop } from "../../lib/errors.ts";
import { addressProblem } from "../../lib/messages/server_address.ts";
import { readAddress } from "../../lib/server_address/read_address.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

type Variables = Readonly<Record<string, string>>;

async function passwordFor(text: string, env: Variables): Promise<string | null> {
  const address = await readAddress(text, { env: (name) => env[name] });
  assert(address.ok, JSON.stringify(address));
  return await address.value.password();
}

const LINES = `# db.example:5432:assets:anna:of a comment
db.example:5432:assets:anna:first
db.example:*:*:bert:with \\: and \\\\ and : within
*:6432:assets:*:of a port
/run/postgresql:5432:assets:anna:of the socket
localhost:5432:*:anna:of this machine

broken line
*:*:*:*:last
`;

Deno.test("a password comes from the first line of the password file that fits", () =>
  withTemporaryFolder(async ({ folder, write }) => {
    const file = write(".pgpass", LINES);
    Deno.chmodSync(file, 0o600);
    const cases: readonly (readonly [string, string])[] = [
      ["postgres://anna@db.example/assets", "first"],
      ["postgres://bert@db.example:1/other", "with : and \\ and : within"],
      ["postgres://anna@db.example:6432/assets", "of a port"],
      ["postgres://anna@/assets?host=/run/postgresql", "of the socket"],
      ["postgres://anna@/stock?host=/run/postgresql", "of this machine"],
      ["postgres://anna@localhost/stock", "of this machine"],
      ["postgres://carl@elsewhere/stock", "last"],
    ];
    for (const [address, expected] of cases) {
      assertEquals(await passwordFor(address, { HOME: folder }), expected, address);
      assertEquals(await passwordFor(address, { PGPASSFILE: file }), expected, address);
      assertEquals(await passwordFor(`${address}${address.includes("?") ? "&" : "?"}passfile=${file}`, {}), expected);
    }
    assertEquals(
      await passwordFor("postgres://anna@db.example/assets", { HOME: folder, PGPASSWORD: "of mine" }),
      "of mine",
    );
    assertEquals(await passwordFor("postgres://anna@db.example/assets", { HOME: `${folder}/none` }), null);
    assertEquals(await passwordFor("postgres://anna@db.example/assets", {}), null);
  }));

Deno.test({
  name: "a password file that others may read is refused with 78, and so is one that is named and missing",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withTemporaryFolder(async ({ folder, write, path }) => {
      const file = write(".pgpass", "*:*:*:*:secret\n");
      for (const mode of [0o644, 0o640, 0o602, 0o610]) {
        Deno.chmodSync(file, mode);
        const stop = await assertRejects(() => passwordFor("postgres://anna@h/d", { HOME: folder }), RunStop);
        assertEquals([stop.exitCode, stop.message], [
          78,
          `Address of the server: password file '${file}' may be read by others (mode 0${mode.toString(8)})`,
        ]);
      }
      const none = path("none");
      const stop = await assertRejects(() => passwordFor("postgres://anna@h/d", { PGPASSFILE: none }), RunStop);
      assertEquals(stop.message, `Address of the server: password file '${none}' could not be found`);
    }),
});

const SERVICES = `# Ours
[other]
host=elsewhere
[assets]
host = db.example
port=6432
# the database
dbname=assets
user=anna
application_name=psql

[broken]
host
options=-c role=boss
`;

Deno.test("a service says what the address leaves open, before the environment does", () =>
  withTemporaryFolder(async ({ folder, write }) => {
    const file = write(".pg_service.conf", SERVICES);
    const told = async (text: string, env: Variables) => {
      const address = await readAddress(text, { env: (name) => env[name] });
      return address.ok ? address.value.name : address.problems;
    };
    for (const where of [{ HOME: folder }, { PGSERVICEFILE: file }]) {
      const env = { ...where, PGPORT: "1", PGUSER: "bert" };
      assertEquals(await told("postgres://?service=assets", env), "postgres://anna@db.example:6432/assets");
      assertEquals(await told("postgres://carl@/stock?service=assets", env), "postgres://carl@db.example:6432/stock");
      assertEquals(
        await told("postgres://", { ...env, PGSERVICE: "assets" }),
        "postgres://anna@db.example:6432/assets",
      );
      assertEquals(await told("postgres://?service=asset", env), [{
        kind: "service_missing",
        service: "asset",
        files: [file],
      }]);
    }
    assertEquals(await told("postgres://?service=broken", { HOME: folder }), [
      { kind: "service_line", file, line: 13 },
      { kind: "setting_unknown", found: "options", nearest: null, place: { kind: "service_file", file } },
    ]);
    assertEquals(await told("postgres://?service=x", { PGSERVICEFILE: `${file}x` }), [
      { kind: "unreadable_file", file: `${file}x`, what: "service_file", reason: null },
    ]);
    assertEquals(await told("postgres://?service=x", {}), [{ kind: "service_missing", service: "x", files: [] }]);
  }));

Deno.test({
  name: "a service file with a password is for its owner only",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withTemporaryFolder(async ({ write }) => {
      const file = write("services", "[s]\nhost=h\ndbname=d\nuser=u\npassword=of the service\n");
      const env = { PGSERVICEFILE: file, PGPASSWORD: "of the environment" };
      Deno.chmodSync(file, 0o600);
      assertEquals(await passwordFor("postgres://?service=s", env), "of the service");
      Deno.chmodSync(file, 0o640);
      const address = await readAddress("postgres://?service=s", {
        env: (name) => Object.entries(env).find(([n]) => n === name)?.[1],
      });
      assert(!address.ok);
      assertEquals(address.problems.map(addressProblem), [{
        text: `Address of the server: service file '${file}' may be read by others (mode 0640)`,
        hint: `It has a password: put that into ~/.pgpass, or let only its owner read it: chmod 600 ${file}.`,
      }]);
    }),
});
