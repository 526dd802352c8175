/** docs/active_directory.md at the size of a company: its files as they lie in fixtures/, with 20,000 made-up accounts. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { copyFixtures } from "../helpers/fixtures.ts";
import { assertExit, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import {
  type Account,
  accountsOf,
  distinguishedName,
  exportedPersons,
  isEnabled,
  without,
} from "./directory_export.ts";

const LOGIN = ["--auth_user=admin", "--auth_pwd_file=admin.pwd", "--db=staff.db"];

/** The files of the recipe in a folder, with its database and the departments in it. */
async function prepare(scratch: Scratch): Promise<void> {
  copyFixtures(scratch, "recipes", "active_directory");
  const admin = ["--admin_user=admin", "--admin_pwd_file=admin.pwd"];
  assertExit(await scratch.run(["init", "--db=staff.db", "--model=staff.jsonc", ...admin]), 0);
  assertExit(await scratch.run(["--param_file=departments.params", ...LOGIN]), 0);
}

/** One run of one command: the file of these accounts, by the recipe's parameters. */
async function night({ write, run }: Scratch, accounts: readonly Account[]): Promise<ProgramRun> {
  write("persons.csv", exportedPersons(accounts));
  return await run(["--param_file=persons.params", ...LOGIN]);
}

/** The counts at the end of a report. */
function counts({ stdout }: ProgramRun): Record<string, number> {
  const told = stdout.matchAll(/^#(Issues|Warnings|Created|Updated|Unchanged|Gone): (\d+)$/gm);
  return Object.fromEntries([...told].map(([, name = "", count]) => [name, Number(count)]));
}

/** A line for each person, by login: who they are, their status and department, and the login of their manager. */
function persons({ path }: Scratch): string[] {
  const database = new DatabaseSync(path("staff.db"), { readOnly: true });
  const rows = database.prepare(
    `SELECT p.login || ' ' || p.display_name || ' ' || p.email || ' ' || p.status || ' ' || d.name || ' ' ||
       p.account_created || ' ' || coalesce(m.login, '-') AS line
     FROM view_Person p JOIN view_Department d ON d.id = p.department_id LEFT JOIN view_Person m ON m.id = p.manager_id
     ORDER BY p.login`,
  ).all();
  database.close();
  return rows.map(({ line }) => String(line));
}

/** What `persons` must say. */
function expected(accounts: readonly Account[], isActive: (account: Account) => boolean): string[] {
  const logins = new Map(accounts.map((account) => [distinguishedName(account), account.login]));
  return accounts.map((account) => {
    const { login, firstName, lastName, unit, created, manager } = account;
    const [day, month, year, time] = created.split(/[. ]/);
    const status = isActive(account) ? "active" : "inactive";
    const boss = manager === null ? "-" : logins.get(manager);
    const person = `${login} ${lastName}, ${firstName} ${login}@corp.example ${status} ${unit}`;
    return `${person} ${year}-${month}-${day} ${time} ${boss}`;
  }).sort();
}

const QUIET = { Issues: 0, Warnings: 0, Created: 0, Updated: 0, Gone: 0 };

Deno.test("20,000 accounts with managers anywhere: loaded, unchanged, a hundred leave and return, 6 % are too many", (test) =>
  withScratch(async (scratch) => {
    await prepare(scratch);
    const everybody = accountsOf(20_000, 14);
    const leavers = everybody.slice(5_000, 5_100);
    const left = new Set(leavers);
    const staying = without(everybody, leavers);
    const orphans = staying.filter((account) => account.manager === null).length - 1;

    await test.step("all are loaded in one run", async () => {
      const run = await night(scratch, everybody);
      assertExit(run, 0);
      assertEquals(counts(run), { ...QUIET, Created: 20_000, Unchanged: 0 });
      assertEquals(persons(scratch), expected(everybody, isEnabled));
    });

    await test.step("the second run changes nothing", async () => {
      const before = everythingStored(scratch.path("staff.db"));
      const run = await night(scratch, everybody);
      assertExit(run, 0);
      assertEquals(counts(run), { ...QUIET, Unchanged: 20_000 });
      assertEquals(everythingStored(scratch.path("staff.db")), before);
    });

    await test.step("6 % leavers are stopped, and nothing is written", async () => {
      const before = everythingStored(scratch.path("staff.db"));
      const run = await night(scratch, without(everybody, everybody.slice(0, 1_200)));
      assertExit(run, 2);
      assertStringIncludes(run.stderr, "1200 of the 20000 objects of the feed are gone, and gone_limit=5% allows 1000");
      assertEquals(everythingStored(scratch.path("staff.db")), before);
    });

    await test.step("a hundred leavers become inactive", async () => {
      const run = await night(scratch, staying);
      assertExit(run, 0);
      assertEquals(counts(run), { ...QUIET, Updated: orphans, Unchanged: 19_900 - orphans, Gone: 100 });
      const now = [...staying, ...leavers];
      assertEquals(persons(scratch), expected(now, (account) => isEnabled(account) && !left.has(account)));
    });

    await test.step("they are as before when they return", async () => {
      const run = await night(scratch, everybody);
      assertExit(run, 0);
      assertEquals({ ...counts(run), Updated: 0, Unchanged: 0 }, { ...QUIET, Unchanged: 0 });
      assertEquals(persons(scratch), expected(everybody, isEnabled));
    });
  }));
