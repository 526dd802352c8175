/** Users and rights that one import of a job changes count for those behind it, and a simulation ends as the real job does. */
import { assert, assertEquals } from "@std/assert";
import { describeRun, type ProgramRun } from "../helpers/scratch.ts";
import { type JobWorld, summaryTable, withJobs } from "./job_world.ts";

const BEFORE = "login,password,profile_list\nman,M4n-Passw0rd,profileid:3\nroot,R00t-Passw0rd,profileid:1\n";

function importOf(name: string, modelClass: string, csv: string, login = "admin", password = "admin") {
  return {
    [`${name}.params`]: `class = ${modelClass}\ncsvfile = ${name}.csv\nauth_user = ${login}\nauth_pwd = ${password}\n`,
    [`${name}.csv`]: csv,
  };
}

const ORGANIZATION = "name,code\nNew,N\n";

/** What the first import does, its class and file; who runs the second one, and how that ends. */
const CASES: readonly (readonly [string, string, string, string, string, number])[] = [
  ["nothing to users", "Organization", "name,code\nA,A\n", "man", "M4n-Passw0rd", 0],
  [
    "make the login",
    "UserLocal",
    "login,password,profile_list\nnew,New-Passw0rd,profileid:3\n",
    "new",
    "New-Passw0rd",
    0,
  ],
  [
    "make it, with another password",
    "UserLocal",
    "login,password,profile_list\nnew,New-Passw0rd,profileid:3\n",
    "new",
    "Other",
    77,
  ],
  ["disable the login", "UserLocal", "login,status\nman,disabled\n", "man", "M4n-Passw0rd", 77],
  ["disable it through a parent class", "User", "login,status\nman,disabled\n", "man", "M4n-Passw0rd", 77],
  ["change its password", "UserLocal", "login,password\nman,Fresh-Passw0rd\n", "man", "M4n-Passw0rd", 77],
  [
    "change its password, which is used",
    "UserLocal",
    "login,password\nman,Fresh-Passw0rd\n",
    "man",
    "Fresh-Passw0rd",
    0,
  ],
  ["take the right", "URP_UserProfile", "id,profileid\n2,6\n", "man", "M4n-Passw0rd", 77],
  [
    "take the right from the profile's end",
    "URP_Profiles",
    "id,user_list\n6,userid:2\n3,\n",
    "man",
    "M4n-Passw0rd",
    77,
  ],
  ["something in error", "UserLocal", "login,status\nman,nonsense\n", "man", "M4n-Passw0rd", 1],
];

const SETTINGS = ["", "atomic = 1\n", "on_failure = continue\n"] as const;

async function prepare({ run }: JobWorld): Promise<void> {
  const ended = await run("before.job");
  assertEquals(ended.exitCode, 0, describeRun(ended));
}

/** What became of the imports. What an atomic job takes back, one that is simulated takes back too. */
function ends(run: ProgramRun): readonly unknown[] {
  return [run.exitCode, summaryTable(run)];
}

for (const [what, modelClass, csv, login, password, exitCode] of CASES) {
  for (const settings of SETTINGS) {
    Deno.test(`import 1 does ${what} of import 2, which ends with ${exitCode}: ${settings.trim() || "plain"}, simulated or not`, () =>
      withJobs({
        ...importOf("before", "UserLocal", BEFORE),
        ...importOf("first", modelClass, csv, "root", "R00t-Passw0rd"),
        ...importOf("second", "Organization", ORGANIZATION, login, password),
        ...importOf("third", "Organization", "name,code\nThird,T\n", "root", "R00t-Passw0rd"),
        "before.job": "db = cmdb.db\nno_localize = 1\nimport = before.params\n",
        "both.job": `db = cmdb.db\nno_localize = 1\n${settings}reconciliationkeys = ${csv.split(",")[0]}\n` +
          "import = first.params\nimport = second.params\nimport = third.params\n",
      }, async (world) => {
        // The keys of the first import are its first column; the others have names.
        for (const name of ["second", "third"]) {
          const params = world.scratch.path(`${name}.params`);
          Deno.writeTextFileSync(params, Deno.readTextFileSync(params) + "reconciliationkeys = name\n");
        }
        await prepare(world);
        const failures = () => world.query("SELECT login, failures FROM login_failure");
        const simulated = await world.run("both.job", "--simulate");
        const counted = failures();
        assertEquals(world.names("Organization"), []);
        const real = await world.run("both.job");
        assertEquals(ends(simulated), ends(real), describeRun(simulated));
        assertEquals(real.exitCode, exitCode, describeRun(real));
        const isWrong = exitCode === 77 && real.stdout.includes("wrong credentials");
        assertEquals(counted, isWrong ? [`${login} 1`] : []);
        assertEquals(failures(), isWrong ? [`${login} 2`] : []);
        const names = world.names("Organization");
        assertEquals(names.includes("New"), exitCode !== 77);
        assertEquals(names.includes("Third"), exitCode !== 77 || settings.startsWith("on_failure"));
      }));
  }
}

Deno.test("a wrong password behind an import of users is counted once for each of its imports, and slows down", () =>
  withJobs({
    ...importOf("users", "UserLocal", BEFORE),
    ...importOf("wrong", "Organization", ORGANIZATION, "man", "wrong"),
    "one.job": "db = cmdb.db\nno_localize = 1\non_failure = continue\nimport = users.params\n" +
      "import = wrong.params\n".repeat(6),
  }, async ({ run, query }) => {
    const simulated = await run("one.job", "--simulate");
    assertEquals(simulated.exitCode, 77);
    assert(simulated.stdout.includes("Too many failed logins in a row"), describeRun(simulated));
    assertEquals(query("SELECT login, failures FROM login_failure"), ["man 5"]);
  }));
