/** What the server's own programs make of a database: a backup of one moment, which comes back as it was. */
import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { serverName, storedAtServer } from "../../helpers/both_databases.ts";
import { ADMIN } from "../../helpers/golden_case.ts";
import { runAsSomebody } from "../../helpers/postgres_process.ts";
import { withDatabase } from "../../helpers/postgres_databases.ts";
import { INSTALLED_RELEASE } from "../../helpers/postgres_release.ts";
import { SUPERUSER } from "../../helpers/postgres_server.ts";
import { assertExit, withScratch } from "../../helpers/scratch.ts";

const NOW = new Date("2026-01-02T03:04:05Z");
const LOGIN = [`--auth_user=${ADMIN}`, `--auth_pwd=${ADMIN}`];
const LOAD = [...LOGIN, "--class=Organization", "--csvfile=-", "--no_localize=1", "--reconciliationkeys=code"];
const ROWS = 600;

function rows(from: number): string {
  return Array.from({ length: ROWS }, (_, row) => `Ünited ${from + row},C${from + row}\n`).join("");
}

const release = INSTALLED_RELEASE;
if (release !== null) {
  Deno.test(`${release.name}: pg_dump beside a run has nothing of it, and what pg_restore makes goes on as the first would`, () =>
    withScratch((scratch) =>
      withDatabase(release, (address, server) =>
        withDatabase(release, async (copy) => {
          const run = (db: string, args: readonly string[], stdin: string | ReadableStream<Uint8Array> = "") =>
            scratch.run([...args, `--db=${db}`], { now: NOW, stdin });
          const first = serverName(address);
          assertExit(await run(first, ["init", `--admin_user=${ADMIN}`, `--admin_pwd=${ADMIN}`]), 0);
          assertExit(await run(first, LOAD, `name,code\n${rows(0)}`), 0);
          const before = await storedAtServer(address);
          const at = ["-h", server.folder, "-p", String(server.port), "-U", SUPERUSER];
          const file = join(server.folder, `${address.database}.dump`);
          const program = (name: string) => join(server.programs, "bin", name);
          const dump = [program("pg_dump"), ...at, "-Fc", "--schema=csvrecon", "-f", file, address.database];
          let sent = 0;
          const pausing = new ReadableStream<Uint8Array>({
            async pull(controller) {
              const part = [`name,code\n${rows(ROWS)}`, rows(2 * ROWS)][sent++];
              if (part === undefined) return controller.close();
              if (sent === 2) await runAsSomebody(dump);
              controller.enqueue(new TextEncoder().encode(part));
            },
          }, { highWaterMark: 0 });
          assertExit(await run(first, LOAD, pausing), 0);
          await runAsSomebody([program("pg_restore"), ...at, "--exit-on-error", "-d", copy.database, file]);
          assertEquals(await storedAtServer(copy), before);
          const second = serverName(copy);
          assertExit(await run(second, LOAD, `name,code\n${rows(ROWS)}${rows(2 * ROWS)}`), 0);
          const told = async (stored: Promise<string[]>) =>
            new Set((await stored).map((row) => row.replace(first, "").replace(second, "")));
          const [one, other] = [await told(storedAtServer(address)), await told(storedAtServer(copy))];
          assertEquals([...one.difference(other)], [...other.difference(one)]);
        }))
    ));
}
