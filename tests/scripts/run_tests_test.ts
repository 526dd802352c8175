/** How the tests are run: every file once, several processes at a time, and nothing that fails is lost on the way to the last line. */
import { assert, assertEquals } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { type EndedJob, type Job, runInLanes } from "../../scripts/lanes.ts";
import { missingReport } from "../../scripts/missing_report.ts";
import { NAMED, secondsOf, type Unit, unitsIn } from "../../scripts/test_units.ts";
import { isInstalled, runShell } from "../helpers/shell.ts";
import { withTemporaryFolder } from "../helpers/temporary_folder.ts";

const TESTS = fromFileUrl(new URL("..", import.meta.url));

function filesOf(units: readonly Pick<Unit, "files">[]): string[] {
  return units.flatMap(({ files }) => files).sort();
}

function testFiles(folder: string): string[] {
  return [...Deno.readDirSync(folder)].flatMap(({ name, isDirectory }) => {
    const path = join(folder, name);
    return isDirectory ? testFiles(path) : name.endsWith("_test.ts") ? [path] : [];
  });
}

Deno.test("every file of tests is in one unit, and those of a room are left out or alone where that is asked for", () => {
  const all = testFiles(TESTS).sort();
  const isBinary = (path: string) => path.startsWith(join(TESTS, "binary/"));
  const isProgram = (path: string) => path.startsWith(join(TESTS, "program/"));
  assertEquals(filesOf(unitsIn(TESTS, {})), all);
  assertEquals(filesOf(unitsIn(TESTS, { rooms: ["binary"] })), all.filter(isBinary));
  assertEquals(filesOf(unitsIn(TESTS, { without: ["binary"] })), all.filter((path) => !isBinary(path)));
  const rest = all.filter((path) => !isBinary(path) && !isProgram(path));
  assertEquals(filesOf(unitsIn(TESTS, { without: ["program", "binary"] })), rest);
  assertEquals(filesOf(unitsIn(TESTS, { rooms: ["program", "binary"], without: ["binary"] })), all.filter(isProgram));
  const names = unitsIn(TESTS, {}).map(({ name }) => name);
  assertEquals(new Set(names).size, names.length);
});

Deno.test("a unit has files of one kind, and whatever is said of a room or a file is said of one that is there", () => {
  const files = testFiles(TESTS).map((path) => path.slice(join(TESTS, "/").length));
  assertEquals(NAMED.filter((name) => !files.some((file) => file.startsWith(name))), []);
  const kinds = unitsIn(TESTS, { rooms: ["jobs"] }).map(({ kind, files }) => [kind, filesOf([{ files }])]);
  const [inside = [], outside] = kinds;
  assertEquals(outside, ["outside", [join(TESTS, "jobs/job_process_test.ts")]]);
  assertEquals([inside[0], inside[1]?.length], ["inside", files.filter((file) => file.startsWith("jobs/")).length - 1]);
});

Deno.test("processes that share the files of a kind end together, by what their files take", () => {
  const pools = Map.groupBy(unitsIn(TESTS, {}), ({ name }) => name.replace(/ \d+ of \d+$/, ""));
  const secondsEach = [...pools.values()].map((units) =>
    units.map(({ files }) => secondsOf(files.map((path) => path.slice(join(TESTS, "/").length))))
  );
  for (const seconds of secondsEach) assert(Math.max(...seconds) < 1.5 * Math.min(...seconds), seconds.join());
  const inside = unitsIn(TESTS, {}).filter(({ name }) => name.startsWith("inside "));
  assert(inside.length > 4 && inside.every(({ files }) => files.length > 20), "a process for each file takes long");
});

Deno.test("what measures the memory of its own process has one to itself: what others leave there would hide what it takes", () => {
  const measures = (path: string) => /Deno\.memoryUsage\(\)/.test(Deno.readTextFileSync(path));
  const measuring = unitsIn(TESTS, {}).filter(({ files }) => files.some(measures));
  assert(measuring.length > 0);
  assertEquals(measuring.filter(({ files }) => files.length > 1).map(({ name }) => name), []);
});

const PASSED = "a test ... ok (1ms)\n\nok | 3 passed (2 steps) | 0 failed | 1 ignored (1s)\n";
const FAILED = "a test ... FAILED (1ms)\n\nFAILED | 2 passed | 1 failed (1s)\n\nerror: Test failed\n";

Deno.test("a process of the test runner that fails without a failed test, or without a word, is a failure", () => {
  assertEquals(missingReport(PASSED, 0), null);
  assertEquals(missingReport(FAILED, 1), null);
  // Colours are there unless NO_COLOR says otherwise.
  assertEquals(missingReport(PASSED.replace("ok", "\x1b[0m\x1b[32mok\x1b[0m"), 0), null);
  assertEquals(
    missingReport(PASSED, 1),
    "FAILED | 0 passed | 1 failed (no test failed, but their run did: exit code 1)",
  );
  for (const exitCode of [0, 137]) {
    const told = `FAILED | 0 passed | 1 failed (there is no report of the tests: exit code ${exitCode})`;
    assertEquals(missingReport("a test ...", exitCode), told);
  }
});

/** Prints its name, once before it waits and once afterwards. */
function sleeper(name: string, milliseconds: number, exitCode = 0): Job {
  const program = `console.log("${name}"); await new Promise((end) => setTimeout(end, ${milliseconds}));` +
    `console.log("${name}"); Deno.exit(${exitCode})`;
  return { name, program: Deno.execPath(), args: ["eval", program] };
}

Deno.test("jobs run side by side, what each prints comes in one piece, and one that fails keeps nobody back", async () => {
  const ended: EndedJob[] = [];
  await runInLanes([sleeper("long", 1500), sleeper("bad", 0, 3), sleeper("last", 0)], 2, (job) => ended.push(job));
  const results = ended.map(({ job, exitCode, output }) => [job.name, exitCode, output]);
  assertEquals(results, [["bad", 3, "bad\nbad\n"], ["last", 0, "last\nlast\n"], ["long", 0, "long\nlong\n"]]);
  assert(ended.every(({ seconds }) => seconds > 0));
});

/** What `.ci/run` makes of a log. */
function counted(log: string, exitCode: number): Promise<string> {
  return withTemporaryFolder(async ({ write, path }) => {
    const script = Deno.readTextFileSync(join(TESTS, "../.ci/run"));
    const [count = ""] = /^count\(\) \{\n[^]*?^\}\n/m.exec(script) ?? [];
    const program = `passed=0 failed=0 log=$1 failures=$2\n${count}count ${exitCode} "the run"\necho "$passed $failed"`;
    const { stdout } = await runShell("bash", ["-c", program, "bash", write("log", log), path("failures")]);
    return stdout.trim();
  });
}

Deno.test({
  name: "the continuous integration adds up the reports of all processes, and the checks",
  ignore: !isInstalled("bash"),
  async fn() {
    const checks = "check types: passed\n\ncheck lint: passed\n\n";
    assertEquals(await counted(`${checks}${PASSED}${PASSED}check tests: passed\n`, 0), "8 0");
    assertEquals(await counted(`check lint: failed\n${PASSED}${FAILED}${FAILED}check tests: failed\n`, 1), "7 3");
    const lost = missingReport("", 137);
    assertEquals(await counted(`${checks}${PASSED}${lost}\ncheck tests: failed\n`, 1), "5 1");
    assertEquals(await counted(`${checks}check tests: failed\n`, 1), "2 1");
    assertEquals(await counted(`${PASSED}`, 1), "3 1");
  },
});
