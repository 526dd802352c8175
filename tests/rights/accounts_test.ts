/** Nobody locks themselves or everybody out, and nobody lets themselves further in, whichever class the change comes through. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, preparedModel, preparedWorld } from "../helpers/loading.ts";
import { describeRun } from "../helpers/scratch.ts";

const LAST = "No enabled user with an administrator's profile would be left";
const NO_PROFILE = "At least one profile must be assigned to this user.";
const BEYOND = "The account must be limited to organizations that you are allowed yourself";
const OWN_RIGHTS =
  "The current list of profiles does not give sufficient access rights (Users are not modifiable anymore)";
const ADMINISTRATORS_ONLY = "Only an administrator may change an administrator's account, or make one";

/** Users: admin 1 and root 3 are administrators, ann 2 is not. Links: 1 of admin, 2 of ann, 3 of root. */
const withUsers = preparedWorld(async ({ load }) => {
  await load(
    "UserLocal",
    "login,password,profile_list\nann,Ann-Passw0rd,profileid:3\nroot,R00t-Passw0rd,profileid:1\n",
  );
});

const AS_ROOT = { auth_user: "root", auth_pwd: "R00t-Passw0rd" };

async function rows({ load }: Loading, modelClass: string, csv: string, params = {}): Promise<readonly string[]> {
  return (await load(modelClass, csv, params)).rows;
}

/** `user profile` of every link. */
function grants({ query }: Loading): string[] {
  return query("SELECT userid, profileid FROM urp_userprofile ORDER BY 1, 2");
}

/** Every way to take the administrator's profile away from the account with id 1, whose link has id 1. */
const WAYS: readonly (readonly [string, string, string, string])[] = [
  ["the user's link set", "UserLocal", "id,profile_list\n1,profileid:3\n", "id"],
  ["the link set through a parent class", "User", "id,profile_list\n1,profileid:3\n", "id"],
  ["the profile's link set", "URP_Profiles", "id,user_list\n1,userid:3\n", "id"],
  ["a link that gets another profile", "URP_UserProfile", "id,profileid\n1,3\n", "id"],
  ["a link that gets another user", "URP_UserProfile", "id,userid\n1,2\n", "id"],
];

for (const [way, modelClass, csv, reconciliationkeys] of WAYS) {
  Deno.test(`one's own administrator's profile may not go: ${way}`, () =>
    withUsers(async (loading) => {
      const before = grants(loading);
      const [row = ""] = await rows(loading, modelClass, csv, { reconciliationkeys });
      assert(/^rejected /.test(row) && row.includes(OWN_RIGHTS), row);
      assertEquals(grants(loading), before);
    }));

  Deno.test(`another administrator's profile may go while one is left: ${way}`, () =>
    withUsers(async (loading) => {
      const [row = ""] = await rows(loading, modelClass, csv, { reconciliationkeys, ...AS_ROOT });
      // Its last profile may not go all the same.
      const losesAll = way === "a link that gets another user" || way === "the profile's link set";
      const expected = losesAll ? NO_PROFILE : "updated";
      assert(row.includes(expected), row);
    }));
}

Deno.test("the profile's link set takes nobody's last profile away", () =>
  withUsers(async (loading) => {
    const before = grants(loading);
    const params = { reconciliationkeys: "id" };
    assertEquals(await rows(loading, "URP_Profiles", "id,user_list\n3,\n", params), [
      `rejected URP_Profiles 3: ${NO_PROFILE}`,
    ]);
    assertEquals(grants(loading), before);
    assertEquals(
      await rows(loading, "URP_Profiles", "id,user_list\n3,userid:2|userid:3\n3,userid:2\n", {
        ...params,
        twins: "last",
      }),
      [
        "updated URP_Profiles 3 user_list=\"'userid:2'\"->\"'userid:2'|'userid:3'\"",
        "updated URP_Profiles 3 user_list=\"'userid:2'|'userid:3'\"->\"'userid:2'\"",
      ],
    );
  }));

