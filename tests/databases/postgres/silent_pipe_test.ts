/** A run that fails while whoever writes its pipe says nothing does not wait for them. */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ENGINES } from "../../../lib/server_address/postgres_address.ts";
import { serverName, storedAtServer } from "../../helpers/both_databases.ts";
import { withConnection, withDatabase } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { assertExit, withScratch } from "../../helpers/scratch.ts";

const LONGEST = 10_000;

const ROWS_TOGETHER = 100;
/** Those of a group, and some of the next one. */
const ROWS = Array.from({ length: ROWS_TOGETHER * 1.5 }, (_, index) => `O${index},${index}`);
const CSV = ["name,code", ...ROWS, ""].join("\n");

/** A pipe that says nothing behind the text, for so long. */
function silentPipe(text: string, milliseconds: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      timer = setTimeout(() => controller.close(), milliseconds);
    },
    cancel() {
      isClosed = true;
      clearTimeout(timer);
    },
  });
  return { stream, isClosed: () => isClosed };
}

const tried = POSTGRES_RELEASES.slice(0, 1).flatMap((release) => ENGINES.map((engine) => ({ release, engine })));
for (const { release, engine } of tried) {
  Deno.test(`${release.name}, engine=${engine}: a run whose server goes away ends in time, though its pipe is silent`, () =>
    withDatabase(release, (address) =>
      withScratch(async (scratch) => {
        const db = `${serverName(address)}&engine=${engine}`;
        const made = await scratch.run(["init", `--db=${db}`, "--admin_user=admin", "--admin_pwd=admin"]);
        assertExit(made, 0);
        const before = await storedAtServer(address);
        await withConnection(address, (connection) =>
          connection.execute(
            `CREATE FUNCTION public.die() RETURNS trigger LANGUAGE plpgsql AS $$
               BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
             CREATE TRIGGER die BEFORE INSERT ON ${address.schema}.organization EXECUTE FUNCTION public.die()`,
          ));
        const { stream, isClosed } = silentPipe(CSV, 2 * LONGEST);
        const begin = performance.now();
        const run = await scratch.run([
          ...[`--db=${db}`, "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--class=Organization"],
          "--csvfile=-",
        ], { stdin: stream, rowsTogether: ROWS_TOGETHER });
        const took = performance.now() - begin;
        assertExit(run, 75);
        assertStringIncludes(run.stderr, "Connection to the server was lost");
        assert(took < LONGEST, `${took} ms`);
        assert(isClosed());
        assertEquals(await storedAtServer(address), before);
      })));
}
