/** What a file has around its rows is said for each import of a job (SPEC 16). */
import { assertEquals } from "@std/assert";
import { ACCESS, withJobs } from "./job_world.ts";

Deno.test("each import of a job has its own lines around the rows, header and separator", () =>
  withJobs(
    {
      "night.job": `${ACCESS}import = one.params\nimport = two.params\n`,
      "one.params": "class = Organization\ncsvfile = one.csv\nreconciliationkeys = code\nskip_lines = 2\n" +
        'comment_sign = "#"\nfooter_lines = 1\nseparator = ||\nignore_columns = *\n',
      "one.csv": 'Report "\n\nname||code||zzz\n# x\nFirst||1||2\nTotal||1||2\n',
      "two.params": "class = Organization\ncsvfile = two.csv\nreconciliationkeys = code\nheader = code, name\n" +
        "short_rows = fill\nescape_sign = \\\n",
      "two.csv": '2,"Second \\"two\\""\n1\n',
    },
    async ({ run, scratch, names }) => {
      const { exitCode, stdout } = await run(scratch.path("night.job"));
      assertEquals(exitCode, 1, stdout);
      assertEquals(names("Organization"), ["First", 'Second "two"']);
    },
  ));
