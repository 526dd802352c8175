/** Limits of the imports of a job (SPEC 15): each its own, and a job ends as it does after a failure. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertExit } from "../helpers/scratch.ts";
import { everythingStored } from "../helpers/stored.ts";
import { ACCESS, organizations, summaryTable, withJobs } from "./job_world.ts";

const BAD = {
  "bad.params":
    "class = Organization\ncsvfile = bad.csv\nreconciliationkeys = code\nmax_errors = 0\noutput = details\n",
  "bad.csv": `name,code\nNew,NEW\n${"x".repeat(300)},X\n`,
};
const TOLD = "Limit exceeded: 1 row is in error, and max_errors=0 allows 0. Nothing was written";

Deno.test("an import that exceeds its limit is taken back, and ends the job: those before it count", () =>
  withJobs({
    ...organizations("a", "A"),
    ...BAD,
    ...organizations("b", "B"),
    "nightly.job": `${ACCESS}import = a.params\nimport = bad.params\nimport = b.params\n`,
  }, async ({ run, names, query }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 2);
    assertEquals(names("Organization"), ["A"]);
    assertEquals(query("SELECT input_name FROM change"), ["a.csv"]);
    assertEquals(summaryTable(ended), [
      "a.params Organization 1 0 0 0 0 = 0",
      `bad.params Organization - - - - - = 2 ${TOLD}`,
      "b.params Organization - - - - - = - not run",
      "Total 1 0 0 0 0 = 2",
    ]);
    assertStringIncludes(ended.stdout, '\n0;created;Organization;0;"New";"NEW"\n');
    assertStringIncludes(ended.stderr, `csvrecon: job nightly, bad.params: ${TOLD}\n  output=errors shows why`);
  }));

Deno.test("with on_failure=continue the others run; limits may stand in the job file, for all of its imports", () =>
  withJobs({
    ...BAD,
    "bad.params": BAD["bad.params"].replace("max_errors = 0\n", ""),
    ...organizations("b", "B"),
    "nightly.job": `${ACCESS}max_errors = 0%\non_failure = continue\nimport = bad.params\nimport = b.params\n`,
  }, async ({ run, names }) => {
    const ended = await run("nightly.job");
    assertExit(ended, 2);
    assertEquals(names("Organization"), ["B"]);
  }));

Deno.test("an atomic job is taken back whole, and so it is told of a simulated one", () =>
  withJobs({
    ...organizations("a", "A"),
    ...BAD,
    "nightly.job": `${ACCESS}atomic = 1\nimport = a.params\nimport = bad.params\n`,
  }, async ({ run, scratch }) => {
    const before = everythingStored(scratch.path("cmdb.db"));
    for (const args of [[], ["--simulate=1"]]) {
      const ended = await run("nightly.job", ...args);
      assertExit(ended, 2);
      assertEquals(everythingStored(scratch.path("cmdb.db")), before);
      assertEquals(summaryTable(ended), [
        "a.params Organization - - - - - = - taken back",
        `bad.params Organization - - - - - = 2 ${TOLD}`,
        "Total 0 0 0 0 0 = 2",
      ]);
    }
  }));

Deno.test("in JSON the job tells the reason and the exit code of the import, and its own", () =>
  withJobs({ ...BAD, "nightly.job": `${ACCESS}import = bad.params\n` }, async ({ run }) => {
    const ended = await run("nightly.job", "--output=json");
    assertExit(ended, 2);
    const all = ended.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    const job = all.at(-1);
    assertEquals([job.type, job.exit_code, job.imports[0].exit_code], ["job", 2, 2]);
    assertEquals([job.imports[0].result, job.imports[0].counts, job.imports[0].messages[0].text], [
      "failed",
      null,
      TOLD,
    ]);
    assertEquals(all.find(({ type }) => type === "run").exceeded.length, 1);
  }));
