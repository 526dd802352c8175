/** Runs that a server takes back because of others: they begin anew, and nobody is told of what was taken back. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { PostgresAddress } from "../../../lib/server_address/postgres_address.ts";
import { serverName, storedAtServer, toldBy } from "../../helpers/both_databases.ts";
import { type Refuses, withConflicts } from "../../helpers/conflicting_server.ts";
import { administer, withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES, type PostgresRelease } from "../../helpers/postgres_release.ts";
import type { PostgresServer } from "../../helpers/postgres_server.ts";
import { Random } from "../../torture/random.ts";
import { assertExit, type ProgramRun, type RunOptions, type Scratch, withScratch } from "../../helpers/scratch.ts";

const NOW = new Date("2024-02-29T23:30:00Z");

const ORGANIZATIONS = "name,code\nDemo,D\nZürich,Z\n";

/** Some rows are in error, one repeats. */
function persons(count: number, phone: string): string {
  const rows = Array.from(
    { length: count },
    (_, index) => `P${index},A,${index % 7 === 3 ? "Nowhere" : "Zürich"},p${index}@example.com,${phone}`,
  );
  return ["name,first_name,org_id->name,email,phone", ...rows, ""].join("\n");
}

/** A pipe that fails behind the text. */
function failing(text: string): ReadableStream<Uint8Array> {
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) return controller.error(new Error("the cable is out"));
      isSent = true;
      controller.enqueue(new TextEncoder().encode(text));
    },
  }, { highWaterMark: 0 });
}

interface Portable {
  readonly scratch: Scratch;
  readonly server: PostgresServer;
  readonly address: PostgresAddress;
  load(database: string, code: string, args: readonly string[], options?: RunOptions): Promise<ProgramRun>;
}

/** A database of that engine at a server whose transactions are SERIALIZABLE. */
function withPortable(release: PostgresRelease, use: (portable: Portable) => Promise<void>): Promise<void> {
  return withDatabase(release, (address, server) =>
    withScratch(async (scratch) => {
      await administer(server, [
        `ALTER DATABASE ${address.database} SET default_transaction_isolation = 'serializable'`,
      ]);
      const name = serverName(address);
      const made = [`--db=${name}&engine=portable`, "--admin_user=admin", "--admin_pwd=admin"];
      assertExit(await scratch.run(["init", ...made], { now: NOW }), 0);
      assertExit(await scratch.run(["index", `--db=${name}`]), 0);
      const load: Portable["load"] = (database, code, args, options) =>
        scratch.run([
          ...[`--db=${database}`, "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", `--class=${code}`],
          ...args,
        ], { now: NOW, ...options });
      scratch.write("organizations.csv", ORGANIZATIONS);
      assertExit(await load(name, "Organization", ["--csvfile=organizations.csv"]), 0);
      await use({ scratch, server, address, load });
    }));
}

/** The address by way of what stands before the server. */
function through(address: PostgresAddress, folder: string): string {
  return serverName({ ...address, host: folder });
}

const KEYS = ["--reconciliationkeys=email", "--output=details"];

const [release] = POSTGRES_RELEASES;

/** Which statements are refused, given how many a run has. */
const CHOICES: readonly (readonly [string, (statements: number) => Refuses])[] = [
  ["the first one", () => ({ number }) => number === 0],
  ["COMMIT", () => {
    let commits = 0;
    return ({ isCommit }) => isCommit && commits++ < 2;
  }],
  ...[1, 2, 3].map((seed): readonly [string, (statements: number) => Refuses] => [
    `some by seed ${seed}`,
    (statements) => {
      const random = new Random(seed);
      const chosen = new Set([1, 2, 3].map((attempt) => random.int(0, statements - 1) + attempt));
      return ({ number }) => chosen.has(number);
    },
  ]),
];

