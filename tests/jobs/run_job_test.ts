import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { assertExit, describeRun } from "../helpers/scratch.ts";
import { ACCESS, organizations, summaryTable, withJobs } from "./job_world.ts";

const MISSING = { "missing.params": "class = Organization\ncsvfile = missing.csv\n" };
const BROKEN = {
  "broken.params": "class = Organization\ncsvfile = broken.csv\n",
  "broken.csv": 'name,code\n"never closed',
};
const PERSONS = {
  "persons.params": "class = Person\ncsvfile = persons.csv\nreconciliationkeys = name\n",
  "persons.csv": "name,first_name,org_id->code\nFlaubert,Gustave,A\nNobody,N,Nowhere\n",
};

Deno.test("imports run in the order of the job file, each sees those before it, and one summary follows their reports", () =>
  withJobs({
    ...organizations("a", "A"),
    ...PERSONS,
    "nightly.job": `${ACCESS}import = a.params\nimport = persons.params\nimport = a.params\n`,
  }, async ({ run, names, files }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 1);
    assertEquals(names("Person"), ["Flaubert"]);
    assertEquals(summaryTable(ended), [
      "a.params Organization 1 0 0 0 0 = 0",
      "persons.params Person 1 0 0 1 0 = 1",
      "a.params Organization 0 0 1 0 0 = 0",
      "Total 2 0 1 1 0 = 1",
    ]);
    const headings = ended.stdout.split("\n").filter((line) => line.startsWith("#Job nightly, "));
    assertEquals(headings, [
      "#Job nightly, import 1 of 3: a.params",
      "#Job nightly, import 2 of 3: persons.params",
      "#Job nightly, import 3 of 3: a.params",
    ]);
    assertMatch(ended.stdout, /\n\n#Job: nightly\n#Job File: nightly\.job\n#Atomic: 0\n#Simulate: 0\nImport +Class/);
    assertMatch(ended.stdout, /\n#Start: \d{4}-\S+Z\n#End: \d{4}-\S+Z\n#Exit Code: 1\n$/);
    assertEquals(
      ended.stderr,
      "csvrecon: job nightly, persons.params: line 3, name 'Nobody': org_id->code: No match for value 'Nowhere'. " +
        "Some possible 'Organization' value(s): A\n",
    );
    assert(!files().some((name) => name.endsWith(".running")), files().join());
  }));

Deno.test("a folder stands for its param files, sorted by name, whatever else lies in it", () =>
  withJobs({
    ...organizations("params.d/20-b", "B"),
    ...organizations("params.d/10-a", "A"),
    ...organizations("params.d/9-c", "C"),
    "params.d/.hidden.params": "nonsense",
    "params.d/30-d.params~": "nonsense",
    "params.d/sub.params/x": "nonsense",
    "params.d/csv.params.txt": "nonsense",
    "jobs/nightly.job": `${ACCESS.replace("cmdb.db", "../cmdb.db")}import = ../params.d\n`,
  }, async ({ run, names }) => {
    const ended = await run("jobs/nightly.job");
    assertExit(ended, 0);
    assertEquals(names("Organization"), ["A", "B", "C"]);
    assertEquals(
      summaryTable(ended).map((line) => line.split(" ")[0]),
      [
        "params.d/10-a.params",
        "params.d/20-b.params",
        "params.d/9-c.params",
        "Total",
      ],
    );
  }));

Deno.test("a job stops at the first failure: what was before it stays, what is behind it does not run", () =>
  withJobs({
    ...organizations("a", "A"),
    ...organizations("b", "B"),
    ...BROKEN,
    "nightly.job": `${ACCESS}import = a.params\nimport = broken.params\nimport = b.params\n`,
  }, async ({ run, names }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 65);
    assertEquals(names("Organization"), ["A"]);
    assertEquals(summaryTable(ended), [
      "a.params Organization 1 0 0 0 0 = 0",
      "broken.params Organization - - - - - = 65 The text qualifier opened at line 2 is never closed: the input ends inside its cell",
      "b.params Organization - - - - - = - not run",
      "Total 1 0 0 0 0 = 65",
    ]);
    assertStringIncludes(ended.stderr, "csvrecon: job nightly, broken.params: The text qualifier opened");
  }));

Deno.test("a job that goes on after failures ends with the worst of their codes", () =>
  withJobs({
    ...organizations("a", "A"),
    ...PERSONS,
    ...MISSING,
    ...BROKEN,
    "nightly.job":
      `${ACCESS}on_failure = continue\nimport = missing.params\nimport = broken.params\nimport = a.params\n` +
      "import = persons.params\n",
  }, async ({ run, names }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 66);
    assertEquals(names("Organization"), ["A"]);
    assertEquals(summaryTable(ended).map((line) => line.replace(/ (Input|The text).*/, "")), [
      "missing.params Organization - - - - - = 66",
      "broken.params Organization - - - - - = 65",
      "a.params Organization 1 0 0 0 0 = 0",
      "persons.params Person 1 0 0 1 0 = 1",
      "Total 2 0 0 1 1 = 66",
    ]);
    // The command line wins over the job file.
    assertEquals(
      (await run("nightly.job", "--on-failure=stop")).stdout,
      "Input file could not be found or could not be read: 'missing.csv'\n",
    );
  }));

Deno.test("rows in error are no failure", () =>
  withJobs({
    ...PERSONS,
    ...organizations("a", "A"),
    "nightly.job": `${ACCESS}import = persons.params\nimport = a.params\n`,
  }, async ({ run, names }) => {
    assertExit(await run("nightly.job"), 1);
    assertEquals(names("Organization"), ["A"]);
  }));

