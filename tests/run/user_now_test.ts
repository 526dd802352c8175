/** Rights are those that the user has when the transaction begins: a run may have waited long for another writer. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { CollectedText } from "../../lib/collected_text.ts";
import { openOwnStore } from "../../lib/databases/open_store.ts";
import { RunStop } from "../../lib/errors.ts";
import { mergeParameters } from "../../lib/parameters/reading/merge_parameters.ts";
import { parseArguments } from "../../lib/parameters/reading/parse_arguments.ts";
import { importSettings } from "../../lib/parameters/settings/import_settings.ts";
import { authenticate } from "../../lib/run/authenticate.ts";
import { runAloneOrStop } from "../../lib/run/run_alone.ts";
import { openSource } from "../../lib/source/open_source.ts";
import { type Loading, preparedWorld } from "../helpers/loading.ts";
import { formPost } from "../server/post.ts";
import { serving } from "../server/served.ts";

/** Organizations: In 2, Out 3. Users: root 2 (administrator), man 3 (Configuration Manager). */
const withUsers = preparedWorld(async ({ load }) => {
  await load("Organization", "name,code\nIn,I\nOut,O\n");
  await load(
    "UserLocal",
    "login,password,profile_list\nroot,R00t-Passw0rd,profileid:1\nman,M4n-Passw0rd,profileid:3\n",
  );
});

const REFUSED = "Access restricted or wrong credentials";
const NO_RIGHT = "You are not allowed to perform a bulk update";

/** What somebody else does meanwhile, the login, its password, the class, the file, and what becomes of it; null: it is loaded. */
const MEANWHILE: readonly (readonly [string, string, string, string, string, string, string | null])[] = [
  ["nothing", "SELECT 1", "root", "R00t-Passw0rd", "UserLocal", USERS("new", 1), null],
  [
    "disabled",
    "UPDATE user SET status = 'disabled' WHERE id = 2",
    "root",
    "R00t-Passw0rd",
    "UserLocal",
    USERS("new", 1),
    REFUSED,
  ],
  ["deleted", "DELETE FROM user WHERE id = 3", "man", "M4n-Passw0rd", "Organization", "name,code\nNew,N\n", REFUSED],
  [
    "another password",
    "UPDATE user SET password = 'x' WHERE id = 2",
    "root",
    "R00t-Passw0rd",
    "UserLocal",
    USERS("new", 1),
    REFUSED,
  ],
  [
    "another login",
    "UPDATE user SET login = 'x' WHERE id = 2",
    "root",
    "R00t-Passw0rd",
    "UserLocal",
    USERS("new", 1),
    REFUSED,
  ],
  [
    "demoted",
    "UPDATE urp_userprofile SET profileid = 3 WHERE userid = 2",
    "root",
    "R00t-Passw0rd",
    "UserLocal",
    USERS("new", 1),
    NO_RIGHT,
  ],
  [
    "no profile",
    "DELETE FROM urp_userprofile WHERE userid = 3",
    "man",
    "M4n-Passw0rd",
    "Organization",
    "name,code\nNew,N\n",
    NO_RIGHT,
  ],
  [
    "another right",
    "UPDATE urp_userprofile SET profileid = 11 WHERE userid = 3",
    "man",
    "M4n-Passw0rd",
    "Organization",
    "name,code\nNew,N\n",
    NO_RIGHT,
  ],
  ["limited", LIMIT(2), "root", "R00t-Passw0rd", "UserLocal", USERS("new", 1), "must be limited to organizations"],
  ["limited to others", LIMIT(3), "man", "M4n-Passw0rd", "Location", "name,org_id\nNew,3\n", "not visible"],
];

function USERS(login: string, profile: number): string {
  return `login,password,profile_list\n${login},New-Passw0rd,profileid:${profile}\n`;
}

