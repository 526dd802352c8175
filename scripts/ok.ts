// deno-lint-ignore-file no-console -- a script for people at a terminal
/**
 * The one gate: runs every `check:` task of deno.json with the Deno that runs this, all of them whatever becomes of the others; several
 * at a time, and last the tests, which take all of the machine, with the types among them. `.ci/run` counts the lines `check …: passed`
 * and `check …: failed`, and in place of the tests' line the tests themselves. Arguments are the tests' (`run_tests.ts`).
 */
import deno from "../deno.json" with { type: "json" };
import { type Job, LANES, runInLanes } from "./lanes.ts";

const TESTS = "check:tests";
const TYPES = "check:types";
const failed: string[] = [];

function tell(task: string, passed: boolean): void {
  console.log(`${task.replace(":", " ")}: ${passed ? "passed" : "failed"}\n`);
  if (!passed) failed.push(task);
}

function jobOf(task: string, args: readonly string[] = []): Job {
  return { name: task, program: Deno.execPath(), args: ["task", task, ...args] };
}

const checks = Object.keys(deno.tasks).filter((task) => task.startsWith("check:") && task !== TESTS && task !== TYPES);
await runInLanes(checks.map((task) => jobOf(task)), LANES, ({ job, exitCode, output }) => {
  console.log(output.trimEnd());
  tell(job.name, exitCode === 0);
});
// It prints for some minutes: nobody should have to wait for its end. The types take as long as many tests, and one processor of several.
const { program, args } = jobOf(TESTS, ["--types", ...Deno.args]);
tell(TESTS, (await new Deno.Command(program, { args: [...args], stdin: "null" }).spawn().status).success);

console.log(failed.length === 0 ? "All is well" : `Failed: ${failed.join(", ")}`);
if (failed.length > 0) Deno.exit(1);