Deno.test("links are ordinary objects where no rule is broken", () =>
  withUsers(async (loading) => {
    const csv = "userid,profileid,reason\n2,8,helps out\n2,3,as before\n1,1,first\n";
    assertEquals(await rows(loading, "URP_UserProfile", csv, { reconciliationkeys: "userid,profileid" }), [
      "created URP_UserProfile 4",
      'updated URP_UserProfile 2 reason=""->"as before"',
      'updated URP_UserProfile 1 reason="By definition, the administrator must have the administrator profile"->"first"',
    ]);
  }));

Deno.test("the portal profile is not added to oneself by a link or by the profile", () =>
  withUsers(async (loading) => {
    const denied = 'Profile "Portal user" cannot be added it will deny the access to backoffice';
    const params = { reconciliationkeys: "userid,profileid" };
    assertEquals(await rows(loading, "URP_UserProfile", "userid,profileid\n1,2\n", params), [`rejected: ${denied}`]);
    assertEquals(await rows(loading, "URP_Profiles", "id,user_list\n2,userid:1\n", { reconciliationkeys: "id" }), [
      `rejected URP_Profiles 2: ${denied}`,
    ]);
  }));

/** A model in which somebody who is no administrator may load users, and users are limited by organisations. */
const MANAGED = {
  name: "managed",
  organizations: { class: "Org", parent: "parent_id" },
  classes: {
    Org: {
      organization: "id",
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        parent_id: { kind: "external_key", target: "Org", hierarchical: true },
      },
    },
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    { id: 5, name: "User manager", bulk_write: ["User", "URP_UserProfile", "URP_Profiles", "URP_UserOrg"] },
    { id: 6, name: "Org manager", bulk_write: ["Org"] },
  ],
};
const AS_MANAGER = { auth_user: "mia", auth_pwd: "M1a-Passw0rd", reconciliationkeys: "login" };
const AS_LIMITED = { auth_user: "lou", auth_pwd: "L0u-Passw0rd", reconciliationkeys: "login" };

/** Users: admin 1, mia 2, lou 3 (limited to organisation 1), rob 4. */
const withManagers = preparedModel(MANAGED, async (loading) => {
  await loading.load("Org", "name,parent_id->name\nIn,\nBelow,In\nOut,\n");
  await loading.load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nmia,M1a-Passw0rd,profileid:5,\n" +
      "lou,L0u-Passw0rd,profileid:5,allowed_org_id:1\nrob,R0b-Passw0rd,profileid:6,\n",
  );
});

Deno.test("the last enabled administrator is not lost: status, link set, link, profile", () =>
  withManagers(async (loading) => {
    const before = loading.everything();
    const refused = `${ADMINISTRATORS_ONLY} | ${LAST}`;
    const attempts: [string, string, string][] = [
      ["UserLocal", "id,status\n1,disabled\n", "id"],
      ["User", "id,status\n1,disabled\n", "id"],
      ["UserLocal", "id,profile_list\n1,profileid:6\n", "id"],
      ["URP_UserProfile", "id,profileid\n1,6\n", "id"],
      ["URP_UserProfile", "id,userid\n1,4\n", "id"],
      ["URP_Profiles", "id,user_list\n1,\n", "id"],
    ];
    for (const [modelClass, csv, reconciliationkeys] of attempts) {
      const [row = ""] = await rows(loading, modelClass, csv, { ...AS_MANAGER, reconciliationkeys });
      // A link that moves to another enabled user makes that one the administrator.
      assert(row.endsWith(csv.includes("userid") ? ADMINISTRATORS_ONLY : refused), `${modelClass} ${csv}${row}`);
    }
    assertEquals(loading.query("SELECT userid, profileid FROM urp_userprofile WHERE profileid = 1"), ["1 1"]);
    const objects = (stored: readonly string[]) => stored.filter((row) => /^u/.test(row));
    assertEquals(objects(loading.everything()), objects(before));
  }));

