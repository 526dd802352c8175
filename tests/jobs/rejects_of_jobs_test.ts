/** `rejects` in jobs: a file for each import, and what would lose one is refused before the first (SPEC 15). */
import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { assertExit } from "../helpers/scratch.ts";
import { ACCESS, type JobWorld, withJobs } from "./job_world.ts";

const A = { "a.params": "class = Organization\ncsvfile = a.csv\n", "a.csv": "name,status\nA,active\nAA,x\n" };
const B = { "b.params": "class = Organization\ncsvfile = b.csv\n", "b.csv": "name,status\nB,y\n" };

function text({ scratch }: JobWorld, name: string): string {
  return Deno.readTextFileSync(scratch.path(name));
}

Deno.test("a folder has a file for each import of a job, whatever reports are printed", () =>
  withJobs({
    ...A,
    ...B,
    "bad/b.rejects.csv": "name,_line,_status,_why\nold,1,rejected,x\n",
    "good.params": "class = Organization\ncsvfile = good.csv\n",
    "good.csv": "name\nG\n",
    "bad/good.rejects.csv": "",
    "nightly.job":
      `${ACCESS}import = a.params\nimport = b.params\nimport = good.params\nrejects = bad/\nreports = none\n`,
  }, async (world) => {
    const run = await world.run("nightly.job");
    assertExit(run, 1);
    assertStringIncludes(text(world, "bad/a.rejects.csv"), "name,status,_line,_status,_why\nAA,x,3,rejected,");
    assertStringIncludes(text(world, "bad/b.rejects.csv"), "\nB,y,2,rejected,");
    assertEquals([...Deno.readDirSync(world.scratch.path("bad"))].map(({ name }) => name).sort(), [
      "a.rejects.csv",
      "b.rejects.csv",
    ]);
    assertStringIncludes(run.stderr, "csvrecon: job nightly, a.params: the rows in error are in 'bad/a.rejects.csv'");
    assertFalse(run.stdout.includes("#Rejects"));
  }));

Deno.test("each import may name its own file, and the command line wins", () =>
  withJobs({
    ...A,
    "b.params": `${B["b.params"]}rejects = b.bad\n`,
    "b.csv": B["b.csv"],
    "nightly.job": `${ACCESS}import = a.params\nimport = b.params\n`,
  }, async (world) => {
    const run = await world.run("nightly.job");
    assertStringIncludes(run.stdout, "#Rejects: b.bad\n");
    assertStringIncludes(text(world, "b.bad"), "\nB,y,2,rejected,");
    Deno.mkdirSync(world.scratch.path("all"));
    await world.run("nightly.job", "--rejects=all/", "--simulate=1");
    assertStringIncludes(text(world, "all/a.rejects.csv"), "AA,x,3,rejected");
    assertStringIncludes(text(world, "all/b.rejects.csv"), "B,y,2,rejected");
  }));

Deno.test("imports that would write one file, or over an input, are refused before the first", () =>
  withJobs({
    ...A,
    ...B,
    "sub/a.params": A["a.params"],
    "bad/keep": "",
    "same.job": `${ACCESS}import = a.params\nimport = b.params\nrejects = bad.csv\n`,
    "folder.job": `${ACCESS}import = a.params\nimport = sub/a.params\nrejects = bad/\n`,
    "input.job": `${ACCESS}import = a.params\nimport = c.params\n`,
    "c.params": "class = Organization\ncsvfile = c.csv\nrejects = ./bad/../a.csv\n",
    "c.csv": "name\n",
    "output.job": `${ACCESS}import = a.params\noutput = rejects\n`,
  }, async ({ run, names }) => {
    const refused = [
      [
        "same.job",
        "#rejects: the rows in error of several imports would be written to 'bad.csv': 'a.params', 'b.params'",
      ],
      ["folder.job", "would be written to 'bad/a.rejects.csv': 'a.params', 'sub/a.params'"],
      ["input.job", "#rejects: './bad/../a.csv' is the input of an import, which is not overwritten"],
      ["output.job", "#output=rejects cannot be the output of a job: 'output' in 'output.job'"],
    ] as const;
    for (const [job, words] of refused) {
      const ended = await run(job);
      assertExit(ended, 64);
      assertStringIncludes(ended.stdout, words);
    }
    // Jobs run one after the other: what the second writes, the first has written.
    assertExit(await run("same.job", "folder.job"), 64);
    assertEquals(names("Organization"), []);
  }));

Deno.test("an atomic job that is taken back writes no file of the imports that were right", () =>
  withJobs({
    ...A,
    "b.params": "class = Organization\ncsvfile = b.csv\n",
    "b.csv": "nome\nB\n",
    "bad/a.rejects.csv": "name,_line,_status,_why\nold,1,rejected,x\n",
    "nightly.job": `${ACCESS}import = a.params\nimport = b.params\nrejects = bad/\natomic = 1\n`,
  }, async (world) => {
    assertExit(await world.run("nightly.job"), 64);
    assertStringIncludes(text(world, "bad/a.rejects.csv"), "old,1,rejected,x");
    assertEquals([...Deno.readDirSync(world.scratch.path("bad"))].length, 1);
  }));