Deno.test("several jobs run one after another, whatever becomes of the first", () =>
  withJobs({
    ...organizations("a", "A"),
    ...BROKEN,
    "one.job": `${ACCESS}import = broken.params\n`,
    "two.job": `${ACCESS}name = second\nimport = a.params\n`,
  }, async ({ run, names }) => {
    const ended = await run("one.job", "two.job");
    assertExit(ended, 65);
    assertEquals(names("Organization"), ["A"]);
    const ends = ended.stdout.split("\n").filter((line) => /^#(Job|Exit Code): /.test(line));
    assertEquals(ends, ["#Job: one", "#Exit Code: 65", "#Job: second", "#Exit Code: 0"]);
    assertMatch(ended.stdout, /#Exit Code: 65\n\n#Job second, import 1 of 1: a\.params\n#Output format/);
  }));

Deno.test("precedence: command line, environment, param file, job file, default", () =>
  withJobs({
    ...organizations("a", "A"),
    "own.params": "class = Organization\ncsvfile = a.csv\noutput = details\ncomment = own\n",
    "nightly.job": `${ACCESS}output = summary\ncomment = of the job\nimport = a.params\nimport = own.params\n`,
  }, async ({ run, scratch, query }) => {
    const formats = (stdout: string) => stdout.split("\n").filter((line) => line.startsWith("#Output format: "));
    const ended = await run("nightly.job");
    assertExit(ended, 0);
    assertEquals(formats(ended.stdout), ["#Output format: summary", "#Output format: details"]);
    assertEquals(query("SELECT comment FROM change"), ["of the job"]);
    assertEquals(formats((await run("nightly.job", "--output=details")).stdout).length, 2);
    assertEquals(formats((await run("nightly.job", "--output=details")).stdout)[0], "#Output format: details");
    const env = { CSVRECON_AUTH_PWD: "wrong" };
    assertExit(await scratch.run(["run", "nightly.job"], { env }), 77);
    assertExit(await scratch.run(["run", "nightly.job", "--auth_pwd=admin"], { env }), 0);
  }));

Deno.test("the change log names the job and the param file, and no password", () =>
  withJobs({
    ...organizations("a", "A"),
    "nightly.job": `${ACCESS}import = a.params\n`,
  }, async ({ run, query }) => {
    assertExit(await run("nightly.job"), 0);
    const [change = ""] = query("SELECT origin, parameters FROM change");
    assertMatch(change, /^csvrecon run nightly \{/);
    assertStringIncludes(change, '"param_file":"a.params"');
    assert(!change.includes("auth_pwd"), change);
  }));

Deno.test("the link to a database may go while the job runs: it was followed when the job began", () =>
  withJobs({
    "a.params": "class = Organization\ncsvfile = -\nreconciliationkeys = code\n",
    ...organizations("b", "B"),
    "nightly.job": `${
      ACCESS.replace("cmdb.db", "link.db")
    }on_failure = continue\nimport = a.params\nimport = b.params\n`,
  }, async ({ scratch }) => {
    Deno.symlinkSync(scratch.path("cmdb.db"), scratch.path("link.db"));
    const stdin = new ReadableStream<Uint8Array>({
      pull(controller) {
        Deno.removeSync(scratch.path("link.db"));
        controller.enqueue(new TextEncoder().encode("name,code\nA,A\n"));
        controller.close();
      },
    }, { highWaterMark: 0 });
    const { exitCode, stderr } = await scratch.run(["run", "nightly.job"], { stdin });
    assertEquals(exitCode, 78);
    assert(!stderr.includes("internal"), stderr);
  }));

Deno.test("an import that its own file simulates is simulated alone", () =>
  withJobs({
    ...organizations("a", "A"),
    ...organizations("b", "B"),
    "nightly.job": `${ACCESS}import = a.params\nimport = b.params\n`,
  }, async ({ run, names, scratch }) => {
    Deno.writeTextFileSync(
      scratch.path("a.params"),
      Deno.readTextFileSync(scratch.path("a.params")) + "simulate = 1\n",
    );
    const ended = await run("nightly.job");
    assertEquals(summaryTable(ended).slice(0, 2), [
      "a.params Organization 1 0 0 0 0 = 0 simulated",
      "b.params Organization 1 0 0 0 0 = 0",
    ]);
    assertEquals(names("Organization"), ["B"]);
  }));

for (const [reports, shown] of [["all", ["a", "persons"]], ["errors", ["persons"]], ["none", []]] as const) {
  Deno.test(`reports = ${reports} prints the reports of: ${shown.join(", ") || "no import"}`, () =>
    withJobs({
      ...organizations("a", "A"),
      ...PERSONS,
      "nightly.job": `${ACCESS}import = a.params\nimport = persons.params\nreports = ${reports}\n`,
    }, async ({ run }) => {
      const ended = await run("nightly.job");
      const headings = ended.stdout.split("\n").filter((line) => line.startsWith("#Job nightly, "));
      assertEquals(headings.map((line) => line.replace(/.*: (.*)\.params$/, "$1")), [...shown], describeRun(ended));
      assertEquals(ended.stdout.split("#Output format: ").length - 1, shown.length);
      assertEquals(ended.stdout.startsWith(shown.length === 0 ? "#Job: nightly\n" : "#Job nightly, import"), true);
    }));
}

Deno.test("retcode prints the number of all rows in error", () =>
  withJobs(
    { ...PERSONS, "nightly.job": `${ACCESS}import = persons.params\nimport = persons.params\n` },
    async ({ run }) => {
      const ended = await run("nightly.job", "--output=retcode");
      assertEquals([ended.exitCode, ended.stdout], [1, "4\n"], describeRun(ended));
    },
  ));
