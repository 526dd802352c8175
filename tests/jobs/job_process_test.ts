/** Jobs as processes: the lock between them, and output that nobody takes. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type RunningProgram, runProcess, startProcess } from "../helpers/program_process.ts";
import { assertExit, describeRun } from "../helpers/scratch.ts";
import { ACCESS, type JobWorld, organizations, withJobs } from "./job_world.ts";

const RUNNING = "cmdb.db.nightly.running";

/** A job that waits for standard input. */
const WAITING = {
  "input.params": "class = Organization\ncsvfile = -\nreconciliationkeys = code\n",
  "nightly.job": `${ACCESS}import = input.params\n`,
};

/** A job that waits for its input, which ends when `input` is closed. A test that fails leaves no process behind. */
interface WaitingJob extends AsyncDisposable {
  readonly first: RunningProgram;
  readonly input: WritableStream<Uint8Array>;
}

/** Starts the job, and is done when it holds its lock. */
async function startWaiting({ scratch }: JobWorld): Promise<WaitingJob> {
  const { readable, writable } = new TransformStream<Uint8Array>();
  const first = startProcess(["run", "nightly.job"], { folder: scratch.folder, stdin: readable });
  let ended = false;
  first.child.status.then(() => ended = true);
  while (!isWritten(scratch.path(RUNNING))) {
    assert(!ended, "The job ended before it held its lock.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { first, input: writable, [Symbol.asyncDispose]: () => first.child[Symbol.asyncDispose]() };
}

function isWritten(path: string): boolean {
  try {
    return Deno.readTextFileSync(path).endsWith("\n");
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function write(input: WritableStream<Uint8Array>, text: string): Promise<void> {
  const writer = input.getWriter();
  await writer.write(new TextEncoder().encode(text));
  await writer.close();
}

Deno.test("a second start of a running job ends with 75 and says who runs it since when; the first is not disturbed", () =>
  withJobs(WAITING, async (world) => {
    const { scratch, names, files } = world;
    await using waiting = await startWaiting(world);
    const { first, input } = waiting;
    const second = await runProcess(["run", "nightly.job"], { folder: scratch.folder });
    assertExit(second, 75);
    const message = new RegExp(`^#Job nightly is running already: process ${first.child.pid}, begun \\d{4}-.*Z\n$`);
    assertMatch(second.stdout, message);
    assertStringIncludes(
      second.stderr,
      `csvrecon: job nightly: Job nightly is running already: process ${first.child.pid}`,
    );
    assertExit(await runProcess(["run", "nightly.job", "--output=json"], { folder: scratch.folder }), 75);
    await write(input, "name,code\nA,A\n");
    assertExit(await first.ended(), 0);
    assertEquals(names("Organization"), ["A"]);
    assert(!files().includes(RUNNING));
  }));

Deno.test("the lock of a job that was killed is free, and the next run tells of it", () =>
  withJobs(WAITING, async (world) => {
    const { scratch, names, files } = world;
    await using waiting = await startWaiting(world);
    const { first, input } = waiting;
    first.child.kill("SIGKILL");
    await first.child.status;
    await input.close();
    assert((await first.ended()).exitCode !== 0);
    assert(files().includes(RUNNING));
    const next = await runProcess(["run", "nightly.job"], { folder: scratch.folder, stdin: "name,code\nB,B\n" });
    assertExit(next, 0);
    const warning = `The last run of this job, process ${first.child.pid}, begun `;
    assertStringIncludes(next.stderr, `csvrecon: job nightly: ${warning}`);
    assertStringIncludes(next.stdout, `\n#Warning: ${warning}`);
    assertEquals(names("Organization"), ["B"]);
    assert(!files().includes(RUNNING));
    const after = await runProcess(["run", "nightly.job"], { folder: scratch.folder, stdin: "name,code\nB,B\n" });
    assertEquals([after.exitCode, after.stderr], [0, ""], describeRun(after));
  }));

Deno.test("other jobs run meanwhile, and jobs of the same name on another database", () =>
  withJobs({
    ...WAITING,
    ...organizations("a", "A"),
    "other.job": `${ACCESS}busy_timeout = 0.1\nimport = a.params\n`,
  }, async (world) => {
    await using waiting = await startWaiting(world);
    const { first, input } = waiting;
    // The first is in its transaction: the other job has its lock and then meets the database's.
    const other = await runProcess(["run", "other.job"], { folder: world.scratch.folder });
    assertExit(other, 75);
    assertStringIncludes(other.stdout, "Database is locked by another writer: 'cmdb.db' (waited 0.1 s)");
    await write(input, "name,code\nA,A\n");
    assertExit(await first.ended(), 0);
  }));

Deno.test("a full standard output ends a job with 74, stops nothing, and the rows are there", () =>
  withJobs({
    ...organizations("a", "A"),
    ...organizations("b", "B"),
    "nightly.job": `${ACCESS}on_failure = stop\nimport = a.params\nimport = b.params\n`,
  }, async ({ scratch, names, files }) => {
    const ended = await runProcess(["run", "nightly.job"], { folder: scratch.folder, redirection: ">/dev/full" });
    assertExit(ended, 74);
    assertEquals(names("Organization"), ["A", "B"]);
    assertStringIncludes(ended.stderr, "csvrecon: job nightly, a.params: The report could not be written: ");
    assertStringIncludes(ended.stderr, "csvrecon: job nightly: The summary could not be written: ");
    assert(!files().includes(RUNNING));
  }));

Deno.test({
  name: "nobody looks into a pipe before its turn",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withJobs({
      "pipe.params": "class = Organization\ncsvfile = pipe\nreconciliationkeys = code\n",
      "nightly.job": `${ACCESS}import = pipe.params\n`,
    }, async ({ run, scratch, names }) => {
      const made = await new Deno.Command("mkfifo", { args: [scratch.path("pipe")] }).output();
      assert(made.success);
      // A process of its own: with Deno 2.4 this one would stand still until somebody reads.
      const words = ["-c", 'printf "name,code\\nA,A\\n" >"$0"', scratch.path("pipe")];
      const writing = new Deno.Command("sh", { args: words }).spawn();
      const ended = await run("nightly.job");
      await writing.status;
      assertEquals([ended.exitCode, names("Organization")], [0, ["A"]], describeRun(ended));
    }),
});
