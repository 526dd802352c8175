/** How the program is told what to do: commands, parameters, environment, param files, password files. */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun, withScratch } from "../helpers/scratch.ts";
import { assertRefused, assertTold, countOf, IMPORT, LOGIN, ONE_ROW, withWorld } from "./world_and_input.ts";

Deno.test("help goes to standard output, and its first lines say what the program is for", () =>
  withScratch(async ({ folder }) => {
    const [wished, asked] = [await runProcess(["--help"], { folder }), await runProcess(["help"], { folder })];
    assertExit(wished, 0);
    assertMatch(wished.stdout, /^csvrecon loads CSV files into SQLite and PostgreSQL databases by reconciliation/);
    assertEquals(wished.stderr, "");
    assertEquals(asked.stdout, wished.stdout);
  }));

Deno.test("help of a command names its parameters, however it is asked for", () =>
  withScratch(async ({ folder }) => {
    const forms = [["help", "import"], ["import", "--help"], ["import", "-h"], ["--help", "import"]];
    const runs = await Promise.all(forms.map((args) => runProcess(args, { folder })));
    for (const run of runs) {
      assertExit(run, 0);
      assertStringIncludes(run.stdout, "reconciliationkeys", describeRun(run));
      assertEquals(run.stdout, runs[0]?.stdout, describeRun(run));
    }
  }));

Deno.test("the version is one line with the versions that matter, and nothing needs a database", () =>
  withScratch(async ({ folder }) => {
    const run = await runProcess(["--version"], { folder });
    assertExit(run, 0);
    assertMatch(run.stdout, /^csvrecon \d+\.\d+\.\d+ \(deno [\d.]+, v8 \S+, sqlite [\d.]+\)\n$/);
    assertEquals([...Deno.readDirSync(folder)], []);
  }));

const UNKNOWN: readonly (readonly [readonly string[], string])[] = [
  [["imprt"], "Unknown command: 'imprt'. Did you mean 'import'?"],
  [["help", "modle"], "Unknown command: 'modle'. Did you mean 'model'?"],
  [[...IMPORT, "--reconcilationkeys=Name"], "'--reconcilationkeys'. Did you mean '--reconciliationkeys'?"],
  [[...IMPORT, "--Simulate=1", "--no-localise"], "'--no-localise'. Did you mean '--no_localize'?"],
];

for (const [args, words] of UNKNOWN) {
  Deno.test(`what is spelt wrong is refused with what is spelt nearly so: ${args.at(-1)}`, () =>
    withWorld(async ({ folder }, database) => {
      const run = await runProcess(args, { folder });
      assertExit(run, 64);
      assertTold(run, words);
      assertEquals(countOf(database, "Organization"), 1);
    }));
}

Deno.test("names are written with _ or -, values behind = or a blank, a switch without value is on", () =>
  withWorld(async ({ folder }, database) => {
    const forms = [
      ["--db=world.db", "--auth-user=admin", "--auth-pwd=admin", "--class=Organization", "--csvfile=input.csv"],
      [
        "import",
        "--db",
        "world.db",
        "--auth_user",
        "admin",
        "--auth_pwd",
        "admin",
        "--class",
        "Organization",
        "--csvfile",
        "input.csv",
      ],
    ];
    for (const args of forms) {
      const run = await runProcess([...args, "--no-localize", "0", "--simulate"], { folder });
      assertExit(run, 0);
      assertStringIncludes(run.stdout, "#Localize: yes\n", describeRun(run));
      assertStringIncludes(run.stdout, "#Simulate: 1\n", describeRun(run));
      assertStringIncludes(run.stdout, "#Created: 1\n", describeRun(run));
    }
    assertEquals(countOf(database, "Organization"), 1);
  }));

Deno.test("database, login and password may come from the environment", () =>
  withWorld(async ({ folder, write }, database) => {
    const args = ["--class=Organization", "--csvfile=input.csv"];
    const login = { CSVRECON_DB: "world.db", CSVRECON_AUTH_USER: "admin" };
    assertExit(await runProcess(args, { folder, env: { ...login, CSVRECON_AUTH_PWD: "admin" } }), 0);
    write("admin.pwd", "admin\nnotes\n");
    assertExit(await runProcess(args, { folder, env: { ...login, CSVRECON_AUTH_PWD_FILE: "admin.pwd" } }), 0);
    assertEquals(countOf(database, "Organization"), 2);
  }));

