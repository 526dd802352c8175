/** A database that is replaced while the server runs: who logged in to the one before must not write to the one behind. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertExit, type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld, wholeFile } from "../helpers/world.ts";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { formPost } from "./post.ts";
import { serving } from "./served.ts";

Deno.test({
  name:
    "after another file has taken the database's place every import is refused until the restart, and none is written",
  // An open file cannot be replaced there.
  ignore: Deno.build.os === "windows",
  fn: () =>
    withScratch(async (scratch) => {
      const database = await copyWorld(scratch);
      const other = await copyWorld(scratch, "other.db");
      // One id, two people: a document author here, an administrator there.
      await loadUser(scratch, database, 11);
      await loadUser(scratch, other, 1);
      const post = formPost({ ...ORGANIZATIONS, auth_user: "doc", auth_pwd: "doc" }, ONE_ROW);
      await serving(scratch, {}, async (served) => {
        assertEquals((await served.post(post)).status, 403);
        Deno.renameSync(other, database);
        const before = Deno.readFileSync(database);
        const answer = await served.post(post);
        assertEquals(answer.status, 503);
        assertStringIncludes(answer.text, "#The database of the server was replaced");
        assertEquals((await served.post(formPost({ ...ORGANIZATIONS, auth_pwd: "wrong" }, ONE_ROW))).status, 503);
        assertEquals(Deno.readFileSync(database), before);
      });
      await serving(scratch, {}, async (served) => assertEquals((await served.post(post)).status, 200));
    }),
});

Deno.test({
  name:
    "a database that was moved away and put back serves again; who has not logged in fills no log with the refusals",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withScratch(async (scratch) => {
      const database = await copyWorld(scratch);
      const post = formPost(ORGANIZATIONS, ONE_ROW);
      await serving(scratch, {}, async (served) => {
        assertEquals((await served.post(post)).status, 200);
        Deno.renameSync(database, `${database}.away`);
        const statuses = await Promise.all(Array.from({ length: 20 }, async () => (await served.post(post)).status));
        assertEquals(new Set(statuses), new Set([503]));
        assertEquals(served.stderr().match(/Database could not be found/g)?.length, 5, served.stderr());
        assertEquals(served.stderr().match(/is not told for a minute/g)?.length, 1, served.stderr());
        Deno.renameSync(`${database}.away`, database);
        const answer = await served.post(post);
        assertEquals(answer.status, 200);
        assertStringIncludes(answer.text, "#Unchanged: 1\n");
        assertEquals((await served.get("/healthz")).text, "ok\n");
      });
    }),
});

Deno.test({
  name: "an import that runs while its database is replaced is refused, and the new file keeps what it held",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withScratch(async (scratch) => {
      const database = await copyWorld(scratch);
      const other = await copyWorld(scratch, "other.db");
      const rows = Array.from({ length: 60_000 }, (_, row) => `Organisation ${row},C${row}\n`).join("");
      await serving(scratch, {}, async (served) => {
        const answer = served.post(formPost(ORGANIZATIONS, `name,code\n${rows}`));
        while (sizeOf(`${database}-wal`) < 1_000_000) await new Promise((resolve) => setTimeout(resolve, 2));
        Deno.renameSync(other, database);
        const before = Deno.readFileSync(database);
        const { status, text } = await answer;
        assertEquals(status, 503, text);
        assertStringIncludes(text, "#The database of the server was replaced");
        assertEquals(Deno.readFileSync(database), before);
      });
    }),
});

function sizeOf(path: string): number {
  try {
    return Deno.statSync(path).size;
  } catch {
    return 0;
  }
}

async function loadUser(scratch: Scratch, database: string, profile: number): Promise<void> {
  const csvfile = await scratch.write("users.csv", `login,password,profile_list\ndoc,doc,profileid:${profile}\n`);
  const parameters = { db: database, csvfile, auth_user: "admin", auth_pwd: "admin", class: "UserLocal" };
  const named = Object.entries({ ...parameters, reconciliationkeys: "login", no_localize: "1" });
  assertExit(await scratch.run(named.map(([name, value]) => `--${name}=${value}`)), 0);
  wholeFile(database);
}
