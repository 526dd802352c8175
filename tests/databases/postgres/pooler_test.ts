/** A real pgbouncer between csvrecon and its server: that gives a session to one client, or to everybody. */
import { assertEquals, assertMatch } from "@std/assert";
import { storedAtServer, toldBy } from "../../helpers/both_databases.ts";
import { ADMIN } from "../../helpers/golden_case.ts";
import { HAS_POOLER, type PoolMode, withPooler } from "../../helpers/pooler.ts";
import { withDatabase } from "../../helpers/postgres_databases.ts";
import { INSTALLED_RELEASE } from "../../helpers/postgres_release.ts";
import { type PostgresServer, SUPERUSER } from "../../helpers/postgres_server.ts";
import { assertExit, type ProgramRun, type RunOptions, withScratch } from "../../helpers/scratch.ts";

const NOW = new Date("2026-01-02T03:04:05Z");
const LOGIN = [`--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];
const INIT = ["init", `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`];
const LOAD = [...LOGIN, "--class=Organization", "--csvfile=-", "--no_localize=1", "--output=json"];
const ROWS = "name,code\n" + Array.from({ length: 600 }, (_, row) => `Organisation ${row},C${row}\n`).join("");

interface Pooled {
  readonly server: PostgresServer;
  readonly pooled: string;
  readonly stored: () => Promise<string[]>;
  run(args: readonly string[], options?: RunOptions): Promise<ProgramRun>;
}

const release = INSTALLED_RELEASE;
const MISSING = HAS_POOLER ? "" : " (left out: there is no pgbouncer on this machine)";

function withPooled(mode: PoolMode, size: number, use: (pooled: Pooled) => Promise<void>): Promise<void> {
  if (release === null) throw new Error("there is no server");
  return withScratch((scratch) =>
    withDatabase(release, (address, server) =>
      withPooler(server, mode, size, async (port) => {
        const pooled = `postgres://${SUPERUSER}@127.0.0.1:${port}/${address.database}?sslmode=disable`;
        const run = (args: readonly string[], options: RunOptions = {}) =>
          scratch.run([...args, `--db=${pooled}`], { now: NOW, ...options });
        await use({ server, pooled, run, stored: () => storedAtServer(address) });
      }))
  );
}

if (release !== null) {
  const test = (name: string, body: () => Promise<void>) =>
    Deno.test({ name: `${release.name} behind pgbouncer${MISSING}: ${name}`, ignore: !HAS_POOLER, fn: body });

  for (const size of [1, 5]) {
    test(`in session mode all commands do what they do without it, with ${size} connections at most`, () =>
      withPooled("session", size, async ({ run, stored, pooled }) => {
        const done = async (args: readonly string[], stdin?: string) => {
          const ended = await run(args, stdin === undefined ? {} : { stdin });
          assertExit(ended, 0);
          return toldBy(ended, pooled).join("\n");
        };
        await done(INIT);
        const before = await stored();
        assertMatch(await done(LOAD, ROWS), /"created":600/);
        assertMatch(await done(LOAD, ROWS), /"unchanged":600/);
        assertMatch(await done(["history", ...LOGIN]), /Organization/);
        await done(["undo", ...LOGIN, "--change=1"]);
        const objects = (rows: readonly string[]) => rows.filter((row) => /^(organization|user): /.test(row));
        assertEquals(objects(await stored()), objects(before));
      }));
  }

  for (const mode of ["transaction", "statement"] as const) {
    test(`in ${mode} mode it is refused with a sentence`, () =>
      withPooled(mode, 5, async ({ run }) => {
        for (const args of [INIT, LOAD]) {
          const refused = await run(args, { stdin: ROWS });
          assertExit(refused, 78);
          assertMatch(refused.stderr, /pooler/);
          assertMatch(refused.stderr, /pool_mode = session/);
        }
      }));
  }
}