if (release !== undefined) {
  Deno.test(`${release.name}: a run of which statements are refused with 40001 ends as if nothing had been`, () =>
    withPortable(release, async ({ scratch, server, address, load }) => {
      for (const [round, [what, chosen]] of CHOICES.entries()) {
        const csv = persons(40, String(round));
        scratch.write("persons.csv", csv);
        const args = [...KEYS, "--simulate=1", "--csvfile=persons.csv"];
        const expected = await load(serverName(address), "Person", args);
        assertExit(expected, 1);
        const statements = await withConflicts(server, () => false, async (counted) => {
          await load(through(address, counted.folder), "Person", args);
          return counted.statements;
        });
        assert(statements > 10);
        for (const ways of ["file", "pipe"] as const) {
          await withConflicts(server, chosen(statements), async (conflicting) => {
            const name = through(address, conflicting.folder);
            const piped = [...KEYS, "--simulate=1", "--csvfile=-"];
            const run = ways === "file"
              ? await load(name, "Person", what === "COMMIT" ? args.with(2, "--simulate=0") : args)
              : await load(name, "Person", piped, { stdin: csv });
            if (what !== "COMMIT") {
              const plain = (text: readonly string[]) =>
                text.map((line) => line.replaceAll(name, "DATABASE").replaceAll(serverName(address), "DATABASE"));
              assertEquals(plain(toldBy(run, name)), plain(toldBy(expected, name)), `${what}, ${ways}`);
            } else if (ways === "file") assertExit(run, 1);
            if (what !== "COMMIT" || ways === "file") assert(conflicting.refused > 0, `${what}, ${ways}`);
          });
        }
      }
      const stored = await storedAtServer(address);
      assertEquals(stored.filter((row) => row.startsWith("contact: ")).length, 34);
      assertEquals(stored.filter((row) => row.startsWith("change: ")).length, 2);
    }));

  Deno.test(`${release.name}: a row of which statements are refused with 40001 is explained as if nothing had been`, () =>
    withPortable(release, async ({ scratch, server, address }) => {
      scratch.write("persons.csv", persons(5, "1"));
      const explain = (database: string, output: string) =>
        scratch.run([
          ...["explain", `--db=${database}`, "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1"],
          ...[
            "--class=Person",
            "--csvfile=persons.csv",
            "--reconciliationkeys=email",
            "--line=3",
            `--output=${output}`,
          ],
        ], { now: NOW });
      for (const output of ["summary", "json"]) {
        const expected = await explain(serverName(address), output);
        assertExit(expected, 0);
        const statements = await withConflicts(server, () => false, async (counted) => {
          await explain(through(address, counted.folder), output);
          return counted.statements;
        });
        for (const chosen of [0, Math.floor(statements / 2), statements - 1]) {
          await withConflicts(server, ({ number }) => number === chosen, async (conflicting) => {
            const name = through(address, conflicting.folder);
            const run = await explain(name, output);
            assertEquals(toldBy(run, name), toldBy(expected, serverName(address)), `${chosen}`);
            assertEquals(conflicting.refused, 1);
          });
        }
      }
    }));

  Deno.test(`${release.name}: rows in error stand once in the file for them, and a job that is atomic begins anew as a whole`, () =>
    withPortable(release, async ({ scratch, server, address }) => {
      scratch.write("persons.csv", persons(40, "1"));
      scratch.write("brands.csv", "name\nDell\n");
      const login = "auth_user = admin\nauth_pwd = admin\nno_localize = 1\n";
      scratch.write("brands.params", `${login}class = Brand\ncsvfile = brands.csv\n`);
      scratch.write(
        "persons.params",
        `${login}class = Person\ncsvfile = persons.csv\nreconciliationkeys = email\nrejects = rejects.csv\n`,
      );
      scratch.write("nightly.job", "import = brands.params\nimport = persons.params\natomic = 1\n");
      let commits = 0;
      await withConflicts(server, ({ number, isCommit }) => number === 30 || isCommit && commits++ < 1, async (one) => {
        const name = through(address, one.folder);
        const run = await scratch.run(["run", "nightly.job", `--db=${name}`], { now: NOW });
        assertExit(run, 1);
        assertEquals(one.refused, 2);
      });
      const rejects = Deno.readTextFileSync(scratch.path("rejects.csv")).trim().split("\n");
      assertEquals(rejects.length, 7);
      const stored = await storedAtServer(address);
      assertEquals(stored.filter((row) => row.startsWith("contact: ")).length, 34);
      const [held] = await withConnection(
        address,
        (connection) => connection.rows("SELECT count(*) FROM csvrecon_job"),
      );
      assertEquals(held, [0]);
    }));

  Deno.test(`${release.name}: who logs in behind an import of accounts does so again when the transaction begins anew`, () =>
    withPortable(release, async ({ scratch, server, address, load }) => {
      scratch.write("man.csv", "login,password,profile_list\nman,M4n-Passw0rd,profileid:3\n");
      assertExit(await load(serverName(address), "UserLocal", ["--csvfile=man.csv"]), 0);
      scratch.write("brands.csv", "name\nDell\n");
      const wrong = ["--class=Brand", "--csvfile=brands.csv", "--auth_user=man", "--auth_pwd=wrong"];
      assertExit(await scratch.run([`--db=${serverName(address)}`, ...wrong]), 77);
      const failures = () => withConnection(address, (one) => one.rows("SELECT failures FROM login_failure"));
      assertEquals(await failures(), [[1]]);

      scratch.write("new.csv", "login,password,profile_list\nnew,New-Passw0rd,profileid:3\n");
      scratch.write("new.params", "auth_user = admin\nauth_pwd = admin\nclass = UserLocal\ncsvfile = new.csv\n");
      const logins = [["man", "M4n-Passw0rd"], ["new", "New-Passw0rd"]];
      for (const [login, password] of logins) {
        const access = `auth_user = ${login}\nauth_pwd = ${password}\n`;
        scratch.write(`by_${login}.params`, `${access}class = Brand\ncsvfile = ${login}.brands.csv\n`);
        scratch.write(`${login}.brands.csv`, `name\nOf ${login}\n`);
      }
      const imports = ["new", "by_man", "by_new"].map((name) => `import = ${name}.params`);
      scratch.write("nightly.job", [...imports, "atomic = 1", "no_localize = 1", ""].join("\n"));
      let commits = 0;
      await withConflicts(server, ({ isCommit }) => isCommit && commits++ < 1, async (one) => {
        const run = await scratch.run(["run", "nightly.job", `--db=${through(address, one.folder)}`]);
        assertExit(run, 0);
        assertEquals(one.refused, 1);
      });
      assertEquals(await failures(), []);
      const stored = await storedAtServer(address);
      for (const [login] of logins) assert(stored.some((row) => row.includes(`"Of ${login}"`)), login);
    }));

  Deno.test(`${release.name}: a run that is in the way of others each time ends with 75, and nothing is written`, () =>
    withPortable(release, async ({ scratch, server, address, load }) => {
      scratch.write("persons.csv", persons(3, "1"));
      const before = await storedAtServer(address);
      await withConflicts(server, ({ isCommit }) => isCommit, async (one) => {
        const run = await load(through(address, one.folder), "Person", [...KEYS, "--csvfile=persons.csv"]);
        assertExit(run, 75);
        assertStringIncludes(run.stderr, "Other writers were in the way of this run");
        assertEquals(one.refused, 5);
      });
      assertEquals(await storedAtServer(address), before);
    }));

  Deno.test(`${release.name}: a file that is another one when it is read again ends the run`, () =>
    withPortable(release, async ({ scratch, server, address, load }) => {
      scratch.write("persons.csv", persons(3, "1"));
      await withConflicts(server, ({ isCommit }) => {
        if (isCommit) scratch.write("persons.csv", persons(3, "2"));
        return isCommit;
      }, async (one) => {
        const run = await load(through(address, one.folder), "Person", [...KEYS, "--csvfile=persons.csv"]);
        assertExit(run, 66);
        assertEquals(one.refused, 1);
      });
    }));

  Deno.test(`${release.name}: an input that cannot be read to its end ends the run, whichever statement is refused meanwhile`, () =>
    withPortable(release, async ({ server, address, load }) => {
      const before = await storedAtServer(address);
      const args = [...KEYS, "--csvfile=-"];
      /** More than the group that is worked while the next one is read. */
      const broken = () => failing(persons(1200, "1"));
      const statements = await withConflicts(server, () => false, async (counted) => {
        assertExit(await load(through(address, counted.folder), "Person", args, { stdin: broken() }), 66);
        return counted.statements;
      });
      const chosen = [0, 0.3, 0.5, 0.7, 0.8, 0.9, 1].map((part) => Math.floor(part * (statements - 1)));
      for (const refused of chosen) {
        await withConflicts(server, ({ number }) => number === refused, async (one) => {
          const run = await load(through(address, one.folder), "Person", args, { stdin: broken() });
          assertExit(run, 66);
          assertEquals(run.stderr.split("the cable is out").length, 2, run.stderr);
          assertEquals(one.refused, 1);
        });
      }
      assertEquals(await storedAtServer(address), before);
    }));

  Deno.test(`${release.name}: a COMMIT of which the server cannot tell whether it was done is looked up`, () =>
    withPortable(release, async ({ scratch, server, address, load }) => {
      scratch.write("persons.csv", persons(3, "1"));
      await withConflicts(server, ({ isCommit }) => isCommit && "40003", async (one) => {
        const run = await load(through(address, one.folder), "Person", [...KEYS, "--csvfile=persons.csv"]);
        assertExit(run, 75);
        assertStringIncludes(run.stderr, "Connection to the server was lost");
      });
    }));

  Deno.test(`${release.name}: two writers at once are both done, one after the other`, () =>
    withPortable(release, async ({ scratch, address, load }) => {
      const runs = await Promise.all([0, 1, 2].map((writer) => {
        scratch.write(`persons${writer}.csv`, persons(30, String(writer)));
        return load(serverName(address), "Person", [...KEYS, `--csvfile=persons${writer}.csv`]);
      }));
      for (const run of runs) assertExit(run, 1);
      const stored = await storedAtServer(address);
      assertEquals(stored.filter((row) => row.startsWith("contact: ")).length, 26);
      assertEquals(stored.filter((row) => row.startsWith("change: ")).length, 4);
    }));
}
