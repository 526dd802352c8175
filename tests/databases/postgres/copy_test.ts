/** A whole database to a server and back: everything is the same there, and goes on as it would have here. */
import { assert, assertEquals } from "@std/assert";
import { serverName, storedAtServer, storedInFile, toldBy } from "../../helpers/both_databases.ts";
import { type Loading, preparedWorld, withModel } from "../../helpers/loading.ts";
import { withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { assertExit, describeRun, type ProgramRun } from "../../helpers/scratch.ts";

const LONG_AGO = new Date("2020-01-01T08:00:00Z");
const LATER = new Date("2024-03-02T08:00:00Z");

const AS_ADMIN = { env: { CSVRECON_AUTH_PWD: "admin" } };
const ORGANIZATION = "My Company/Department";

/** More than come at a time. */
const BRANDS = Array.from({ length: 1200 }, (_, index) => `Brand ${index}`);

/** A world in which something of everything has happened. */
const withPast = preparedWorld(async (loading) => {
  const { scratch, database } = loading;
  const command = async (args: readonly string[], exitCode: number) =>
    assertExit(await scratch.run([...args, `--db=${database}`, "--auth_user=admin"], AS_ADMIN), exitCode);
  const load = async (modelClass: string, csv: string, expected: string, params: Record<string, string> = {}) => {
    const { rows } = await loading.load(modelClass, csv, { reconciliationkeys: "name", ...params });
    assertEquals(rows.map((row) => row.split(" ")[0]).join(" "), expected);
  };
  assertExit(await loading.print("Brand", "name\nLong ago\n", { reconciliationkeys: "name" }, { now: LONG_AGO }), 0);
  await command(["history", "--prune=1", "--before=2021-01-01"], 0);
  assertExit(await loading.print("Brand", `name\n${BRANDS.join("\n")}\n`, { reconciliationkeys: "name" }), 0);
  const people = (...rows: string[]) => `name,first_name,org_id->name,email\n${rows.join("\n")}\n`;
  const feed = { source: "HR", gone: "report" };
  const zoe = `Åström,Zoë,${ORGANIZATION},zoe@example.com`;
  await load("Person", people(zoe, `B,Bo,${ORGANIZATION},`), "created created", feed);
  await load("Person", people(zoe.replace("Zoë", "Zoe")), "updated gone:", feed);
  // Whoever comes first has a manager who came later.
  await load("Person", `name,manager_id->name\nÅström,B\n`, "updated");
  await load("Brand", "name\nOops\nToo late\n", "created created", { comment: "a mistake" });
  await command(["undo", `--change=${loading.query("SELECT max(id) FROM change")[0]}`], 0);
  const wrong = { auth_user: "mallory", auth_pwd: "guessed" };
  assertExit(await loading.print("Brand", "name\n", { reconciliationkeys: "name", ...wrong }), 77);
});

function copy(loading: Loading, from: string, to: string): Promise<ProgramRun> {
  return loading.scratch.run(["copy", `--from=${from}`, `--to=${to}`], { now: LATER });
}

/** What a command tells of two databases, and leaves in them, is the same. */
async function assertSame(loading: Loading, args: readonly string[], databases: readonly [string, string]) {
  const told: (readonly string[])[] = [];
  for (const database of databases) {
    const run = await loading.scratch.run([...args, `--db=${database}`, "--auth_user=admin", "--auth_pwd=admin"], {
      now: LATER,
    });
    assert(run.exitCode <= 1, describeRun(run));
    told.push(toldBy(run, database));
  }
  assertEquals(told[1], told[0], args.join(" "));
}

const MORE = `name,first_name,org_id->name
ÅSTRÖM,Zoë,${ORGANIZATION}
New,Nils,${ORGANIZATION}
`;

async function assertGoesOn(loading: Loading, databases: readonly [string, string]): Promise<void> {
  loading.scratch.write("more.csv", MORE);
  const load = [
    "--class=Person",
    "--no_localize=1",
    "--csvfile=more.csv",
    "--reconciliationkeys=name",
    "--output=details",
  ];
  const last = Number(loading.query("SELECT max(id) FROM change")[0]);
  const second = loading.query("SELECT min(id) FROM change WHERE created = 1200")[0];
  await assertSame(loading, [...load, "--source=HR", "--gone=delete", "--gone_limit=100%"], databases);
  await assertSame(loading, ["undo", `--change=${last + 1}`, "--output=details"], databases);
  await assertSame(loading, ["undo", `--change=${second}`, "--output=details"], databases);
  await assertSame(loading, ["history", "--output=json"], databases);
  await assertSame(loading, ["export", "--class=Person"], databases);
}

function asStored(rows: readonly string[], database: string): readonly string[] {
  return rows.map((row) => row.replaceAll(database, "DATABASE"));
}

const SHELF = {
  name: "shelf",
  classes: {
    Thing: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        price: { kind: "decimal", digits: 15, decimals: 6 },
        size: { kind: "integer" },
        note: { kind: "text" },
      },
    },
  },
  profiles: [{ id: 1, name: "Administrator", administrator: true }],
};

