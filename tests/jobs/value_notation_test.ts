/** How files write values is said for each import of a job (SPEC 16). */
import { assertEquals } from "@std/assert";
import { ACCESS, withJobs } from "./job_world.ts";

Deno.test("each import of a job has its own signs, words for nothing and empty cells", () =>
  withJobs(
    {
      "night.job": `${ACCESS}import = one.params\nimport = two.params\n`,
      "one.params": "class = Organization\ncsvfile = one.csv\nreconciliationkeys = code\nnull_words = NULL, \\N\n",
      "one.csv": "name,code\nNULL,1\nFirst,2\n",
      "two.params": "class = Organization\ncsvfile = two.csv\nreconciliationkeys = code\nempty_cells = keep\n",
      "two.csv": "name,code\n,2\nNULL,3\n",
    },
    async ({ run, scratch, names }) => {
      const { exitCode, stdout } = await run(scratch.path("night.job"));
      assertEquals(exitCode, 1, stdout);
      assertEquals(names("Organization"), ["First", "NULL"]);
    },
  ));
