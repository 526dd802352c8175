/** Accounts that are loaded together: each row is judged as if those before it were written, and nothing else, in whatever order they come. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, withDatabase, withModel } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { wholeFile } from "../helpers/world.ts";
import { Random } from "../torture/random.ts";

/** Who is no administrator may load users, and users are limited by organisations. */
const MODEL = {
  name: "managed",
  organizations: { class: "Org", parent: "parent_id" },
  classes: {
    Org: {
      organization: "id",
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        parent_id: { kind: "external_key", target: "Org", hierarchical: true },
        users: { kind: "link_set", link_class: "URP_UserOrg", key_to_this: "allowed_org_id", key_to_remote: "userid" },
      },
    },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    {
      id: 5,
      name: "User manager",
      bulk_write: ["User", "URP_UserProfile", "URP_Profiles", "URP_UserOrg", "Org"],
    },
    { id: 6, name: "Org manager", bulk_write: ["Org"] },
  ],
};

/** By login: profiles and organisations. Organisations: In 1, Below 2 (in In), Out 3. The administrator is user 1. */
const ACCOUNTS: Readonly<Record<string, readonly [profiles: string, organizations: string]>> = {
  root: ["profileid:1", ""],
  mia: ["profileid:5", ""],
  lou: ["profileid:5", "allowed_org_id:1"],
  lim: ["profileid:1", "allowed_org_id:1"],
  ann: ["profileid:6", "allowed_org_id:2"],
  bob: ["profileid:5|profileid:6", ""],
  zoe: ["profileid:6", "allowed_org_id:1|allowed_org_id:3"],
};

const LOGINS = ["admin", ...Object.keys(ACCOUNTS)];
/** Of users, and of more links than there are at first. */
const IDS = Array.from({ length: 12 }, (_, index) => String(index + 1));
const USERS = LOGINS.map((_, index) => String(index + 1));
const PROFILES = ["1", "5", "6"];
const STATUSES = ["enabled", "disabled", "disabled"];
const PROFILE_LISTS = ["profileid:1", "profileid:5", "profileid:6", "profileid:1|profileid:6", "profileid:9", ""];
const ORG_LISTS = ["allowed_org_id:1", "allowed_org_id:2", "allowed_org_id:3", "allowed_org_id:1|allowed_org_id:2", ""];
const USER_LISTS = ["userid:1", "userid:1|userid:2", "userid:5|userid:1", "userid:3|userid:4|userid:6", "userid:8", ""];

interface Files {
  readonly class: string;
  readonly keys: string;
  readonly columns: Readonly<Record<string, readonly string[]>>;
}

const FILES: readonly Files[] = [
  { class: "UserLocal", keys: "login", columns: { login: LOGINS, status: STATUSES, language: ["EN US", "FR FR"] } },
  { class: "UserLocal", keys: "id", columns: { id: USERS, login: LOGINS, status: STATUSES } },
  { class: "UserLocal", keys: "login", columns: { login: LOGINS, profile_list: PROFILE_LISTS } },
  {
    class: "UserLocal",
    keys: "login",
    columns: { login: LOGINS, status: STATUSES, allowed_org_list: ORG_LISTS },
  },
  {
    class: "User",
    keys: "login",
    columns: { login: LOGINS, status: STATUSES, profile_list: PROFILE_LISTS, allowed_org_list: ORG_LISTS },
  },
  { class: "URP_UserProfile", keys: "id", columns: { id: IDS, profileid: PROFILES } },
  { class: "URP_UserProfile", keys: "id", columns: { id: IDS, userid: USERS } },
  {
    class: "URP_UserProfile",
    keys: "userid,profileid",
    columns: { userid: USERS, profileid: PROFILES, reason: ["x", "y"] },
  },
  { class: "URP_UserOrg", keys: "id", columns: { id: IDS, allowed_org_id: ["1", "2", "3"] } },
  { class: "URP_UserOrg", keys: "userid,allowed_org_id", columns: { userid: USERS, allowed_org_id: ["1", "2", "3"] } },
  { class: "URP_Profiles", keys: "id", columns: { id: PROFILES, user_list: USER_LISTS } },
  { class: "Org", keys: "id", columns: { id: ["1", "2", "3"], parent_id: ["", "1", "3"], users: USER_LISTS } },
];

const IMPORTERS = ["admin", "root", "mia", "lou", "lim"];
const ROWS = 24;
const SEEDS = [1, 2];

let made: Promise<Uint8Array> | undefined;

function passwordOf(login: string): string {
  return login === "admin" ? login : `${login}-Passw0rd`;
}

function madeOnce(): Promise<Uint8Array> {
  return made ??= new Promise((resolve, reject) => {
    withModel(MODEL, async (loading) => {
      await loading.load("Org", "name,parent_id->name\nIn,\nBelow,In\nOut,\n");
      const rows = Object.entries(ACCOUNTS).map(([login, lists]) => [login, passwordOf(login), ...lists].join(","));
      const header = "login,password,profile_list,allowed_org_list";
      const loaded = await loading.load("UserLocal", `${[header, ...rows].join("\n")}\n`);
      assert(loaded.rows.every((row) => row.startsWith("created")), loaded.rows.join("\n"));
      resolve(wholeFile(loading.database));
    }).catch(reject);
  });
}

