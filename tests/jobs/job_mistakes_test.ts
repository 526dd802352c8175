import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertExit, describeRun } from "../helpers/scratch.ts";
import { writeNewDatabase } from "../helpers/new_database.ts";
import { ACCESS, organizations, withJobs } from "./job_world.ts";

function lines(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

Deno.test("all mistakes in all files are told before the first import starts, with file and line", () =>
  withJobs({
    ...organizations("a", "A"),
    "charset.params": "class = Organization\ncsvfile = a.csv\ncharset = KLINGON-8\nclas = Person\nno equals sign\n",
    "class.params": "# the class is wrong\nclass = Organisation\ncsvfile = a.csv\n",
    "bare.params": "output = details\n",
    "one.job": `${ACCESS}import = a.params\nimport = charset.params\non_failure = perhaps\nimport = class.params\n`,
    "two.job": `${ACCESS}separator = long\nimport = bare.params\nimport = a.params\nimport = gone.params\natomik = 1\n`,
    "three.job": `${ACCESS}`,
  }, async ({ run, names, files }) => {
    const ended = await run("one.job", "two.job", "three.job", "four.job");
    assertExit(ended, 64);
    assertEquals(lines(ended.stdout), [
      "#Wrong on_failure 'perhaps': expected one of stop, continue",
      "#Unknown parameter in 'charset.params', line 4: 'clas'. Did you mean 'class'?",
      "#Wrong line in 'charset.params', line 5: expected name = value",
      "#Unknown charset: 'KLINGON-8'. Known charsets: UTF-8, ISO-8859-1, WINDOWS-1251, WINDOWS-1252, ISO-8859-15",
      "#Unknown parameter in 'two.job', line 9: 'atomik'. Did you mean 'atomic'?",
      "Error: Could not find the parameter file: 'gone.params'",
      "#Parameter csvfile is missing in 'bare.params'",
      "#Parameter class is missing in 'bare.params'",
      "#Wrong separator 'long': expected one character, tab, or several characters that are no word",
      "#No import in 'three.job'",
      "Error: Could not find the job file: 'four.job'",
    ]);
    for (
      const place of [
        "It stands in 'one.job', line 7",
        "It stands in 'charset.params', line 3",
        "It stands in 'two.job', line 8",
        "It stands in 'two.job', line 5",
        "For all imports it may stand in 'two.job'",
      ]
    ) assertStringIncludes(ended.stderr, place, describeRun(ended));
    assertEquals(names("Organization"), []);
    assertEquals(files().filter((name) => name.startsWith("cmdb.db.")), []);
  }));

Deno.test("an unknown class is a mistake in its file", () =>
  withJobs({
    ...organizations("a", "A"),
    "class.params": "# the class is wrong\nclass = Organisation\ncsvfile = a.csv\n",
    "nightly.job": `${ACCESS}import = a.params\nimport = class.params\nimport = gone.params\n`,
  }, async ({ run, names }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 64);
    assertEquals(lines(ended.stdout), [
      "Error: Could not find the parameter file: 'gone.params'",
      "#Unknown class: 'Organisation'",
    ]);
    assertStringIncludes(ended.stderr, "  It stands in 'class.params', line 2. Did you mean Organization?");
    assertEquals(names("Organization"), []);
  }));

Deno.test("when nothing but files are missing the code is 66", () =>
  withJobs({
    ...organizations("a", "A"),
    "empty.d/readme.txt": "",
    "nightly.job": `${ACCESS}import = a.params\nimport = gone.params\nimport = empty.d\n`,
    "password.job": "auth_user = admin\nauth_pwd_file = gone.pwd\ndb = cmdb.db\nimport = a.params\nimport = a.params\n",
  }, async ({ run, names }) => {
    const ended = await run("nightly.job", "gone.job", "empty.d", "password.job");
    assertExit(ended, 66);
    assertEquals(lines(ended.stdout), [
      "Error: Could not find the parameter file: 'gone.params'",
      "Error: No parameter file is in the folder 'empty.d'",
      "Error: Could not find the job file: 'gone.job'",
      "Error: Could not read the job file: 'empty.d'",
      "Error: Could not read the file of auth_pwd_file: 'gone.pwd'",
    ]);
    assertStringIncludes(
      ended.stderr,
      "It stands in 'nightly.job', line 6. Its name is relative to the folder of the job file",
    );
    assertEquals(names("Organization"), []);
  }));

const TOGETHER: readonly (readonly [what: string, job: string, args: readonly string[], message: string])[] = [
  [
    "an atomic job that goes on after failures",
    "atomic = 1\non_failure = continue\nimport = a.params\n",
    [],
    "#Job nightly cannot be atomic and go on after a failure: 'nightly.job'",
  ],
  [
    "an atomic job with several databases",
    "atomic = 1\nimport = a.params\nimport = other.params\n",
    [],
    "#Job nightly cannot be one transaction: its imports name several databases: 'cmdb.db', 'other.db'",
  ],
  [
    "a simulated job with several databases",
    "import = a.params\nimport = other.params\n",
    ["--simulate"],
    "#Job nightly cannot be one transaction: its imports name several databases: 'cmdb.db', 'other.db'",
  ],
  [
    "an atomic job in which one import alone is simulated",
    "atomic = 1\nimport = a.params\nimport = simulated.params\n",
    [],
    "#Job nightly is atomic: 'simulated.params' cannot be simulated alone",
  ],
  [
    "standard input for two imports",
    "import = input.params\nimport = input.params\n",
    [],
    "#Standard input can be read once only, and is the input of 'input.params', 'input.params'",
  ],
];

