/** `csvrecon passwd` (SPEC 15): a new password, for who may write the database's file. */
import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { type Loading, withWorld } from "../helpers/loading.ts";
import { assertExit, type ProgramRun, type RunOptions } from "../helpers/scratch.ts";

const NEW = "N3w-passw0rd";

function passwd(loading: Loading, args: readonly string[], options: RunOptions = {}): Promise<ProgramRun> {
  return loading.scratch.run(["passwd", `--db=${loading.database}`, ...args], options);
}

async function mayLogIn(loading: Loading, login: string, password: string): Promise<boolean> {
  const run = await loading.print("Brand", "name\nA\n", { auth_user: login, auth_pwd: password, simulate: "1" });
  return run.exitCode === 0;
}

const WAYS: readonly (readonly [string, readonly string[], RunOptions])[] = [
  ["one line of standard input", [], { stdin: `${NEW}\n` }],
  ["a line without an end", [], { stdin: NEW }],
  ["two lines", [], { stdin: `${NEW}\r\n${NEW}\r\n` }],
  ["a terminal", [], { typed: [NEW, NEW] }],
  ["a file", ["--new_pwd_file=new.pwd"], {}],
];

for (const [way, args, options] of WAYS) {
  Deno.test(`a new password from ${way}`, () =>
    withWorld(async (loading) => {
      loading.scratch.write("new.pwd", `${NEW}\nanything else\n`);
      const run = await passwd(loading, ["--user=ADMIN", ...args], options);
      assertExit(run, 0);
      assertEquals([run.stdout, run.stderr], ["The password of 'admin' is changed.\n", ""]);
      assertEquals([await mayLogIn(loading, "admin", NEW), await mayLogIn(loading, "admin", "admin")], [true, false]);
      const again = await passwd(loading, ["--user=admin"], { stdin: NEW });
      assertEquals(again.stdout, "The password of 'admin' is that already: nothing was changed.\n");
    }));
}

Deno.test("the change log says that it was changed, and no value", () =>
  withWorld(async (loading) => {
    assertExit(await passwd(loading, ["--user=admin"], { stdin: NEW, now: new Date("2024-02-29T12:00:00Z") }), 0);
    const [change = ""] = loading.query("SELECT id FROM change ORDER BY id DESC LIMIT 1");
    assertEquals(
      loading.query(
        "SELECT date, user, origin, input_name, created, updated, unchanged, in_error FROM change ORDER BY id DESC LIMIT 1",
      ),
      [
        "2024-02-29T12:00:00.000Z csvrecon passwd csvrecon passwd - 0 1 0 0",
      ],
    );
    assertEquals(
      loading.query(`SELECT class, operation, attribute, old_value, new_value FROM change_op WHERE change = ${change}`),
      [
        "UserLocal update password - -",
      ],
    );
  }));

Deno.test("failed logins of the user are forgotten, those of others are not", () =>
  withWorld(async (loading) => {
    const wrong = { auth_user: "admin", auth_pwd: "not-this-one" };
    for (let count = 0; count < 6; count++) await loading.print("Brand", "name\nA\n", wrong);
    await loading.print("Brand", "name\nA\n", { ...wrong, auth_user: "somebody" });
    assertEquals(await mayLogIn(loading, "admin", "admin"), false);
    assertExit(await passwd(loading, ["--user=admin"], { stdin: NEW }), 0);
    assertEquals(await mayLogIn(loading, "admin", NEW), true);
    assertEquals(loading.query("SELECT login FROM login_failure"), ["somebody"]);
  }));