function LIMIT(user: number): string {
  return "INSERT INTO urp_userorg (id, finalclass, userid, allowed_org_id, reason) " +
    `VALUES (77, 'URP_UserOrg', ${user}, 2, '')`;
}

/** Runs an import; just before its transaction begins somebody else writes. @returns its report */
async function load(
  { database, scratch }: Loading,
  meanwhile: string,
  login: readonly [string, string],
  file: readonly [string, string],
): Promise<string> {
  let isDone = false;
  const onStatement = (sql: string) => {
    if (isDone || sql !== "BEGIN IMMEDIATE") return;
    isDone = true;
    write(database, meanwhile);
  };
  const store = openOwnStore(database, { busyTimeoutSeconds: 0, onStatement });
  const sink = new CollectedText();
  const csvfile = scratch.write("now.csv", file[1]);
  const args = [`--db=${database}`, `--csvfile=${csvfile}`, `--class=${file[0]}`, "--no_localize=1", "--output=json"];
  const access = [`--auth_user=${login[0]}`, `--auth_pwd=${login[1]}`];
  const settings = await importSettings(
    await mergeParameters(parseArguments([...args, ...access]), { env: () => undefined }),
  );
  try {
    await runAloneOrStop({
      settings,
      parameters: new Map(),
      origin: "test",
      store,
      logIn: (model, failures) => authenticate(settings, store, model, { now: () => new Date() }, failures),
      openSource: () => openSource(settings.csvfile, { stdin: new ReadableStream() }),
      sink,
      progressSink: sink,
      now: () => new Date(),
      passwordCost: { n: 16, r: 1, p: 1 },
    });
  } catch (error) {
    if (!(error instanceof RunStop)) throw error;
    assertEquals(error.exitCode, 77);
  } finally {
    await store.close();
  }
  return sink.text;
}

function write(database: string, sql: string): void {
  const other = new DatabaseSync(database);
  other.exec(sql);
  other.close();
}

for (const [what, meanwhile, login, password, modelClass, csv, refusal] of MEANWHILE) {
  Deno.test(`a user to whom this happened while the run waited for another writer: ${what}`, () =>
    withUsers(async (loading) => {
      const report = await load(loading, meanwhile, [login, password], [modelClass, csv]);
      assertStringIncludes(report, refusal ?? '"status":"created"');
      const stored = loading.query(
        "SELECT login FROM user WHERE login = 'new' UNION ALL SELECT name FROM organization WHERE name = 'New' " +
          "UNION ALL SELECT name FROM location WHERE name = 'New'",
      );
      assertEquals(stored, refusal === null ? ["new"] : []);
      assertEquals(loading.query("SELECT COUNT(*) FROM login_failure"), ["0"], "a right password is no failure");
    }));
}

Deno.test("over HTTP too: an import that waited for a writer who disables its user is refused with 403", () =>
  withUsers(async ({ scratch, database, query }) => {
    const path = scratch.write("world.db", Deno.readFileSync(database));
    await serving(scratch, {}, async ({ post }) => {
      const warm = { class: "Organization", no_localize: "1", auth_user: "root", auth_pwd: "R00t-Passw0rd" };
      assertEquals((await post(formPost(warm, "name,code\nIn,I\n"))).status, 200);
      const other = new DatabaseSync(path);
      other.exec("BEGIN IMMEDIATE");
      const fields = { class: "UserLocal", no_localize: "1", auth_user: "root", auth_pwd: "R00t-Passw0rd" };
      const answer = post(formPost(fields, USERS("new", 1)));
      await new Promise((resolve) => setTimeout(resolve, 500));
      other.exec("UPDATE user SET status = 'disabled' WHERE id = 2; COMMIT");
      other.close();
      const { status, text, headers } = await answer;
      assertStringIncludes(text, REFUSED);
      assertEquals([status, headers.get("csvrecon-exit-code")], [403, "77"], text);
    });
    assertEquals(query("SELECT login FROM user WHERE login = 'new'"), []);
  }));