Deno.test("who is no administrator makes none, and does not touch one", () =>
  withManagers(async (loading) => {
    const csv = "login,password,profile_list\nnew,New-Passw0rd,profileid:6\nevil,Ev1l-Passw0rd,profileid:1\n" +
      "mia,M1a-Passw0rd,profileid:5|profileid:1\nadmin,Ev1l-Passw0rd,profileid:1\nrob,R0b-Passw0rd2,profileid:5\n";
    assertEquals((await rows(loading, "UserLocal", csv, AS_MANAGER)).map((row) => row.replace(/ password=.*/, "")), [
      "created UserLocal 5",
      `rejected: ${ADMINISTRATORS_ONLY}`,
      `rejected UserLocal 2: ${ADMINISTRATORS_ONLY}`,
      `rejected UserLocal 1: ${ADMINISTRATORS_ONLY}`,
      "updated UserLocal 4",
    ]);
    const links = await rows(loading, "URP_UserProfile", "userid,profileid\n2,1\n4,1\n4,6\n", {
      ...AS_MANAGER,
      reconciliationkeys: "userid,profileid",
    });
    assertEquals(links, [
      `rejected: ${ADMINISTRATORS_ONLY}`,
      `rejected: ${ADMINISTRATORS_ONLY}`,
      "created URP_UserProfile 7",
    ]);
  }));

Deno.test("who is limited to organisations makes no account that sees more", () =>
  withManagers(async (loading) => {
    const csv = "login,password,profile_list,allowed_org_list\n" +
      "a,Passw0rd-a,profileid:6,allowed_org_id:1\nb,Passw0rd-b,profileid:6,allowed_org_id:2\n" +
      "c,Passw0rd-c,profileid:6,\nlou,,profileid:5,\nrob,Passw0rd-d,profileid:6,\n" +
      "rob,R0b-Passw0rd,profileid:6,allowed_org_id:1\n";
    assertEquals(await rows(loading, "UserLocal", csv, AS_LIMITED), [
      "created UserLocal 5",
      "created UserLocal 6",
      `rejected: ${BEYOND}`,
      `rejected UserLocal 3: ${BEYOND}`,
      `rejected UserLocal 4: ${BEYOND}`,
      // Nobody's account becomes one of theirs by being limited.
      `rejected UserLocal 4: ${BEYOND}`,
    ]);
    const links = await rows(loading, "URP_UserOrg", "id,allowed_org_id,userid\n1,1,2\n", {
      ...AS_LIMITED,
      reconciliationkeys: "id",
    });
    assertEquals(links, [`rejected URP_UserOrg 1: ${BEYOND}`]);
  }));

Deno.test("nobody finds out the password of an account that they may not change", () =>
  withManagers(async (loading) => {
    const cases = [[AS_MANAGER, "admin", "admin", ADMINISTRATORS_ONLY], [AS_LIMITED, "rob", "R0b-Passw0rd", BEYOND]];
    for (const [params, login, password, why] of cases as [Record<string, string>, string, string, string][]) {
      const found: unknown[] = [];
      for (const guess of [password, "Wr0ng-Passw0rd"]) {
        const csv = `login,password,status\n${login},${guess},enabled\n`;
        const { run, rows } = await loading.load("UserLocal", csv, { ...params, simulate: "1" });
        assert(rows[0]?.endsWith(why), rows[0]);
        const { stdout } = await loading.print("UserLocal", csv, params);
        found.push([run.exitCode, rows, stdout.split("\n").filter((line) => !line.startsWith("#"))]);
      }
      assertEquals(found[0], found[1]);
    }
    // An account that they may change stays as it is.
    const own = await rows(loading, "UserLocal", "login,password\nrob,R0b-Passw0rd\nmia,M1a-Passw0rd\n", AS_MANAGER);
    assertEquals(own, ["unchanged UserLocal 4", "unchanged UserLocal 2"]);
    assertEquals(await rows(loading, "UserLocal", "login,status\nadmin,enabled\n", AS_MANAGER), [
      "unchanged UserLocal 1",
    ]);
  }));