/** @param sql is run in the database before */
async function withAccounts<T>(sql: readonly string[], use: (loading: Loading) => Promise<T>): Promise<T> {
  const file = await madeOnce();
  const ended: T[] = [];
  await withDatabase((scratch) => scratch.write("accounts.db", file), async (loading) => {
    const opened = new DatabaseSync(loading.database);
    for (const one of sql) opened.exec(one);
    opened.close();
    ended.push(await use(loading));
  });
  return ended[0] as T;
}

/** With what the log has of them: the entries of several objects are written together, in an order of their own. */
function accounts({ everything }: Loading): readonly string[] {
  const all = everything();
  const logged = all.filter((row) => row.startsWith("change_op")).map((row) => row.replace(/"id":\d+,/, ""));
  return [...all.filter((row) => /^(user|urp_|org)/.test(row)), ...logged.toSorted()];
}

/** What is told of rows, without their places. */
function told(stdout: string): readonly unknown[] {
  return lines(stdout).map((line) => JSON.parse(line)).filter(({ type }) => type === "row")
    .map(({ record: _, line: __, ...row }) => row);
}

/** The accounts that can still do everything. */
function unlimitedAdministrators({ query }: Loading): readonly string[] {
  return query(
    `SELECT DISTINCT u.login FROM user u JOIN urp_userprofile p ON p.userid = u.id WHERE u.status = 'enabled' AND p.profileid = 1
     AND u.id NOT IN (SELECT userid FROM urp_userorg)`,
  );
}

/** With it nobody knows what a write does, and rows go one by one. */
const TRIGGER = "CREATE TRIGGER any_trigger AFTER INSERT ON org BEGIN SELECT 1; END";
/** What the database refuses of a row, it finds out when more rows have been judged. */
const REFUSALS = [
  "CREATE UNIQUE INDEX only_one_is_french ON user (language) WHERE language = 'FR FR'",
  "CREATE UNIQUE INDEX one_reason ON urp_userprofile (userid) WHERE reason = 'x'",
];

function drawn(random: Random, { columns }: Files): string {
  const cells = Object.values(columns);
  const rows = Array.from({ length: ROWS }, () => cells.map((some) => random.pick(some)).join(","));
  return `${[Object.keys(columns).join(","), ...rows].join("\n")}\n`;
}

for (const files of FILES) {
  const shown = `${files.class} by ${files.keys} with ${Object.keys(files.columns).join(", ")}`;
  for (const seed of SEEDS) {
    Deno.test(`rows of ${shown} are judged together as they are one by one, seed ${seed}`, async () => {
      const random = new Random(seed).part(shown);
      for (const importer of IMPORTERS) {
        const csv = drawn(random, files);
        const params = {
          auth_user: importer,
          auth_pwd: passwordOf(importer),
          reconciliationkeys: files.keys,
          twins: random.pick(["last", "error"]),
          output: "json",
        };
        const refusals = random.chance(0.5) ? REFUSALS : [];
        const load = (rowsTogether: number, sql: readonly string[] = []) =>
          withAccounts([...refusals, ...sql], async (loading) => {
            const { stdout } = await loading.print(files.class, csv, params, { rowsTogether });
            assert(unlimitedAdministrators(loading).length > 0, `nobody is left after\n${csv}`);
            return { told: told(stdout), accounts: accounts(loading) };
          });
        const alone = await load(1);
        assertEquals(alone.told.length, ROWS);
        assertEquals(await load(ROWS), alone, `${importer} loads\n${csv}`);
        const others = random.chance(0.5) ? await load(random.int(2, 7)) : await load(ROWS, [TRIGGER]);
        assertEquals(others, alone, `${importer} loads, a few together or with a trigger,\n${csv}`);
      }
    });
  }
}

Deno.test("who makes an administrator in vain has made none for the rows below", () =>
  withAccounts(REFUSALS, async (loading) => {
    // The database has one French user already.
    await loading.load("UserLocal", "login,language\nzoe,FR FR\n", { reconciliationkeys: "login" });
    const csv =
      "login,status,language\nlim,disabled,EN US\nroot,disabled,EN US\nmia,enabled,FR FR\nadmin,enabled,EN US\n";
    await loading.load("UserLocal", csv, { reconciliationkeys: "login" });
    assertEquals(unlimitedAdministrators(loading), ["admin"]);
    const links = "id,userid,reason\n1,6,x\n2,6,x\n";
    const params = { auth_user: "root", auth_pwd: passwordOf("root"), reconciliationkeys: "id" };
    await loading.load("UserLocal", "login,status\nroot,enabled\n", { reconciliationkeys: "login" });
    await loading.load("URP_UserProfile", links, params);
    assert(unlimitedAdministrators(loading).length > 0);
  }));
