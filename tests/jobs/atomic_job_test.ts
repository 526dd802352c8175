import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { assertExit, describeRun } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { ACCESS, organizations, summaryTable, withJobs } from "./job_world.ts";

const PERSONS = {
  "persons.params": "class = Person\ncsvfile = persons.csv\nreconciliationkeys = name\noutput = details\n",
  "persons.csv": "name,first_name,org_id->code\nFlaubert,Gustave,A\n",
};
const BROKEN = {
  "broken.params": "class = Organization\ncsvfile = broken.csv\n",
  "broken.csv": 'name,code\nX,X\n"never closed',
};

Deno.test("an atomic job is one transaction: imports see those before them, and all are kept", () =>
  withJobs({
    ...organizations("a", "A"),
    ...PERSONS,
    "nightly.job": `${ACCESS}atomic = 1\nimport = a.params\nimport = persons.params\n`,
  }, async ({ run, names, query }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 0);
    assertEquals([names("Organization"), names("Person")], [["A"], ["Flaubert"]]);
    assertEquals(summaryTable(ended), [
      "a.params Organization 1 0 0 0 0 = 0",
      "persons.params Person 1 0 0 0 0 = 0",
      "Total 2 0 0 0 0 = 0",
    ]);
    assertStringIncludes(ended.stdout, '\n0;created;Person;1;1;"Flaubert";');
    assertEquals(query("SELECT origin, input_name FROM change"), [
      "csvrecon run nightly a.csv",
      "csvrecon run nightly persons.csv",
    ]);
  }));

Deno.test("a failure in an atomic job takes everything back, and no report says otherwise", () =>
  withJobs({
    ...organizations("a", "A"),
    ...organizations("b", "B"),
    ...BROKEN,
    "nightly.job": `${ACCESS}atomic = 1\nimport = a.params\nimport = broken.params\nimport = b.params\n`,
  }, async ({ run, scratch }) => {
    const before = everythingStored(scratch.path("cmdb.db"));
    const ended = await run("nightly.job");
    assertExit(ended, 65);
    assertEquals(everythingStored(scratch.path("cmdb.db")), before);
    assertEquals(summaryTable(ended), [
      "a.params Organization - - - - - = - taken back",
      "broken.params Organization - - - - - = 65 The text qualifier opened at line 3 is never closed: the input ends inside its cell",
      "b.params Organization - - - - - = - not run",
      "Total 0 0 0 0 0 = 65",
    ]);
    assert(!ended.stdout.includes("#Created"), describeRun(ended));
    assert(!ended.stdout.includes("import 1 of 3"), describeRun(ended));
    assertStringIncludes(ended.stdout, "#Job nightly, import 2 of 3: broken.params\n#Output format: summary\n");
  }));

Deno.test("rows in error take nothing back", () =>
  withJobs({
    ...organizations("a", "A"),
    "persons.params": PERSONS["persons.params"],
    "persons.csv": "name,first_name,org_id->code\nFlaubert,Gustave,A\nNobody,N,Nowhere\n",
    "nightly.job": `${ACCESS}atomic = 1\nimport = a.params\nimport = persons.params\n`,
  }, async ({ run, names }) => {
    assertExit(await run("nightly.job"), 1);
    assertEquals(names("Person"), ["Flaubert"]);
  }));

Deno.test("a wrong login is found before an atomic job writes, and is counted", () =>
  withJobs({
    ...organizations("a", "A"),
    "b.params": "class = Organization\ncsvfile = a.csv\nauth_pwd = wrong\n",
    "nightly.job": `${ACCESS}atomic = 1\nimport = a.params\nimport = b.params\n`,
  }, async ({ run, names, query }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 77);
    assertEquals(names("Organization"), []);
    assertEquals(query("SELECT login, failures FROM login_failure"), ["admin 1"]);
    assertEquals(summaryTable(ended), [
      "a.params Organization - - - - - = - not run",
      "b.params Organization - - - - - = 77 Access restricted or wrong credentials ('admin')",
      "Total 0 0 0 0 0 = 77",
    ]);
  }));

Deno.test("another writer: an atomic job waits, then ends with 75 and nothing written", () =>
  withJobs({
    ...organizations("a", "A"),
    ...PERSONS,
    "nightly.job": `${ACCESS}atomic = 1\nbusy_timeout = 0.1\nimport = a.params\nimport = persons.params\n`,
  }, async ({ run, scratch, names }) => {
    const other = new DatabaseSync(scratch.path("cmdb.db"));
    other.exec("BEGIN IMMEDIATE");
    const ended = await run("nightly.job");
    other.close();
    assertExit(ended, 75);
    assertEquals(names("Organization"), []);
    assertEquals(summaryTable(ended).map((line) => line.replace(/ Database.*/, "")), [
      "a.params Organization - - - - - = 75",
      "persons.params Person - - - - - = - not run",
      "Total 0 0 0 0 0 = 75",
    ]);
  }));

