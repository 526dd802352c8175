/** A password is never shown, whatever is asked for and whatever goes wrong, and stands nowhere in the database in clear. */
import { assert, assertEquals } from "@std/assert";
import { runProcess } from "../helpers/program_process.ts";
import { describeRun, withScratch } from "../helpers/scratch.ts";

const SECRET = "Tr0ub4dor";
const OTHER_SECRET = "c0rrect-h0rse";
const LOGIN = ["--db=cmdb.db", "--auth_user=admin", `--auth_pwd=${SECRET}`];
const USERS = ["--class=UserLocal", "--csvfile=users.csv"];

/** Every way in which a secret could come out. */
const RUNS: readonly (readonly [string, readonly string[]])[] = [
  ["summary", [...LOGIN, ...USERS]],
  ["details, unchanged", [...LOGIN, ...USERS, "--output=details"]],
  ["json, updated", [...LOGIN, "--class=UserLocal", "--csvfile=changed.csv", "--output=json"]],
  ["details, simulated", [...LOGIN, ...USERS, "--output=details", "--simulate=1"]],
  ["rows in error", [...LOGIN, "--class=UserLocal", "--csvfile=wrong.csv", "--output=details"]],
  ["rows in error, as json", [...LOGIN, "--class=UserLocal", "--csvfile=wrong.csv", "--output=json"]],
  ["the password as a key", [...LOGIN, ...USERS, "--reconciliationkeys=Password"]],
  ["a wrong parameter beside it", [...LOGIN, ...USERS, "--separator=ab"]],
  ["a name spelt wrong", ["--db=cmdb.db", "--auth_user=admin", `--auth_pwdd=${SECRET}`, ...USERS]],
  ["a single hyphen", ["--db=cmdb.db", "--auth_user=admin", `-auth_pwd=${SECRET}`, ...USERS]],
  ["two words", ["--db=cmdb.db", "--auth_user=admin", "--auth_pwd", "x", SECRET, ...USERS]],
  ["a wrong login", ["--db=cmdb.db", "--auth_user=nobody", `--auth_pwd=${SECRET}`, ...USERS]],
  ["a param file", ["--param_file=good.params", ...USERS]],
  ["a param file with mistakes", ["--param_file=bad.params", ...USERS]],
  ["a password where the database is named", ["--param_file=good.params", "--db=no.db", ...USERS]],
];

Deno.test("no output and no file shows a password", (test) =>
  withScratch(async ({ folder, path, write }) => {
    write("good.params", `db = cmdb.db\nauth_user = admin\nauth_pwd = "${SECRET}"\n`);
    write("bad.params", `db = cmdb.db\nauth_pwd "${SECRET}"\nauth_pvd = ${SECRET}\nauth_pwd = "${SECRET}\n`);
    write("users.csv", `Login,Password,Profiles\nloader,${OTHER_SECRET},profileid->name:Configuration Manager\n`);
    write("changed.csv", `Login,Password\nloader,${OTHER_SECRET}!\n`);
    write(
      "wrong.csv",
      `Login,Password,Language\nloader,${OTHER_SECRET},XX\nnew,${OTHER_SECRET},EN US\n,${OTHER_SECRET},EN US,x\n`,
    );
    const init = ["init", "--db=cmdb.db", "--admin_user=admin", `--admin_pwd=${SECRET}`];
    for (const [what, args] of [["init", init], ...RUNS] as const) {
      await test.step(what, async () => {
        const run = await runProcess(args, { folder });
        const shown = run.stdout + run.stderr;
        assertEquals([shown.includes(SECRET), shown.includes(OTHER_SECRET)], [false, false], describeRun(run));
      });
    }
    const stored = ["cmdb.db", "cmdb.db-wal"].map((name) => bytesOf(path(name))).join("");
    assert(stored.includes("loader"));
    assertEquals([stored.includes(SECRET), stored.includes(OTHER_SECRET)], [false, false]);
  }));

/** A file as text of one character a byte; empty when it is not there. */
function bytesOf(path: string): string {
  try {
    return new TextDecoder("latin1").decode(Deno.readFileSync(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
