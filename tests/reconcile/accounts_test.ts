/** User accounts: their own rules, their passwords, and what an import may do to the account that runs it. */
import { assert, assertEquals, assertFalse } from "@std/assert";
import { type Loading, preparedWorld } from "../helpers/loading.ts";
import { assertExit, describeRun } from "../helpers/scratch.ts";

const withUsers = preparedWorld(async ({ load }) => {
  await load("UserLocal", "login,password,profile_list\nann,Secret_1,profileid:3\nbob,Secret_2,profileid:1\n");
});

async function users({ load }: Loading, csv: string, params = {}): Promise<readonly string[]> {
  return (await load("UserLocal", csv, { reconciliationkeys: "login", ...params })).rows;
}

/** Whether somebody may log in. */
async function mayLogIn({ print }: Loading, login: string, password: string): Promise<boolean> {
  const run = await print("UserLocal", "login\nann\n", { auth_user: login, auth_pwd: password, simulate: "1" });
  assert(run.exitCode === 0 || run.exitCode === 77, describeRun(run));
  // Who may log in but not load users is told so.
  return !run.stderr.includes("wrong credentials");
}

Deno.test("a new user needs a login, a password and a profile", () =>
  withUsers(async (loading) => {
    const profile = "At least one profile must be assigned to this user.";
    assertEquals(await users(loading, "login,profile_list\ncid,profileid:1\n"), [
      "rejected: Unexpected value for attribute 'Password' (password) : Null not allowed",
    ]);
    assertEquals(await users(loading, "login,password\ncid,x\n"), [`rejected: ${profile}`]);
    const csv = "login,password,profile_list\ncid,x,\ncid,,profileid:1\ncid,<NULL>,profileid:1\n,x,profileid:1\n";
    const noPassword = "Unexpected value for attribute 'password': Null not allowed";
    assertEquals(await users(loading, csv), [
      `rejected: ${profile}`,
      `rejected: Unexpected attribute value(s) | password: '' is an invalid value. ${noPassword}`,
      `rejected: Unexpected attribute value(s) | password: Invalid value for attribute. ${noPassword}`,
      "rejected: Unexpected attribute value(s) | login: '' is an invalid value. Unexpected value for attribute 'login': Null not allowed",
    ]);
    assertEquals(loading.objects("UserLocal", "login"), ["admin", "ann", "bob"]);
  }));

Deno.test("a user keeps at least one profile", () =>
  withUsers(async (loading) => {
    assertEquals(await users(loading, "login,profile_list\nann,\nann,profileid:2\n"), [
      "rejected UserLocal 2: At least one profile must be assigned to this user.",
      `updated UserLocal 2 profile_list="'profileid:3'"->"'profileid:2'"`,
    ]);
  }));

Deno.test("a login is taken without regard to case, but its owner may spell it anew", () =>
  withUsers(async (loading) => {
    const params = { reconciliationkeys: "id" };
    assertEquals(await users(loading, "id,login\n2,BOB\n2,ANN\n", params), [
      'rejected UserLocal 2: Login must be unique - "BOB" is already being used. (UserLocal::3)',
      'updated UserLocal 2 login="ann"->"ANN"',
    ]);
  }));

Deno.test("the same password again, an empty cell and <NULL> leave the password alone", () =>
  withUsers(async (loading) => {
    const before = loading.query("SELECT password FROM user");
    const csv = "login,password\nann,Secret_1\nann,\nann,<NULL>\n";
    assertEquals(await users(loading, csv), [
      "unchanged UserLocal 2",
      "unchanged UserLocal 2",
      "unchanged UserLocal 2",
    ]);
    assertEquals(loading.query("SELECT password FROM user"), before);
    assert(await mayLogIn(loading, "ann", "Secret_1"));
  }));

Deno.test("another password is a change without values, and works from the next run on", () =>
  withUsers(async (loading) => {
    assertEquals(await users(loading, "login,password\nann,Secret_9\nann,Secret_9\n"), [
      "updated UserLocal 2 password=null->null",
      "unchanged UserLocal 2",
    ]);
    assertFalse(await mayLogIn(loading, "ann", "Secret_1"));
    assert(await mayLogIn(loading, "ann", "Secret_9"));
    const everything = loading.everything().join("\n");
    assertFalse(/Secret_/.test(everything), "a password is stored in clear");
    const logged = "SELECT attribute, old_value, new_value FROM change_op WHERE attribute = 'password'";
    assertEquals(loading.query(logged), ["password - -"]);
  }));

