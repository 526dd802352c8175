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

async function loadUser(scratch: Scratch, database: string, profile: number): Promise<void> {
  const csvfile = await scratch.write("users.csv", `login,password,profile_list\ndoc,doc,profileid:${profile}\n`);
  const parameters = { db: database, csvfile, auth_user: "admin", auth_pwd: "admin", class: "UserLocal" };
  const named = Object.entries({ ...parameters, reconciliationkeys: "login", no_localize: "1" });
  assertExit(await scratch.run(named.map(([name, value]) => `--${name}=${value}`)), 0);
  wholeFile(database);
}