/** Badges have owners; accounts, their profiles and their limits hang on these links. */
const BADGES = {
  ...MANAGED,
  classes: {
    ...MANAGED.classes,
    Badge: {
      reconciliation_keys: ["name"],
      attributes: {
        name: { kind: "string", null: false },
        owners: { kind: "link_set", link_class: "BadgeOwner", key_to_this: "badge", key_to_remote: "owner" },
      },
    },
    BadgeOwner: {
      friendly_name: "{badge_friendlyname}",
      attributes: {
        badge: { kind: "external_key", target: "Badge", null: false },
        owner: { kind: "external_key", target: "Org", null: false },
      },
    },
    User: { ...userClass(), attributes: { ...userClass().attributes, badge: badgeKey() } },
    ...otherUserClasses(),
  },
  profiles: [
    { id: 1, name: "Administrator", administrator: true },
    {
      id: 5,
      name: "User manager",
      bulk_write: ["User", "URP_UserProfile", "URP_Profiles", "URP_UserOrg", "Badge", "BadgeOwner"],
    },
    { id: 6, name: "Badges", bulk_write: ["Badge", "BadgeOwner"] },
  ],
};

/** Users: admin 1, mia 2 (User manager), lou 3 (the same, limited to In), bob 4 (Badges), ann 5 (Badges, limited to In). Badge B has owner In. */
const withBadges = preparedModel(BADGES, async (loading) => {
  await loading.load("Org", "name\nIn\nOut\n");
  await loading.load("Badge", "name,owners\nB,owner:1\n");
  await loading.load(
    "UserLocal",
    "login,password,profile_list,allowed_org_list\nmia,M1a-Passw0rd,profileid:5,\n" +
      "lou,L0u-Passw0rd,profileid:5,allowed_org_id:1\nbob,B0b-Passw0rd,profileid:6,\nann,Ann-Passw0rd,profileid:6,allowed_org_id:1\n",
  );
});

/** What hangs on the badge, who takes its owner away, and what is said; null: it is done. */
const HANGING: readonly (readonly [string, string, string, Record<string, string>, string | null])[] = [
  ["the last administrator", "UserLocal", "id,badge\n1,1\n", {}, "Your own account would be deleted | " + LAST],
  [
    "the last administrator, by another",
    "UserLocal",
    "id,badge\n1,1\n",
    AS_MANAGER,
    `${ADMINISTRATORS_ONLY} | ${LAST}`,
  ],
  ["one's own account", "UserLocal", "id,badge\n2,1\n", AS_MANAGER, "Your own account would be deleted"],
  ["another account", "UserLocal", "id,badge\n4,1\n", AS_MANAGER, null],
  ["an account that sees more", "UserLocal", "id,badge\n4,1\n", AS_LIMITED, BEYOND],
  ["an account that does not", "UserLocal", "id,badge\n5,1\n", AS_LIMITED, null],
  ["somebody's last profile", "URP_UserProfile", "id,via\n4,1\n", AS_MANAGER, NO_PROFILE],
  ["somebody's limit", "URP_UserOrg", "id,via\n2,1\n", AS_LIMITED, BEYOND],
  ["one's own limit", "URP_UserOrg", "id,via\n1,1\n", AS_LIMITED, BEYOND],
  ["somebody's limit, by who has none", "URP_UserOrg", "id,via\n2,1\n", AS_MANAGER, null],
  [
    "an account, by who may not load any",
    "UserLocal",
    "id,badge\n5,1\n",
    { auth_user: "bob", auth_pwd: "B0b-Passw0rd" },
    "not allowed to perform a bulk update of objects of class UserLocal",
  ],
];