const REFUSED: readonly (readonly [string, readonly string[], RunOptions, number, string])[] = [
  ["nothing on standard input", ["--user=admin"], {}, 64, "#No password was given"],
  ["an empty line", ["--user=admin"], { stdin: "\nsecond\n" }, 64, "#No password was given"],
  ["the end of a terminal", ["--user=admin"], { typed: [] }, 64, "#No password was given"],
  [
    "two that differ",
    ["--user=admin"],
    { stdin: "Fir5t-one\nSec0nd-one\n" },
    64,
    "#The two passwords are not the same",
  ],
  [
    "two typed that differ",
    ["--user=admin"],
    { typed: ["Fir5t-one", "Sec0nd-one"] },
    64,
    "#The two passwords are not the same",
  ],
  ["a long one", ["--user=admin"], { stdin: "x".repeat(1025) }, 64, "it has 1025 characters, expected at most 1024"],
  ["an endless one", ["--user=admin"], { stdin: "x".repeat(1_000_000) }, 64, "characters, expected at most 1024"],
  ["NUL", ["--user=admin"], { stdin: "Wi7h\0nul" }, 64, "it holds the character NUL"],
  ["no UTF-8", ["--user=admin"], { stdin: new Uint8Array([0x61, 0xff, 0x0a]) }, 64, "it is no UTF-8"],
  ["an unknown login", ["--user=admn"], { stdin: NEW }, 64, "#Unknown login: 'admn'"],
  ["no login", [], { stdin: NEW }, 64, "Missing argument 'user'"],
  ["an empty login", ["--user="], { stdin: NEW }, 64, "#Parameter user is empty"],
  ["a file that is not there", ["--user=admin", "--new_pwd_file=nowhere"], {}, 66, "nowhere"],
];

for (const [what, args, options, exitCode, text] of REFUSED) {
  Deno.test(`refused, and nothing is changed: ${what}`, () =>
    withWorld(async (loading) => {
      const before = loading.everything();
      const run = await passwd(loading, args, options);
      assertExit(run, exitCode);
      assertStringIncludes(run.stderr, text.replace(/^#/, ""));
      assertEquals(loading.everything(), before);
    }));
}

Deno.test("an unknown login is told with the nearest one", () =>
  withWorld(async (loading) => {
    const run = await passwd(loading, ["--user=admn"], { stdin: NEW });
    assertStringIncludes(run.stderr, "Did you mean 'admin'?");
  }));

for (
  const typed of [["--password=Typ3d-secret"], ["--auth_pwd=Typ3d-secret"], ["--new_pwd", "Typ3d-secret"], [
    "Typ3d-secret",
  ], [
    "--admin-pwd=Typ3d-secret",
  ]]
) {
  Deno.test(`a password on the command line is refused and not repeated: ${typed[0]?.replace(/Typ3d.*/, "…")}`, () =>
    withWorld(async (loading) => {
      const run = await passwd(loading, ["--user=admin", ...typed], { stdin: NEW });
      assertExit(run, 64);
      assertStringIncludes(run.stderr, "A password is never taken from the command line");
      assertFalse((run.stdout + run.stderr).includes("Typ3d"));
    }));
}

Deno.test("another writer: 75 after the time to wait; a user who may not log in is told so", () =>
  withWorld(async (loading) => {
    const other = new DatabaseSync(loading.database);
    other.exec("BEGIN IMMEDIATE");
    assertExit(await passwd(loading, ["--user=admin", "--busy_timeout=0"], { stdin: NEW }), 75);
    other.exec("ROLLBACK");
    other.exec("UPDATE user SET status = 'disabled' WHERE login = 'admin'");
    other.close();
    const run = await passwd(loading, ["--user=admin"], { stdin: NEW });
    assertStringIncludes(run.stdout, "(The user is not enabled, and may not log in.)");
  }));

Deno.test("composed and decomposed accents are one password", () =>
  withWorld(async (loading) => {
    assertExit(await passwd(loading, ["--user=admin"], { stdin: "e\u0301t\u00e9-2024" }), 0);
    assertEquals(await mayLogIn(loading, "admin", "\u00e9te\u0301-2024"), true);
  }));

Deno.test("--user of other commands still means their own login", () =>
  withWorld(async (loading) => {
    const run = await loading.scratch.run(["--user=admin", "--class=Brand", "--csvfile=x.csv"]);
    assertStringIncludes(run.stdout, "#Unknown parameter: '--user'");
    assertStringIncludes(run.stderr, "auth_user");
  }));