Deno.test("a row in error changes no password", () =>
  withUsers(async (loading) => {
    await users(loading, "login,password,status\nann,Secret_9,wrong\n");
    assert(await mayLogIn(loading, "ann", "Secret_1"));
  }));

Deno.test("a disabled user may not log in until enabled again", () =>
  withUsers(async (loading) => {
    await users(loading, "login,status\nann,disabled\n");
    assertFalse(await mayLogIn(loading, "ann", "Secret_1"));
    await users(loading, "login,status\nann,enabled\n");
    assert(await mayLogIn(loading, "ann", "Secret_1"));
  }));

Deno.test("nobody changes the status of their own account", () =>
  withUsers(async (loading) => {
    const bob = { auth_user: "bob", auth_pwd: "Secret_2" };
    assertEquals(
      await users(loading, "login,status,language\nbob,disabled,FR FR\nbob,enabled,FR FR\nann,disabled,EN US\n", bob),
      [
        "rejected UserLocal 3: Changing status is not allowed for your own User",
        'updated UserLocal 3 language="EN US"->"FR FR"',
        'updated UserLocal 2 status="enabled"->"disabled"',
      ],
    );
  }));

Deno.test("nobody gives up their own right to load users, but may change their other profiles", () =>
  withUsers(async (loading) => {
    const bob = { auth_user: "bob", auth_pwd: "Secret_2" };
    const csv =
      "login,profile_list\nbob,profileid:3\nbob,profileid:1|profileid:2\nbob,profileid:1|profileid:3\nann,profileid:2\n";
    const rows = await users(loading, csv, bob);
    assertEquals(rows.map((row) => row.replace(/: .*/, "").replace(/=.*/, "")), [
      "rejected UserLocal 3",
      "rejected UserLocal 3",
      "updated UserLocal 3 profile_list",
      "updated UserLocal 2 profile_list",
    ]);
    assertEquals(loading.query("SELECT profileid FROM urp_userprofile WHERE userid = 3 ORDER BY profileid"), [
      "1",
      "3",
    ]);
  }));

Deno.test("the rules hold when accounts are loaded through a parent class", () =>
  withUsers(async ({ load }) => {
    assertEquals(
      (await load(
        "User",
        "login,profile_list,status\nadmin,profileid:1,disabled\nann,,enabled\nzoe,profileid:1,enabled\n",
        {
          reconciliationkeys: "login",
        },
      )).rows,
      [
        "rejected UserLocal 1: Changing status is not allowed for your own User",
        "rejected UserLocal 2: At least one profile must be assigned to this user.",
        "rejected: User is abstract: no object of it can be created",
      ],
    );
  }));

Deno.test("a case log gets entries, the newest first, and an empty cell adds none", () =>
  withUsers(async ({ load, query, database, scratch }) => {
    const csv = "login,log\nann,first\nann,\nann,first\nann,second\nbob,\n";
    const file = scratch.write("log.csv", csv);
    const now = new Date("2024-02-29T12:00:00Z");
    const args = [
      "--class=UserLocal",
      `--csvfile=${file}`,
      "--no_localize=1",
      `--db=${database}`,
      "--reconciliationkeys=login",
      "--twins=last",
    ];
    const run = await scratch.run([...args, "--auth_user=admin", "--auth_pwd=admin", "--output=details"], { now });
    assertExit(run, 0);
    assertEquals(run.stdout.split("\n").slice(-6, -1), [
      '0;updated 1 cols;UserLocal;2;"ann";"first"',
      '1;unchanged;UserLocal;2;"ann";""',
      '2;unchanged;UserLocal;2;"ann";"first"',
      '3;updated 1 cols;UserLocal;2;"ann";"second"',
      '4;unchanged;UserLocal;3;"bob";""',
    ]);
    const entry = (text: string) => `==== 2024-02-29 12:00:00 UTC, admin, ${text.length} ====\n${text}\n`;
    assertEquals(query("SELECT log FROM user WHERE id = 2"), [entry("second") + entry("first")]);
    assertEquals((await load("UserLocal", "login,password,profile_list,log\nnew,x,profileid:1,hello\n")).rows, [
      "created UserLocal 4",
    ]);
  }));
