/** A job checks a password once, however many imports have it; what may have changed between them counts all the same. */
import { checksOf } from "../helpers/password_checks.ts";
import { assertEquals } from "@std/assert";
import { describeRun } from "../helpers/scratch.ts";
import { ACCESS, organizations, withJobs } from "./job_world.ts";

function importBy(login: string, password: string, name: string, modelClass: string, csv: string) {
  return {
    [`${name}.params`]: `class = ${modelClass}\ncsvfile = ${name}.csv\nauth_user = ${login}\nauth_pwd = ${password}\n` +
      `reconciliationkeys = ${csv.split(",")[0]}\n`,
    [`${name}.csv`]: csv,
  };
}

const MAN = importBy(
  "admin",
  "admin",
  "man",
  "UserLocal",
  "login,password,profile_list\nman,M4n-Passw0rd,profileid:3\n",
);
const WAYS = ["", "atomic = 1\n", "on_failure = continue\n", "simulate = 1\n"] as const;

for (const way of WAYS) {
  Deno.test(`seven imports with one login check its password once, with two logins twice: ${way.trim() || "plain"}`, () =>
    withJobs({
      ...MAN,
      ...organizations("a", "A"),
      ...importBy("man", "M4n-Passw0rd", "b", "Organization", "name,code\nB,B\n"),
      "before.job": `${ACCESS}import = man.params\n`,
      "one.job": `${ACCESS}${way}${"import = a.params\n".repeat(7)}`,
      "two.job": `${ACCESS}${way}${"import = a.params\nimport = b.params\n".repeat(3)}`,
    }, async ({ run }) => {
      assertEquals((await run("before.job")).exitCode, 0);
      for (const [job, checks] of [["one.job", 1], ["two.job", 2]] as const) {
        const found = await checksOf(async () => {
          const ended = await run(job);
          assertEquals(ended.exitCode, 0, describeRun(ended));
        });
        assertEquals(found, checks);
      }
    }));

  for (
    const [what, csv] of [
      ["disabled", "login,status\nman,disabled\n"],
      ["given another password", "login,password\nman,Fresh-Passw0rd\n"],
      ["given another login", "id,login\n2,woman\n"],
    ] as const
  ) {
    Deno.test(`an account that was good before and is ${what} meanwhile is refused: ${way.trim() || "plain"}`, () =>
      withJobs({
        ...MAN,
        ...importBy("man", "M4n-Passw0rd", "first", "Organization", "name,code\nFirst,F\n"),
        ...importBy("admin", "admin", "change", "UserLocal", csv),
        ...importBy("man", "M4n-Passw0rd", "again", "Organization", "name,code\nAgain,A\n"),
        "before.job": `${ACCESS}import = man.params\n`,
        "both.job": `${ACCESS}${way}import = first.params\nimport = change.params\nimport = again.params\n`,
      }, async ({ run, names, query }) => {
        assertEquals((await run("before.job")).exitCode, 0);
        const ended = await run("both.job");
        assertEquals(ended.exitCode, 77, describeRun(ended));
        assertEquals(names("Organization").includes("Again"), false);
        assertEquals(query("SELECT login, failures FROM login_failure"), ["man 1"]);
      }));
  }
}

Deno.test("another password of the same login is checked, and refused", () =>
  withJobs({
    ...organizations("a", "A"),
    ...importBy("admin", "Admin", "b", "Organization", "name,code\nB,B\n"),
    "nightly.job": `${ACCESS}import = a.params\nimport = b.params\n`,
  }, async ({ run, names }) => {
    assertEquals((await run("nightly.job")).exitCode, 77);
    assertEquals(names("Organization"), ["A"]);
  }));
