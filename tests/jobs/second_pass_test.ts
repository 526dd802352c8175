/** Imports with `second_pass` in jobs, atomic ones too: what is taken back and begun anew is one import, not the job. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ACCESS, withJobs } from "./job_world.ts";

const TREE = "class = Organization\ncsvfile = tree.csv\nreconciliationkeys = code\nsecond_pass = parent_id\n";
const FILES = {
  "before.params": "class = Organization\ncsvfile = before.csv\nreconciliationkeys = code\n",
  "before.csv": "name,code\nTop,top\n",
  "tree.params": TREE,
  "tree.csv": "name,code,parent_id->code\nLow,low,mid\nMid,mid,top\nBad,bad,nobody\nBehind,behind,bad\n",
  "after.params": "class = Organization\ncsvfile = after.csv\nreconciliationkeys = code\n",
  "after.csv": "name,code,parent_id->code\nLast,last,low\n",
};

for (const atomic of ["0", "1"]) {
  Deno.test(`rows in error take back their own import only, atomic = ${atomic}`, () =>
    withJobs(
      {
        ...FILES,
        "night.job":
          `${ACCESS}atomic = ${atomic}\nimport = before.params\nimport = tree.params\nimport = after.params\n`,
      },
      async ({ run, scratch, names, query }) => {
        const first = await run(scratch.path("night.job"));
        assertEquals(first.exitCode, 1, first.stdout + first.stderr);
        assertEquals(names("Organization"), ["Top", "Low", "Mid", "Last"]);
        assertStringIncludes(first.stderr, "No match for value 'bad': the row in line 4 has it, and is in error");
        assertEquals(query("SELECT created, in_error FROM change WHERE created > 0"), ["1 0", "2 2", "1 0"]);
        const again = await run(scratch.path("night.job"));
        assertEquals(again.exitCode, 1);
        assertEquals(names("Organization"), ["Top", "Low", "Mid", "Last"]);
      },
    ));
}

Deno.test("an atomic job that stops takes both readings back with everything else", () =>
  withJobs(
    {
      ...FILES,
      "night.job": `${ACCESS}atomic = 1\nimport = before.params\nimport = tree.params\nimport = wrong.params\n`,
      "wrong.params": "class = Organization\ncsvfile = wrong.csv\n",
      "wrong.csv": "nothing\n1\n",
    },
    async ({ run, scratch, names, query }) => {
      const { exitCode, stdout } = await run(scratch.path("night.job"));
      assertEquals(exitCode, 64, stdout);
      assertEquals(names("Organization"), []);
      assertEquals(query("SELECT count(*) FROM change WHERE created > 0"), ["0"]);
    },
  ));
