/** Nothing but SQLite may open a database's file while it is in use in the process: its locks would be gone (SQLite, howtocorrupt, 2.2). */
import { assertStringIncludes } from "@std/assert";
import { assertExit } from "../helpers/scratch.ts";
import { ACCESS, DATABASE, withJobs } from "./job_world.ts";

const HINT = "This is the database itself: name the file that is to be loaded into it";

for (const [name, way] of [["by its name", "name"], ["by a link", "link"], ["by a hard link", "hard link"]] as const) {
  Deno.test(`the database is no input of its own: ${name}`, () =>
    withJobs({
      "nightly.job": `${ACCESS}import = own.params\n`,
      "own.params": `class = Organization\ncsvfile = ${way === "name" ? DATABASE : "other.csv"}\n`,
    }, async ({ run, scratch }) => {
      if (way === "link") Deno.symlinkSync(DATABASE, scratch.path("other.csv"));
      if (way === "hard link") Deno.linkSync(scratch.path(DATABASE), scratch.path("other.csv"));
      const ended = await run("nightly.job");
      assertExit(ended, 66);
      assertStringIncludes(ended.stderr, HINT);
      const alone = await scratch.run([
        "--param_file=own.params",
        "--db=cmdb.db",
        "--auth_user=admin",
        "--auth_pwd=admin",
      ]);
      assertExit(alone, 66);
      assertStringIncludes(alone.stderr, HINT);
    }));
}
