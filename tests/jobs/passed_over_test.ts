/** Rows that are passed over, in jobs: the summary has a column for them where there are some (SPEC 17). */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ACCESS, withJobs } from "./job_world.ts";

Deno.test("an import of a job passes rows over that the next one creates, and the summary counts them", () =>
  withJobs(
    {
      "night.job": `${ACCESS}import = known.params\nimport = all.params\n`,
      "known.params": "class = Organization\ncsvfile = a.csv\nreconciliationkeys = code\non_missing = skip\n",
      "all.params": "class = Organization\ncsvfile = a.csv\nreconciliationkeys = code\n",
      "a.csv": "name,code\nFirst,T\nSecond,U\n",
    },
    async ({ run, scratch, names }) => {
      const { stdout, exitCode } = await run(scratch.path("night.job"));
      assertEquals(exitCode, 0, stdout);
      assertEquals(names("Organization"), ["First", "Second"]);
      const table = stdout.split("\n").map((line) => line.trim().split(/ {2,}/));
      assert(
        table.some((cells) => cells.slice(0, 6).join() === "Import,Class,Created,Updated,Unchanged,Skipped"),
        stdout,
      );
      assert(table.some((cells) => cells.slice(1, 6).join() === "Organization,0,0,0,2"), stdout);
      assert(table.some((cells) => cells.slice(1, 6).join() === "Organization,2,0,0,0"), stdout);
      const json = await run(scratch.path("night.job"), "--output=json");
      const line = JSON.parse(json.stdout.trim().split("\n").at(-1) ?? "");
      assertEquals([line.type, line.counts.skipped, line.counts.unchanged], ["job", 0, 4]);
      assert(!/Unchanged +Skipped/.test((await run(scratch.path("night.job"))).stdout));
      assertStringIncludes(stdout, "#Exit Code: 0");
    },
  ));
