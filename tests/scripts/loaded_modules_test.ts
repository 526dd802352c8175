/** What an import loads: nothing of databases of others, where it is into one of ours. What is loaded counts for the start. */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";

/** Deno 2.4 loses what V8 tells when the program exits. What is loaded does not depend on it. */
const CANNOT_TELL = Deno.version.deno.startsWith("2.4.");

const PROJECT = new URL("../../", import.meta.url);

/** Runs the source, and collects what V8 has executed. @returns paths of modules within the project */
async function loadedBy(scratch: Scratch, args: readonly string[]): Promise<readonly string[]> {
  const folder = scratch.path("coverage");
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--allow-all",
      "--no-check",
      `--coverage=${folder}`,
      fromFileUrl(new URL("main.ts", PROJECT)),
      ...args,
    ],
    cwd: scratch.folder,
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  const urls = [...Deno.readDirSync(folder)].map(({ name }) =>
    String(JSON.parse(Deno.readTextFileSync(join(folder, name))).url)
  );
  return urls.filter((url) => url.startsWith(PROJECT.href)).map((url) => url.slice(PROJECT.href.length)).sort();
}

/** What knows databases of others, and is needed for them alone. */
const OF_FOREIGN =
  /^lib\/(databases\/foreign\/|model\/(derive|overlay)\/|messages\/(foreign_|overlay)|users\/anybody|model\/file\/overlay)/;

/** What knows databases on servers. Whether one is named is told by the one file that is left out. */
const OF_SERVERS =
  /^lib\/(databases\/postgres\/|server_address\/(?!postgres_address)|messages\/server_(address|connection))/;

Deno.test({
  name:
    "an import into a database of ours loads nothing that is for databases of others, or for those on servers, only",
  ignore: CANNOT_TELL,
  fn: () =>
    withScratch(async (scratch) => {
      await copyWorld(scratch);
      scratch.write("organizations.csv", "name,code\nA,1\n");
      const login = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin"];
      const loaded = await loadedBy(scratch, [...login, "--class=Organization", "--csvfile=organizations.csv"]);
      assert(loaded.includes("lib/databases/sqlite/sqlite_store.ts"), loaded.join("\n"));
      assertEquals(loaded.filter((path) => OF_FOREIGN.test(path) || OF_SERVERS.test(path)), []);
    }),
});

/** What serves and makes databases of ours. */
const OF_OURS = /^lib\/(server\/|model\/itop\.json|model\/file\/built_in|databases\/create_store)/;

Deno.test({
  name: "an import into a database of others loads what is for these, and nothing that serves or makes others",
  ignore: CANNOT_TELL,
  fn: () =>
    withScratch(async (scratch) => {
      const database = new DatabaseSync(scratch.path("own.db"));
      database.exec("CREATE TABLE author (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)");
      database.close();
      scratch.write("authors.csv", "name\nA\n");
      const loaded = await loadedBy(scratch, ["--db=own.db", "--class=author", "--csvfile=authors.csv"]);
      assert(loaded.some((path) => OF_FOREIGN.test(path)), loaded.join("\n"));
      assertEquals(loaded.filter((path) => /^lib\/model\/overlay\//.test(path)), []);
      assertEquals(loaded.filter((path) => OF_OURS.test(path)), []);
    }),
});
