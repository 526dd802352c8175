/** Each `#Warning:` line counts in `#Warnings`, in JSON and in job summaries (SPEC 14). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertExit } from "../helpers/scratch.ts";
import { summaryTable, withJobs } from "../jobs/job_world.ts";

/** The mark says UTF-8, the parameter says otherwise: a warning. */
const MARKED = "\ufeffname,code\nA,1\n";
const OTHER_CHARSET = { charset: "WINDOWS-1252" };
/** Two columns of the class bear the label, and it is among the keys: two warnings. */
const AMBIGUOUS = "Profile,User\nAdministrator,admin\n";

function warningLines(text: string): string[] {
  return lines(text).filter((line) => line.startsWith("#Warning: "));
}

Deno.test("the warnings that a report prints are counted in it, and the exit code does not tell of them", () =>
  withWorld(async ({ print }) => {
    for (const output of ["summary", "details"]) {
      const run = await print("Organization", MARKED, { ...OTHER_CHARSET, output });
      assertExit(run, 0);
      assertEquals(warningLines(run.stdout).length, 1);
      assertStringIncludes(run.stdout, "\n#Warnings: 1\n");
    }
    const without = await print("Organization", "name,code\nA,1\n", { output: "summary" });
    assertEquals(warningLines(without.stdout), []);
    assertStringIncludes(without.stdout, "\n#Warnings: 0\n");
    assertEquals(without.stderr, "");
  }));

Deno.test("warnings about columns count as well", () =>
  withWorld(async ({ print }) => {
    const params = { no_localize: "0", simulate: "1", reconciliationkeys: "Profile,User" };
    const run = await print("URP_UserProfile", AMBIGUOUS, params);
    assertEquals(warningLines(run.stdout).length, 2);
    assertStringIncludes(run.stdout, "\n#Warnings: 2\n");
  }));

Deno.test("in JSON the number of warnings is that of the sentences", () =>
  withWorld(async ({ print, load }) => {
    const { run, warnings } = await load("Organization", MARKED, OTHER_CHARSET);
    const end = JSON.parse(lines(run.stdout).at(-1) ?? "");
    assertEquals([warnings.length, end.counts.warnings], [1, 1]);
    const none = await print("Organization", "name,code\nA,1\n", { output: "json" });
    assertEquals(JSON.parse(lines(none.stdout).at(-1) ?? "").counts.warnings, 0);
  }));

Deno.test("standard error tells warnings that no person has read on standard output", () =>
  withWorld(async ({ scratch, database, print }) => {
    const piped = await print("Organization", MARKED, { ...OTHER_CHARSET, output: "retcode" });
    assertEquals(piped.stdout.trim(), "0");
    assertStringIncludes(piped.stderr, "csvrecon: Warning: The input begins with a byte order mark of UTF-8");
    const args = Object.entries({ db: database, auth_user: "admin", auth_pwd: "admin", class: "Organization" });
    const own = [...args, ["no_localize", "1"], ["csvfile", "own.csv"], ["charset", "WINDOWS-1252"]]
      .map(([name, value]) => `--${name}=${value}`);
    const seen = await scratch.run(own, { isTerminal: true });
    assertEquals([seen.exitCode, seen.stderr.includes("Warning")], [0, false]);
    assertEquals(warningLines(seen.stdout).length, 1);
    const number = await scratch.run([...own, "--output=retcode"], { isTerminal: true });
    assertStringIncludes(number.stderr, "csvrecon: Warning: ");
  }));

const JOB = {
  "a.params": "class = Organization\ncsvfile = a.csv\ncharset = WINDOWS-1252\n",
  "a.csv": MARKED,
  "b.params": "class = Organization\ncsvfile = b.csv\n",
  "b.csv": "name,code\nB,2\n",
  "nightly.job": "db = cmdb.db\nauth_user = admin\nauth_pwd = admin\nno_localize = 1\nreports = none\n" +
    "import = a.params\nimport = b.params\n",
};

Deno.test("the summary of a job lists and counts the warnings of its imports, also where it prints no report", () =>
  withJobs(JOB, async ({ run }) => {
    const job = await run("nightly.job");
    assertExit(job, 0);
    const told = warningLines(job.stdout);
    assertEquals(told.map((line) => line.split(": ")[1]), ["a.params"]);
    assertEquals(summaryTable(job), [
      "a.params Organization 1 0 0 0 1 = 0",
      "b.params Organization 1 0 0 0 0 = 0",
      "Total 2 0 0 0 1 = 0",
    ]);
    assertStringIncludes(job.stderr, "csvrecon: job nightly, a.params: Warning: The input begins");
    const json = JSON.parse(lines((await run("nightly.job", "--output=json")).stdout).at(-1) ?? "");
    assertEquals(json.imports.map((one: { warnings: string[] }) => one.warnings.length), [1, 0]);
    assertEquals(json.counts.warnings, 1);
    const number = await run("nightly.job", "--output=retcode");
    assertStringIncludes(number.stderr, "a.params: Warning: ");
  }));

Deno.test("the warnings of an import that was taken back are not told", () =>
  withJobs({ ...JOB, "b.csv": 'name,code\n"B' }, async ({ run }) => {
    const job = await run("nightly.job", "--atomic=1");
    assertExit(job, 65);
    assertEquals(warningLines(job.stdout), []);
    assertEquals(summaryTable(job).at(-1), "Total 0 0 0 0 0 = 65");
  }));
