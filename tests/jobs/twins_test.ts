/** Each import of a job is a run of its own: twins are rows of one file (SPEC 14). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { ACCESS, withJobs } from "./job_world.ts";

const importing = (name: string, more = "") => ({
  [`${name}.params`]: `class = Organization\ncsvfile = ${name}.csv\nreconciliationkeys = code\n${more}`,
});

for (const atomic of ["0", "1"]) {
  Deno.test(`two imports of a job may change one object, atomic = ${atomic}; two rows of one may not`, () =>
    withJobs(
      {
        "night.job": `${ACCESS}atomic = ${atomic}\nimport = one.params\nimport = two.params\nimport = last.params\n`,
        ...importing("one"),
        "one.csv": "name,code\nFirst,T\nOther,T\n",
        ...importing("two"),
        "two.csv": "name,code\nSecond,T\n",
        ...importing("last", "twins = last\n"),
        "last.csv": "name,code\nThird,T\nFourth,T\n",
      },
      async ({ run, scratch, names }) => {
        const { stdout, exitCode } = await run(scratch.path("night.job"));
        assertEquals(exitCode, 1, stdout);
        assertEquals(names("Organization"), ["Fourth"]);
        assertStringIncludes(stdout, "1 row changed an object that an earlier row of the file had reached, in line 3");
      },
    ));
}
