/** Guessing passwords is slowed down across processes, side by side too, and whatever the spelling of the login. */
import { assert, assertEquals } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { runProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, withScratch } from "../helpers/scratch.ts";

const PASSWORD = "B4ck-off-password";

Deno.test("failed logins of several processes count together, and keep the right password out for a while", () =>
  withScratch(async ({ folder, path, write }) => {
    write("rows.csv", "Name,Code\nA,a\n");
    assertExit(await runProcess(["init", "--db=x.db", "--admin_user=admin", `--admin_pwd=${PASSWORD}`], { folder }), 0);
    const logIn = (login: string, password: string) =>
      runProcess(
        ["--db=x.db", `--auth_user=${login}`, `--auth_pwd=${password}`, "--class=Organization", "--csvfile=rows.csv"],
        { folder },
      );
    const failed = await Promise.all(["admin", "ADMIN", "Admin"].map((login) => logIn(login, "not-this-one")));
    for (const login of ["admin", "aDmin"]) failed.push(await logIn(login, "not-this-one"));
    assertEquals(failed.map((run) => run.exitCode), [77, 77, 77, 77, 77]);
    const database = new DatabaseSync(path("x.db"));
    const counted = () => database.prepare("SELECT login, failures, blocked_until FROM login_failure").all();
    assertEquals(counted().map((row) => [row["login"], row["failures"]]), [["admin", 5]]);
    assert(Number(counted()[0]?.["blocked_until"]) > 0);
    const blockUntil = (time: number) => database.prepare("UPDATE login_failure SET blocked_until = ?").run(time);
    // As long as a slow machine may need.
    blockUntil(Date.now() + 50_000);
    const refused = await logIn("admin", PASSWORD);
    assertExit(refused, 77);
    assert(/Too many failed logins in a row: try again in \d+ s/.test(refused.stderr), describeRun(refused));
    blockUntil(Date.now() - 1);
    assertExit(await logIn("admin", PASSWORD), 0);
    assertEquals(counted(), []);
    database.close();
  }));