Deno.test("other parameters may not come from the environment", () =>
  withWorld(async ({ folder }) => {
    const env = { CSVRECON_SIMULATE: "1", CSVRECON_OUTPUT: "retcode" };
    const run = await runProcess(IMPORT, { folder, env });
    assertStringIncludes(run.stdout, "#Simulate: 0\n", describeRun(run));
  }));

Deno.test("the command line wins over the environment, that over param files, and a later file over an earlier one", () =>
  withWorld(async ({ folder, write }) => {
    write("first.params", "auth_user = of_first\ncomment = of first\nno_localize = 1\n");
    write("second.params", "# the second\nauth_user = of_second   # who\ncomment = of second\n");
    const args = [
      "--db=world.db",
      "--class=Organization",
      "--csvfile=input.csv",
      "--param_file=first.params,second.params",
    ];
    const userOf = async (more: readonly string[], env: Record<string, string>) => {
      const run = await runProcess([...args, ...more], { folder, env: { ...env, CSVRECON_AUTH_PWD: "admin" } });
      return /wrong credentials \('(.*)'\)/.exec(run.stderr)?.[1] ?? run.stdout;
    };
    assertEquals(await userOf([], {}), "of_second");
    assertEquals(await userOf([], { CSVRECON_AUTH_USER: "of_environment" }), "of_environment");
    assertEquals(await userOf(["--auth_user=of_line"], { CSVRECON_AUTH_USER: "of_environment" }), "of_line");
    const report = await userOf(["--auth_user=admin", "--no_localize=0"], {});
    assertStringIncludes(report, "#Localize: yes\n");
    assertStringIncludes(report, "#Change tracking comment: of second\n");
  }));

Deno.test("a param file of a nightly job does it all; its relative paths are those of the working folder", () =>
  withWorld(async ({ folder, path, write }, database) => {
    Deno.mkdirSync(path("jobs"));
    write("jobs/admin.pwd", "admin\r\nthe second line is no part of it\n");
    write("jobs/input.csv", ONE_ROW.replace("Demo", "Beside the param file"));
    write(
      "jobs/nightly.params",
      "# nightly\n\ndb = world.db\nauth_user = admin\nauth_pwd_file = jobs/admin.pwd\nclass = Organization\n" +
        'csvfile = input.csv # not that beside this file\nseparator = ","\nresult = details\n',
    );
    const run = await runProcess(["--param_file=jobs/nightly.params"], { folder });
    assertExit(run, 0);
    assertStringIncludes(run.stdout, ';created;Organization;2;"Demo";"DEMO"\n', describeRun(run));
    assertEquals(countOf(database, "Organization"), 2);
    const elsewhere = await runProcess(["--param_file=nightly.params"], { folder: path("jobs") });
    assertRefused(elsewhere, 66, "'jobs/admin.pwd'");
  }));

Deno.test("mistakes in a param file are told with file and line, all of them", () =>
  withWorld(async ({ folder, write }) => {
    write("bad.params", "separator = ;\n\nsimulat = 1\nno equals sign\n");
    const run = await runProcess([...IMPORT, "--param_file=bad.params"], { folder });
    assertRefused(run, 64, "Unknown parameter in 'bad.params', line 3: 'simulat'");
    assertRefused(run, 64, "Wrong line in 'bad.params', line 4");
  }));

Deno.test("an absolute path, a path with blanks and one that begins with a hyphen are inputs like any other", () =>
  withWorld(async ({ folder, write }) => {
    for (const name of ["with blanks.csv", "-x.csv", "größe.csv"]) {
      const absolute = write(name, ONE_ROW);
      assertExit(await runProcess([...LOGIN, "--class=Organization", `--csvfile=${name}`], { folder }), 0);
      assertExit(await runProcess([...LOGIN, "--class=Organization", "--csvfile", absolute], { folder }), 0);
    }
  }));
