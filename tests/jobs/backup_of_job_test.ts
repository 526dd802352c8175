/** `backup` of the imports of a job (SPEC 15): once, before the first write of the job. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { wholeContent } from "../databases/backup_content.ts";
import { writeNewDatabase } from "../helpers/new_database.ts";
import { assertExit } from "../helpers/scratch.ts";
import { ACCESS, type JobWorld, organizations, withJobs } from "./job_world.ts";

const JOB = "import = a.params\nimport = b.params\n";

for (const atomic of ["", "atomic = 1\n"]) {
  Deno.test(`a job makes one copy, of the time before it ${atomic.trim()}`, () =>
    withJobs({
      ...organizations("a", "A"),
      ...organizations("b", "B"),
      "nightly.job": `${ACCESS}${atomic}backup = before.db\n${JOB}`,
    }, async ({ run, scratch, names }) => {
      const before = wholeContent(scratch.path("cmdb.db"));
      assertExit(await run("nightly.job"), 0);
      assertEquals(names("Organization"), ["A", "B"]);
      assertEquals(wholeContent(scratch.path("before.db")), before);
      const second = wholeContent(scratch.path("cmdb.db"));
      assertExit(await run("nightly.job", "--backup=other.db"), 0);
      assertEquals(wholeContent(scratch.path("other.db")), second);
    }));
}

Deno.test("a simulated job makes none; a copy that cannot be made fails the import, and ends the job", () =>
  withJobs({
    ...organizations("a", "A"),
    ...organizations("b", "B"),
    "nightly.job": `${ACCESS}backup = no/before.db\n${JOB}`,
  }, async ({ run, names }) => {
    assertExit(await run("nightly.job", "--simulate=1"), 0);
    const ended = await run("nightly.job");
    assertExit(ended, 73);
    assertStringIncludes(ended.stdout, "The backup could not be made: 'no/before.db'");
    assertEquals(names("Organization"), []);
  }));

Deno.test("one copy cannot be that of several databases", () =>
  withJobs({
    ...organizations("a", "A"),
    ...organizations("b", "B"),
    "nightly.job": `${ACCESS}backup = before.db\n${JOB}`,
  }, refusesSeveralDatabases));

/** The second import goes into another database. */
async function refusesSeveralDatabases({ run, scratch }: JobWorld): Promise<void> {
  await writeNewDatabase(scratch, "other.db");
  Deno.writeTextFileSync(scratch.path("b.params"), "db = other.db\n", { append: true });
  const ended = await run("nightly.job");
  assertExit(ended, 64);
  assertEquals(
    ended.stdout,
    "#Job nightly names one backup for several databases: 'before.db' for 'cmdb.db', 'other.db'\n",
  );
}

const SPELT_TWICE = {
  ...organizations("a", "A"),
  ...organizations("b", "B"),
};

function addSpellings({ scratch }: JobWorld): void {
  Deno.mkdirSync(scratch.path("folder"));
  Deno.writeTextFileSync(scratch.path("a.params"), "backup = before.db\n", { append: true });
  Deno.writeTextFileSync(scratch.path("b.params"), "backup = folder/../before.db\n", { append: true });
}

for (const together of ["", "atomic = 1\n"]) {
  Deno.test(`a backup spelt in two ways is one copy ${together.trim()}`, () =>
    withJobs({ ...SPELT_TWICE, "nightly.job": `${ACCESS}${together}${JOB}` }, async (world) => {
      const { run, scratch, names } = world;
      addSpellings(world);
      const before = wholeContent(scratch.path("cmdb.db"));
      assertExit(await run("nightly.job"), 0);
      assertEquals(names("Organization"), ["A", "B"]);
      assertEquals(wholeContent(scratch.path("before.db")), before);
    }));
}

Deno.test("one copy, spelt in two ways, cannot be that of several databases", () =>
  withJobs({ ...SPELT_TWICE, "nightly.job": `${ACCESS}${JOB}` }, async (world) => {
    addSpellings(world);
    await refusesSeveralDatabases(world);
  }));