/** Numbers of every kind, and texts that are too long to come together. */
const THINGS = [
  "a,0.1,-2147483647,",
  "b,123456789.123456,2147483647,",
  "c,-0.000001,0,",
  "d,1,,",
  "e,,1,",
  'f,999999999,2,"a ""text"" \\ with {all}, NULL, \'signs\' and\nlines"',
  ...Array.from({ length: 40 }, (_, index) => `long ${index},1.5,3,${"äö𝄞".repeat(400 * index)}`),
];

for (const release of POSTGRES_RELEASES) {
  Deno.test(`${release.name}: numbers stay exact, and very long texts come a few at a time, there and back`, () =>
    withModel(SHELF, (loading) =>
      withDatabase(release, async (address) => {
        const { rows } = await loading.load("Thing", `name,price,size,note\n${THINGS.join("\n")}\n`);
        assertEquals(rows.filter((row) => !row.startsWith("created")).map((row) => row.slice(0, 200)), []);
        const [server, back] = [serverName(address), loading.scratch.path("back.db")];
        assertExit(await copy(loading, loading.database, server), 0);
        assertEquals(await storedAtServer(address), storedInFile(loading.database));
        assertExit(await copy(loading, server, back), 0);
        assertEquals(storedInFile(back), storedInFile(loading.database));
        loading.scratch.write("same.csv", `name,price,size,note\n${THINGS.join("\n")}\n`);
        const same = [
          "--class=Thing",
          "--csvfile=same.csv",
          "--no_localize=1",
          "--auth_user=admin",
          "--auth_pwd=admin",
        ];
        for (const database of [server, back]) {
          const run = await loading.scratch.run([...same, `--db=${database}`]);
          assert(run.stdout.includes(`#Unchanged: ${THINGS.length}\n`), run.stdout.slice(0, 500));
        }
      })));

  Deno.test(`${release.name}: a copy at the server has all of the file, and goes on as it`, () =>
    withPast((loading) =>
      withDatabase(release, async (address) => {
        const server = serverName(address);
        const run = await copy(loading, loading.database, server);
        assertExit(run, 0);
        assertEquals(await storedAtServer(address), storedInFile(loading.database));
        await assertGoesOn(loading, [loading.database, server]);
        assertEquals(
          asStored(await storedAtServer(address), server),
          asStored(storedInFile(loading.database), loading.database),
        );
      })
    ));

  Deno.test(`${release.name}: a copy of the copy is a file as the first one`, () =>
    withPast((loading) =>
      withDatabase(release, async (address) => {
        const [server, back] = [serverName(address), loading.scratch.path("back.db")];
        const there = await copy(loading, loading.database, server);
        const home = await copy(loading, server, back);
        assertExit(home, 0);
        assertEquals(home.stdout.split("\n").slice(1), there.stdout.split("\n").slice(1));
        assertEquals(storedInFile(back), storedInFile(loading.database));
        await assertGoesOn(loading, [loading.database, back]);
        assertEquals(asStored(storedInFile(back), back), asStored(storedInFile(loading.database), loading.database));
      })
    ));
}
