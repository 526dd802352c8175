/** The database stays open from one post to the next, and a password is checked once: what changes in between counts at once all the same. */
import { checksOf } from "../helpers/password_checks.ts";
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { assertExit, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { ONE_ROW, ORGANIZATIONS } from "./own_requests.ts";
import { formPost, type Post } from "./post.ts";
import { type Served, serving, withServed } from "./served.ts";

/** Loads users by the command, as another process would. */
async function loadUsers({ scratch, database }: Served, csv: string, modelClass = "UserLocal"): Promise<void> {
  const csvfile = await scratch.write("users.csv", csv);
  const parameters = { db: database, csvfile, auth_user: "admin", auth_pwd: "admin", class: modelClass };
  const named = Object.entries({ ...parameters, reconciliationkeys: csv.split(",")[0], no_localize: "1" });
  assertExit(await scratch.run(named.map(([name, value]) => `--${name}=${value}`)), 0);
}

function postAs(auth_user: string, auth_pwd: string, csv = ONE_ROW, modelClass = "Organization"): Post {
  return formPost({ ...ORGANIZATIONS, class: modelClass, auth_user, auth_pwd }, csv);
}

Deno.test("ten posts check a password once; another password is checked, and the one before is refused at once", () =>
  withServed({}, async (served) => {
    const post = async (password: string) => (await served.post(postAs("man", password))).status;
    await loadUsers(served, "login,password,profile_list\nman,First-Passw0rd,profileid:3\n");
    assertEquals(
      await checksOf(async () => {
        for (let time = 0; time < 10; time++) assertEquals(await post("First-Passw0rd"), 200);
      }),
      1,
    );
    await loadUsers(served, "login,password\nman,Other-Passw0rd\n");
    assertEquals([await post("First-Passw0rd"), await post("Other-Passw0rd"), await post("First-Passw0rd")], [
      401,
      200,
      401,
    ]);
  }));

for (
  const [what, csv, modelClass, status] of [
    ["a user who is disabled", "login,status\nman,disabled\n", "UserLocal", 401],
    ["a user who has another login", "id,login\n2,woman\n", "UserLocal", 401],
    ["a user who has lost a right", "login,profile_list\nman,profileid:11\n", "UserLocal", 403],
  ] as const
) {
  Deno.test(`${what} between two posts has it at the second`, () =>
    withServed({}, async (served) => {
      await loadUsers(served, "login,password,profile_list\nman,M4n-Passw0rd,profileid:3\n");
      const post = postAs("man", "M4n-Passw0rd");
      assertEquals((await served.post(post)).status, 200);
      await loadUsers(served, csv, modelClass);
      assertEquals((await served.post(post)).status, status);
    }));
}

Deno.test("posts of users who may see different organisations come one after another, and each sees its own", () =>
  withServed({}, async (served) => {
    await served.post(postAs("admin", "admin", "name,code\nOne,ONE\nTwo,TWO\n"));
    await loadUsers(
      served,
      "login,password,profile_list,allowed_org_list\n" +
        "one,One-Passw0rd,profileid:3,allowed_org_id->name:One\ntwo,Two-Passw0rd,profileid:3,allowed_org_id->name:Two\n",
    );
    const post = async (login: string, password: string, organization: string) => {
      const csv = `name,org_id->name\nSite of ${organization},${organization}\n`;
      const { text } = await served.post(postAs(login, password, csv, "Location"));
      return /^#Issues: (\d+)$/m.exec(text)?.[1];
    };
    for (let round = 0; round < 3; round++) {
      assertEquals(await post("one", "One-Passw0rd", "One"), "0");
      assertEquals(await post("two", "Two-Passw0rd", "One"), "1");
      assertEquals(await post("admin", "admin", "Two"), "0");
      assertEquals(await post("two", "Two-Passw0rd", "Two"), "0");
      assertEquals(await post("one", "One-Passw0rd", "Two"), "1");
    }
  }));

Deno.test("what others write and make between posts is seen: objects, and triggers that refuse some", () =>
  withServed({}, async (served) => {
    const counts = async (csv: string) => {
      const { text } = await served.post(postAs("admin", "admin", csv));
      return ["Created", "Updated", "Unchanged", "Issues"].map((name) =>
        Number(new RegExp(`^#${name}: (\\d+)$`, "m").exec(text)?.[1])
      );
    };
    const change = (sql: string) => {
      const other = new DatabaseSync(served.database);
      other.exec(sql);
      other.close();
    };
    assertEquals(await counts(ONE_ROW), [1, 0, 0, 0]);
    change("UPDATE organization SET code = 'OTHER' WHERE name = 'Demo'");
    assertEquals(await counts(ONE_ROW), [0, 1, 0, 0]);
    change("DELETE FROM organization WHERE name = 'Demo'");
    assertEquals(await counts(ONE_ROW), [1, 0, 0, 0]);
    change("CREATE TRIGGER no_more BEFORE INSERT ON organization BEGIN SELECT RAISE(ABORT, 'no more'); END");
    assertEquals(await counts("name,code\nNew,NEW\n"), [0, 0, 0, 1]);
    change("DROP TRIGGER no_more");
    assertEquals(await counts("name,code\nNew,NEW\n"), [1, 0, 0, 0]);
  }));

Deno.test("a server that has ended leaves no log of the database behind", () =>
  withScratch(async (scratch) => {
    const database = await copyWorld(scratch);
    await serving(scratch, {}, async (served) => {
      assertEquals((await served.post(formPost(ORGANIZATIONS, ONE_ROW))).status, 200);
      assert(isThere(`${database}-wal`));
    });
    assertEquals(["-wal", "-shm"].map((end) => isThere(database + end)), [false, false]);
  }));

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