for (const [what, job, args, message] of TOGETHER) {
  Deno.test(`refused: ${what}`, () =>
    withJobs({
      ...organizations("a", "A"),
      "other.params": "class = Organization\ncsvfile = a.csv\ndb = other.db\n",
      "simulated.params": "class = Organization\ncsvfile = a.csv\nsimulate = yes\n",
      "input.params": "class = Organization\ncsvfile = -\n",
      "nightly.job": ACCESS + job,
    }, async ({ run, scratch, names }) => {
      await writeNewDatabase(scratch, "other.db");
      const ended = await run("nightly.job", ...args);
      assertExit(ended, 64);
      assertEquals(lines(ended.stdout), [message]);
      assertEquals(names("Organization"), []);
    }));
}

Deno.test("several databases are no mistake where each import is a transaction of its own", () =>
  withJobs({
    ...organizations("a", "A"),
    "other.params": "class = Organization\ncsvfile = a.csv\ndb = other.db\n",
    "nightly.job": `${ACCESS}import = a.params\nimport = other.params\n`,
  }, async ({ run, scratch, names }) => {
    await writeNewDatabase(scratch, "other.db");
    assertExit(await run("nightly.job"), 0);
    assertEquals([names("Organization"), names("Organization", "other.db")], [["A"], ["A"]]);
  }));

Deno.test("a database that is not there is told when there are no mistakes, before the first import", () =>
  withJobs({
    ...organizations("a", "A"),
    "other.params": "class = Organization\ncsvfile = a.csv\ndb = other.db\n",
    "nightly.job": `${ACCESS}import = a.params\nimport = other.params\n`,
    "wrong.job": `${ACCESS}atomic = 2\nimport = other.params\n`,
  }, async ({ run, names }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 78);
    assertEquals(lines(ended.stdout), ["Database could not be found: 'other.db'"]);
    assertExit(await run("wrong.job"), 64);
    assertEquals(names("Organization"), []);
  }));

Deno.test("no job, and mistakes of the command line", () =>
  withJobs({ ...organizations("a", "A"), "nightly.job": `${ACCESS}import = a.params\n` }, async ({ run }) => {
    assertEquals(lines((await run()).stdout), ["#The job is missing: csvrecon run JOB…"]);
    const ended = await run("nightly.job", "--atomik=1", "--class=Person", "--name=x", "--param_file=a.params");
    assertExit(ended, 64);
    assertEquals(lines(ended.stdout), [
      "#Unknown parameter: '--atomik'. Did you mean '--atomic'?",
      "#Parameter class belongs to import, export, model, history, check, explain, index, not to run",
      "#Parameter name stands in job files only",
      "#Parameter param_file belongs to import, export, serve, history, undo, check, explain, not to run",
    ]);
  }));

Deno.test("with output=json mistakes are one JSON line", () =>
  withJobs({ "nightly.job": `${ACCESS}` }, async ({ run }) => {
    const ended = await run("nightly.job", "--output=json");
    assertEquals(JSON.parse(ended.stdout), {
      type: "refused",
      version: 1,
      messages: [{
        text: "No import in 'nightly.job'",
        hint: "Each import is a line import = FILE, with a parameter file",
      }],
      exit_code: 64,
    });
  }));

Deno.test("passwords are never printed, whatever is wrong with the files that hold them", () =>
  withJobs({
    ...organizations("a", "A"),
    "b.params": "class = Organization\ncsvfile = a.csv\nauth_pwd = SECRET\nauth_pwd_file = pwd\n",
    "c.params":
      'class = Organization\ncsvfile = a.csv\nauth_pwd = "SECRET" SECRET\nauth_pwd SECRET\nauth_pwt = SECRET\n',
    "pwd": "SECRET\n",
    "one.job": "db = cmdb.db\nauth_user = admin\nauth_pwd = SECRET\nimport = a.params\n",
    "two.job":
      'auth_user = admin\nauth_pwd = SECRET\nauth_pwd_file = pwd\nauth_pwd "SECRET\nimport = b.params\nimport = c.params\n',
  }, async ({ run, scratch }) => {
    for (const args of [["one.job"], ["one.job", "--output=json"], ["two.job"], ["one.job", "two.job"]]) {
      const ended = await run(...args);
      assertEquals([ended.exitCode === 0, ended.stdout.includes("SECRET"), ended.stderr.includes("SECRET")], [
        false,
        false,
        false,
      ], describeRun(ended));
    }
    const typed = await scratch.run(["run", "one.job", "--auth_pwd", "my", "SECRET", "SECRET"]);
    assertEquals([typed.exitCode, (typed.stdout + typed.stderr).includes("SECRET")], [64, false], describeRun(typed));
  }));