for (const settings of ["", "atomic = 1\n", "on_failure = continue\n"]) {
  Deno.test(`a simulated job reports what the real one then reports, and writes nothing: ${settings.trim() || "plain"}`, () =>
    withJobs({
      ...organizations("a", "A"),
      ...organizations("b", "A", "B"),
      ...PERSONS,
      "nightly.job": `${ACCESS}${settings}import = a.params\nimport = persons.params\nimport = b.params\n`,
    }, async ({ run, scratch, names }) => {
      const before = everythingStored(scratch.path("cmdb.db"));
      const simulated = await run("nightly.job", "--simulate");
      assertEquals(everythingStored(scratch.path("cmdb.db")), before);
      const real = await run("nightly.job");
      assertEquals([simulated.exitCode, real.exitCode], [0, 0], describeRun(simulated));
      assertEquals(summaryTable(simulated), summaryTable(real));
      // New objects have no ids yet, not even where a later import finds them.
      assertStringIncludes(simulated.stdout, '\n0;created;Person;0;0;"Flaubert";');
      assertStringIncludes(real.stdout, '\n0;created;Person;1;1;"Flaubert";');
      assertEquals(names("Organization"), ["A", "B"]);
    }));
}

Deno.test("a simulated job that goes on after a failure takes back the failed import alone", () =>
  withJobs({
    ...organizations("a", "A"),
    ...BROKEN,
    // Finds what a.params would make, and nothing of what broken.params began.
    "find.params": "class = Organization\ncsvfile = find.csv\nreconciliationkeys = code\n",
    "find.csv": "name,code\nA,A\nX,X\n",
    "nightly.job":
      `${ACCESS}on_failure = continue\nsimulate = 1\nimport = a.params\nimport = broken.params\nimport = find.params\n`,
  }, async ({ run, names }) => {
    const simulated = await run("nightly.job");
    assertEquals(names("Organization"), []);
    const real = await run("nightly.job", "--simulate=0");
    assertEquals([simulated.exitCode, real.exitCode], [65, 65], describeRun(simulated));
    assertEquals(summaryTable(simulated), summaryTable(real));
    assertEquals(summaryTable(real)[2], "find.params Organization 1 0 1 0 0 = 0");
  }));

Deno.test("a simulated job takes back an import that its own file simulates before the next one looks", () =>
  withJobs({
    ...organizations("a", "A"),
    ...organizations("b", "A", "B"),
    "nightly.job": `${ACCESS}import = a.params\nimport = b.params\n`,
  }, async ({ run, names, scratch }) => {
    const params = Deno.readTextFileSync(scratch.path("a.params"));
    scratch.write("a.params", `${params}simulate = 1\n`);
    const simulated = await run("nightly.job", "--simulate=1");
    assertEquals(names("Organization"), []);
    const real = await run("nightly.job");
    const told = ["a.params Organization 1 0 0 0 0 = 0", "b.params Organization 2 0 0 0 0 = 0", "Total 3 0 0 0 0 = 0"];
    assertEquals(summaryTable(simulated), told);
    assertEquals(summaryTable(real).map((line) => line.replace(" simulated", "")), told);
    assertEquals(names("Organization"), ["A", "B"]);
  }));

Deno.test("a simulated job that stops at a failure shows what stays before it", () =>
  withJobs({
    ...organizations("a", "A"),
    ...BROKEN,
    ...organizations("b", "B"),
    "wrong.params": "class = Organization\ncsvfile = a.csv\nauth_pwd = wrong\n",
    "nightly.job": `${ACCESS}import = a.params\nimport = broken.params\nimport = b.params\n`,
    "wrong.job": `${ACCESS}import = a.params\nimport = wrong.params\nimport = b.params\n`,
  }, async ({ run, names }) => {
    for (const job of ["nightly.job", "wrong.job"]) {
      const simulated = await run(job, "--simulate");
      assertEquals(summaryTable(simulated)[0], "a.params Organization 1 0 0 0 0 = 0");
      assertEquals(summaryTable(simulated)[2], "b.params Organization - - - - - = - not run");
      assertStringIncludes(simulated.stdout, "#Created: 1\n");
      assertEquals(names("Organization"), []);
    }
  }));