for (const [what, modelClass, csv, login, refusal] of HANGING) {
  Deno.test(`what goes along with a link keeps the rules of accounts: ${what}`, () =>
    withBadges(async (loading) => {
      await rows(loading, modelClass, csv, { reconciliationkeys: "id" });
      const accounts = () => loading.everything().filter((row) => /^(user|urp_)/.test(row));
      const before = accounts();
      const file = ["Badge", "name,owners\nB,\n", { ...login, reconciliationkeys: "name" }] as const;
      const [row = ""] = await rows(loading, ...file);
      assert(refusal === null ? row.startsWith("updated") : row.includes(refusal), row);
      if (refusal !== null) assertEquals(accounts(), before);
      else assert(accounts().length < before.length);
    }));
}

Deno.test("a run after which no administrator is left is taken back, though no row shows it", () =>
  withBadges(async (loading) => {
    const opened = new DatabaseSync(loading.database);
    opened.exec("CREATE TRIGGER gone AFTER DELETE ON badgeowner BEGIN DELETE FROM user WHERE id = 1; END");
    opened.close();
    const before = loading.everything();
    const run = await loading.print("Badge", "name,owners\nB,\n");
    assertEquals(run.exitCode, 77, describeRun(run));
    assert(run.stdout.includes(`#${LAST}. Nothing was written`), describeRun(run));
    assertEquals(loading.everything(), before);
  }));

function badgeKey(): Record<string, unknown> {
  return { kind: "external_key", target: "BadgeOwner", on_delete: "cascade" };
}

function userClass(): { readonly attributes: Record<string, unknown> } & Record<string, unknown> {
  return {
    abstract: true,
    friendly_name: "{login}",
    attributes: {
      login: { kind: "string", null: false },
      language: { kind: "language", null: false, default: "EN US" },
      status: { kind: "enum", null: false, default: "enabled", values: ["enabled", "disabled"] },
      profile_list: {
        kind: "link_set",
        link_class: "URP_UserProfile",
        key_to_this: "userid",
        key_to_remote: "profileid",
      },
      allowed_org_list: {
        kind: "link_set",
        link_class: "URP_UserOrg",
        key_to_this: "userid",
        key_to_remote: "allowed_org_id",
      },
    },
  };
}

function otherUserClasses(): Record<string, unknown> {
  const key = (target: string) => ({ kind: "external_key", target, null: false, on_delete: "cascade" });
  return {
    UserInternal: { parent: "User", abstract: true, reconciliation_keys: ["login"] },
    UserLocal: { parent: "UserInternal", attributes: { password: { kind: "password", null: false } } },
    URP_Profiles: {
      reconciliation_keys: ["name"],
      attributes: { name: { kind: "string", null: false }, description: { kind: "string" } },
    },
    URP_UserProfile: {
      friendly_name: "{reason}",
      attributes: {
        userid: key("User"),
        profileid: key("URP_Profiles"),
        reason: { kind: "string" },
        via: badgeKey(),
      },
    },
    URP_UserOrg: {
      friendly_name: "{reason}",
      attributes: { userid: key("User"), allowed_org_id: key("Org"), reason: { kind: "string" }, via: badgeKey() },
    },
  };
}

Deno.test("a login is one line, and no longer than one can log in with", () =>
  withUsers(async (loading) => {
    // Line breaks are refused in every text of one line, other control characters in logins.
    const refused = (of: string) =>
      new RegExp(
        `^rejected${of}: (?:A login is one line, without control characters|[^]*Line break in it, expected a text of one line)$`,
      );
    const make = (login: string) =>
      rows(loading, "UserLocal", `login,password,profile_list\n"${login}",Eve-Passw0rd,profileid:3\n`);
    for (const login of ["eve\nroot", "e\rve", "e\u0085ve", "e\u2028ve", "\u0007"]) {
      assertMatch((await make(login)).join(), refused(""));
    }
    const renamed = await rows(loading, "User", 'id,login\n2,"ann\nroot"\n', { reconciliationkeys: "id" });
    assertMatch(renamed.join(), refused(" UserLocal 2"));
    assertEquals(loading.query("SELECT login FROM user ORDER BY id"), ["admin", "ann", "root"]);
  }));
