/** The servers that tests start, and their end. */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { withConnection } from "../../helpers/postgres_databases.ts";
import { POSTGRES_RELEASES } from "../../helpers/postgres_release.ts";
import { withServer } from "../../helpers/postgres_server.ts";

const ROOT = fromFileUrl(new URL("../../..", import.meta.url));
const HELPER = new URL("../../helpers/postgres_server.ts", import.meta.url).href;
const RELEASES = new URL("../../helpers/postgres_release.ts", import.meta.url).href;

const NAMES = POSTGRES_RELEASES.map(({ name }) => name);

Deno.test(`servers of this machine: ${NAMES.length === 0 ? "none, tests that need one are left out" : NAMES.join(", ")}`, () => {
  assertEquals(new Set(NAMES).size, NAMES.length);
});

for (const [index, release] of POSTGRES_RELEASES.entries()) {
  Deno.test(`${release.name}: a server ends with its test, and leaves nothing`, async () => {
    const { folder, address } = await withServer(release, async (server) => {
      await withConnection(server.address(), async (connection) => {
        assertEquals(await connection.rows("SELECT current_setting('fsync'), current_setting('work_mem')"), [[
          "off",
          "5MB",
        ]]);
      });
      return server;
    }, ["work_mem=5MB"]);
    assert(!exists(folder));
    assertEquals(await withConnection(address(), () => Promise.resolve("there")).catch(() => "gone"), "gone");
  });

  Deno.test(`${release.name}: a server ends with the process that has started it, however that ends`, async () => {
    const program = `import { startServer } from ${JSON.stringify(HELPER)};
import { POSTGRES_RELEASES } from ${JSON.stringify(RELEASES)};
const server = await startServer(POSTGRES_RELEASES[${index}], []);
Deno.stdout.writeSync(new TextEncoder().encode(server.folder));
await new Promise(() => setInterval(() => {}, 1000));`;
    const args = ["eval", "--config", `${ROOT}/deno.json`, "--frozen", program];
    const child = new Deno.Command(Deno.execPath(), { args, cwd: ROOT, stdin: "null", stdout: "piped" }).spawn();
    const reader = child.stdout.getReader();
    const { value } = await reader.read();
    const folder = new TextDecoder().decode(value);
    const server = Number(Deno.readTextFileSync(`${folder}/data/postmaster.pid`).split("\n")[0]);
    child.kill("SIGKILL");
    await reader.cancel();
    await child.status;
    for (let waited = 0; waited < 100 && (exists(folder) || exists(`/proc/${server}`)); waited++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assertEquals([exists(folder), exists(`/proc/${server}`)], [false, false]);
  });
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
