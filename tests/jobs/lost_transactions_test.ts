/** A simulated job tells what the real one does, also where a trigger takes back the transaction that simulated imports share (SPEC 9). */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { describeRun } from "../helpers/scratch.ts";
import { ACCESS, DATABASE, type JobWorld, organizations, withJobs } from "./job_world.ts";

const ALL_OR_NOTHING = `CREATE TRIGGER all_or_nothing BEFORE INSERT ON organization WHEN NEW.name LIKE 'X%'
  BEGIN SELECT RAISE(ROLLBACK, 'no X, and nobody beside them'); END`;
/** The imports, in this order: a link below A, X and Y whose work is lost, and one that fails for itself. */
const IMPORTS = ["a", "x", "users", "broken", "b", "y", "c"];
const FILES = {
  ...organizations("a", "A"),
  ...organizations("x", "X1"),
  ...organizations("b", "A", "B"),
  ...organizations("y", "N", "X2"),
  ...organizations("c", "N", "C"),
  ...organizations("broken"),
  "broken.csv": 'name,code\n"open',
  "users.params": "class = UserLocal\ncsvfile = users.csv\nreconciliationkeys = login\n",
  "users.csv": "login,password,profile_list\nann,Secret_1,profileid->name:Portal user\n",
};

/** Counts and fates of the imports, without times. */
async function told(world: JobWorld, ...args: string[]) {
  const run = await world.run("nightly.job", "--output=json", ...args);
  const last = JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "");
  assertEquals(last.type, "job", describeRun(run));
  const fates = last.imports.map(({ result, counts }: { result: string; counts: Record<string, number> | null }) =>
    [result, counts === null ? [] : [counts["created"], counts["unchanged"]]].flat().join(" ")
  );
  return { exitCode: run.exitCode, fates, stderr: run.stderr };
}

function withTrigger(settings: string, use: (world: JobWorld) => Promise<void>): Promise<void> {
  const imports = IMPORTS.map((name) => `import = ${name}.params\n`).join("");
  return withJobs({ ...FILES, "nightly.job": `${ACCESS}${settings}${imports}` }, async (world) => {
    const database = new DatabaseSync(world.scratch.path(DATABASE));
    database.exec(ALL_OR_NOTHING);
    database.close();
    await use(world);
  });
}

const FATES: Readonly<Record<string, readonly string[]>> = {
  continue: ["done 1 0", "failed", "done 1 0", "failed", "done 1 1", "failed", "done 2 0"],
  stop: ["done 1 0", "failed", "not_run", "not_run", "not_run", "not_run", "not_run"],
};

for (const [onFailure, fates] of Object.entries(FATES)) {
  Deno.test(`on_failure=${onFailure}: simulated imports end as real ones, whoever takes the transaction back`, () =>
    withTrigger(`on_failure = ${onFailure}\nreports = all\n`, async (world) => {
      const before = world.names("Organization");
      const simulated = await told(world, "--simulate=1");
      assertEquals(world.names("Organization"), before);
      const real = await told(world);
      assertEquals(simulated.fates, fates, simulated.stderr);
      assertEquals(real.fates, fates, real.stderr);
      assertEquals([simulated.exitCode, real.exitCode], [73, 73]);
      assertStringIncludes(simulated.stderr, "no X, and nobody beside them");
    }));
}

Deno.test("an atomic job is simulated as one: all is taken back by the trigger, and nothing worked again", () =>
  withTrigger("atomic = 1\n", async (world) => {
    const only = "import = a.params\nimport = x.params\nimport = c.params\n";
    world.scratch.write("nightly.job", `${ACCESS}atomic = 1\n${only}`);
    const fates = ["taken_back", "failed", "not_run"];
    for (const args of [["--simulate=1"], []]) assertEquals((await told(world, ...args)).fates, fates);
  }));

Deno.test("files beside the reports are made once, of the work that is told", () =>
  withTrigger("on_failure = continue\nreport = pages/\n", async ({ scratch, run }) => {
    Deno.mkdirSync(scratch.path("pages"));
    await run("nightly.job", "--simulate=1");
    const pages = [...Deno.readDirSync(scratch.path("pages"))].map(({ name }) => name).sort();
    assertEquals(pages, IMPORTS.map((name) => `${name}.html`).sort());
    assertStringIncludes(Deno.readTextFileSync(scratch.path("pages/a.html")), "created");
  }));

Deno.test("work is lost, and said to be, whose input can be read only once", () =>
  withTrigger("on_failure = continue\n", async (world) => {
    const only = "import = a.params\nimport = x.params\nimport = c.params\n";
    world.scratch.write("nightly.job", `${ACCESS}on_failure = continue\n${only}`);
    world.scratch.write("a.params", "class = Organization\ncsvfile = -\nreconciliationkeys = code\n");
    const stdin = new Blob(["name,code\nA,A\n"]).stream();
    const run = await world.scratch.run(["run", "nightly.job", "--output=json", "--simulate=1"], { stdin });
    const last = JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "");
    const fates = last.imports.map(({ result }: { result: string }) => result);
    assertEquals(fates, ["taken_back", "failed", "not_run"], describeRun(run));
  }));
