/** What `report.schema.json` says of `output=json` is true: of every problem, of every golden case, of jobs and of refusals. */
import { assert, assertEquals } from "@std/assert";
import { cellMessage, rowMessages } from "../../lib/report/json_messages.ts";
import { caseNames, type GoldenStep, readCase, stepArguments } from "../helpers/golden_case.ts";
import { withWorld } from "../helpers/loading.ts";
import { lines } from "../helpers/our_report.ts";
import { assertFits, fits } from "../helpers/published_schemas.ts";
import { withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { ACCESS, organizations, withJobs } from "../jobs/job_world.ts";
import { everyCellProblem, everyRejection, trouble } from "../messages/every_problem.ts";

function assertLines(stdout: string): void {
  const printed = lines(stdout);
  assert(printed.length > 0);
  for (const line of printed) assertFits(JSON.parse(line), "report");
}

Deno.test("the schema is one of draft 2020-12, and knows every kind of message with its facts", () => {
  for (const problem of everyCellProblem) assertFits(cellMessage(trouble(problem)), "report", "#/$defs/message");
  for (const rejection of everyRejection) {
    for (const message of rowMessages(rejection)) assertFits(message, "report", "#/$defs/message");
  }
});

Deno.test("what comes later is allowed: fields and kinds; what must be there is asked for", () => {
  const row = {
    type: "row",
    version: 1,
    line: 2,
    record: 0,
    status: "created",
    class: "Brand",
    id: 7,
    messages: [],
    changes: [],
    cells: { Name: "Dell", Password: null },
  };
  assert(fits(row, "report"));
  assert(fits({ ...row, later: true, messages: [{ kind: "kind_of_later", text: "why", fact: 1 }] }, "report"));
  assert(
    !fits({ ...row, messages: [{ kind: "too_long", text: "why" }] }, "report"),
    "facts of a known kind are missing",
  );
  assert(!fits({ ...row, line: 0 }, "report"));
  assert(!fits({ ...row, cells: { Name: 7 } }, "report"));
  const { cells: _, ...without } = row;
  assert(!fits(without, "report"));
});

for (const collection of ["cases", "differs"] as const) {
  Deno.test(`every line of the golden ${collection} is as the schema says`, () =>
    withScratch(async (scratch) => {
      for (const name of caseNames(collection)) {
        const { steps, folder } = readCase(collection, name);
        const database = await copyWorld(scratch, `${name}.db`);
        for (const step of steps) {
          const run = await scratch.run(stepArguments(asJson(step), database), { folder });
          assertLines(run.stdout);
        }
      }
    }));
}

function asJson(step: GoldenStep): GoldenStep {
  const { output: _output, result: _result, ...params } = step.params;
  return { ...step, params: { ...params, output: "json" } };
}

Deno.test("lines of a job, of an import that is refused in it and of a job that cannot begin", () =>
  withJobs({
    ...organizations("a", "A"),
    "wrong.params": "class = Organization\ncsvfile = a.csv\nauth_pwd = wrong\n",
    "nightly.job": `${ACCESS}output = json\non_failure = continue\nimport = a.params\nimport = wrong.params\n`,
    "stopped.job": `${ACCESS}output = json\nimport = wrong.params\nimport = a.params\n`,
    "missing.job": `${ACCESS}output = json\ncsvfile = missing.csv\nclass = Organization\nimport = b.params\n`,
    "b.params": "csvfile = missing.csv\n",
  }, async ({ run }) => {
    for (const job of ["nightly.job", "stopped.job", "missing.job"]) assertLines((await run(job)).stdout);
  }));

Deno.test("runs that are taken back because of a limit, and cells as they were typed", () =>
  withWorld(async ({ print }) => {
    const csv = "name,status\n A ,active\n<NULL>,x\nshort\na,b,c\n";
    const run = await print("Organization", csv, { output: "json", max_errors: "1", max_changes: "10%" });
    assertEquals(run.exitCode, 2);
    assertLines(run.stdout);
    const cells = lines(run.stdout).slice(0, -1).map((line) => JSON.parse(line).cells);
    assertEquals(cells, [
      { name: "A", status: "active" },
      { name: null, status: "x" },
      { name: "short" },
      { name: "a", status: "b" },
    ]);
  }));

Deno.test("passwords are null among the cells, whatever becomes of the row", () =>
  withWorld(async ({ print }) => {
    const csv = "login,password,profile_list\nann,Very-Secret-1,profileid->name:Administrator\nbob,Very-Secret-2,x\n";
    const run = await print("UserLocal", csv, { output: "json" });
    assertLines(run.stdout);
    const rows = lines(run.stdout).slice(0, -1).map((line) => JSON.parse(line));
    assertEquals(rows.map(({ status, cells }) => [status, cells.login, cells.password]), [
      ["created", "ann", null],
      ["rejected", "bob", null],
    ]);
    assert(!run.stdout.includes("Very-Secret"));
  }));

Deno.test("names of columns stay names: __proto__ is one", () =>
  withWorld(async ({ print }) => {
    const run = await print("Organization", "__proto__,name\nx,y\n", { output: "json" });
    assertLines(run.stdout);
  }));
