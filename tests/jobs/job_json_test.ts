import { assert, assertEquals } from "@std/assert";
import { assertExit } from "../helpers/scratch.ts";
import { ACCESS, organizations, withJobs } from "./job_world.ts";

type JsonObject = Record<string, unknown>;

const START = new Date("2026-07-01T02:15:00Z");

/** Seconds are a number; which one does not matter. */
function withoutSeconds(value: JsonObject): JsonObject {
  const { seconds, ...rest } = value;
  assert(seconds === null || typeof seconds === "number" && seconds >= 0);
  return { ...rest, hasSeconds: seconds !== null };
}

Deno.test("output=json prints JSON Lines: each import's heading and report, then the job", () =>
  withJobs({
    ...organizations("a", "A"),
    "wrong.params": "class = Organization\ncsvfile = a.csv\nauth_pwd = wrong\noutput = details\n",
    "nightly.job": `${ACCESS}output = json\nimport = a.params\nimport = wrong.params\nimport = a.params\n`,
  }, async ({ scratch }) => {
    const ended = await scratch.run(["run", "nightly.job"], { now: START });
    assertExit(ended, 77);
    const lines = ended.stdout.trimEnd().split("\n").map((line) => JSON.parse(line) as JsonObject);
    assertEquals(lines.map(({ type }) => type), ["import", "row", "run", "import", "refused", "job"]);
    assertEquals(lines[0], { type: "import", version: 1, job: "nightly", number: 1, param_file: "a.params" });
    const { imports, ...job } = withoutSeconds(lines.at(-1) ?? {});
    const counts = {
      rows: 1,
      created: 1,
      updated: 0,
      unchanged: 0,
      skipped: 0,
      rejected: 0,
      created_targets: 0,
      warnings: 0,
    };
    assertEquals(job, {
      type: "job",
      version: 1,
      job: "nightly",
      file: "nightly.job",
      atomic: false,
      simulate: false,
      warnings: [],
      counts,
      start: "2026-07-01T02:15:00.000Z",
      end: "2026-07-01T02:15:00.000Z",
      exit_code: 77,
      hasSeconds: true,
    });
    const one = { class: "Organization", counts: null, warnings: [], messages: [], hasSeconds: true };
    const message = { text: "Access restricted or wrong credentials ('admin')" };
    assertEquals((imports as JsonObject[]).map(withoutSeconds), [
      { ...one, param_file: "a.params", result: "done", counts, exit_code: 0 },
      { ...one, param_file: "wrong.params", result: "failed", messages: [message], exit_code: 77 },
      { ...one, param_file: "a.params", result: "not_run", exit_code: null, hasSeconds: false },
    ]);
  }));

Deno.test("the JSON of an atomic job that failed has taken back its imports", () =>
  withJobs({
    ...organizations("a", "A"),
    "broken.params": "class = Organization\ncsvfile = broken.csv\n",
    "broken.csv": 'name,code\n"never closed',
    "nightly.job": `${ACCESS}atomic = 1\nimport = a.params\nimport = broken.params\n`,
  }, async ({ run }) => {
    const lines = (await run("nightly.job", "--output=json")).stdout.trimEnd().split("\n");
    assertEquals(lines.map((line) => (JSON.parse(line) as JsonObject)["type"]), ["import", "refused", "job"]);
    const job = JSON.parse(lines.at(-1) ?? "") as JsonObject & { imports: JsonObject[]; counts: JsonObject };
    assertEquals([job["atomic"], job["exit_code"], job.counts["rows"]], [true, 65, 0]);
    assertEquals(job.imports.map(({ result, counts, exit_code }) => [result, counts, exit_code]), [
      ["taken_back", null, null],
      ["failed", null, 65],
    ]);
  }));
