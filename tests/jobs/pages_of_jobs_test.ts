/** `report` in jobs: a page for each import, and what would lose one is refused before the first (SPEC 15). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertExit } from "../helpers/scratch.ts";
import { ACCESS, type JobWorld, withJobs } from "./job_world.ts";

const A = { "a.params": "class = Organization\ncsvfile = a.csv\n", "a.csv": "name,status\nA,active\nAA,x\n" };
const B = { "b.params": "class = Organization\ncsvfile = b.csv\n", "b.csv": "name,status\nB,y\n" };

function text({ scratch }: JobWorld, name: string): string {
  return Deno.readTextFileSync(scratch.path(name));
}

Deno.test("a folder has a page for each import of a job, whatever reports are printed", () =>
  withJobs({
    ...A,
    ...B,
    "pages/a.html": "",
    "nightly.job": `${ACCESS}import = a.params\nimport = b.params\nreport = pages/\nreports = none\n`,
  }, async (world) => {
    assertExit(await world.run("nightly.job"), 1);
    assertStringIncludes(text(world, "pages/a.html"), "<title>csvrecon: Organization, a.csv</title>");
    assertStringIncludes(text(world, "pages/b.html"), "<h3>name: B <small>line 2</small></h3>");
  }));

Deno.test("imports that would write one page, or over an input or the rows in error of another, are refused before the first", () =>
  withJobs({
    ...A,
    ...B,
    "same.job": `${ACCESS}import = a.params\nimport = b.params\nreport = page.html\n`,
    "c.params": "class = Organization\ncsvfile = b.csv\nreport = a.csv\n",
    "input.job": `${ACCESS}import = a.params\nimport = c.params\n`,
    "d.params": "class = Organization\ncsvfile = a.csv\nrejects = both\n",
    "e.params": "class = Organization\ncsvfile = b.csv\nreport = both\n",
    "both.job": `${ACCESS}import = d.params\nimport = e.params\n`,
  }, async (world) => {
    const told = {
      "same.job": "the pages of several imports would be written to 'page.html': 'a.params', 'b.params'",
      "input.job": "'a.csv' is the input of an import, which is not overwritten",
      "both.job": "the pages of several imports would be written to 'both': 'd.params', 'e.params'",
    };
    for (const [job, why] of Object.entries(told)) {
      const run = await world.run(job);
      assertExit(run, 64);
      assertStringIncludes(run.stderr, why);
    }
    assertEquals([...Deno.readDirSync(world.scratch.folder)].filter(({ name }) => name.endsWith(".html")), []);
  }));
