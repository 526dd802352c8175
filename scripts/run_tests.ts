// deno-lint-ignore-file no-console -- a script for people at a terminal
/**
 * Runs all tests, several rooms at a time, and last, one by one, those that need the machine for themselves. Tests of the compiled program
 * are among them where `CSVRECON_UNDER_TEST` names one; all others start it then, too.
 *
 *     deno run --allow-read --allow-write --allow-env --allow-run scripts/run_tests.ts [--quick] [--types] [--rooms=ROOM,…]
 *       [--without=ROOM,…] [--cached-only]
 *
 * `--quick`: the types, and the rooms that need neither a process nor a socket. `--types`: the types along with the tests. `--rooms`: only
 * these folders of tests. `--without`: not these. `--cached-only`: as Deno has it. Each process of the test runner prints its own report;
 * `.ci/run` adds them up.
 */
import { parseArgs } from "@std/cli/parse-args";
import { fromFileUrl, join } from "@std/path";
import { pathToFileURL } from "node:url";
import { bundleArguments, bundledEntry } from "./compile_options.ts";
import { type EndedJob, type Job, LANES, runInLanes } from "./lanes.ts";
import { missingReport } from "./missing_report.ts";
import { type Unit, unitsIn } from "./test_units.ts";

const PROJECT = fromFileUrl(new URL("..", import.meta.url));
const typed = parseArgs(Deno.args, { boolean: ["quick", "types", "cached-only"], string: ["rooms", "without"] });
/** A compiled program is there. */
const HAS_BINARY = Deno.env.has("CSVRECON_UNDER_TEST");
const DENO = [
  "--frozen",
  "--no-check",
  "--config",
  join(PROJECT, "deno.json"),
  ...typed["cached-only"] === true ? ["--cached-only"] : [],
];
const RIGHTS = {
  inside: ["--allow-read", "--allow-write", "--allow-env", "--allow-sys"],
  outside: ["--allow-all"],
  alone: ["--allow-all"],
};

const TYPES: Job = { name: "types", program: Deno.execPath(), args: ["task", "check:types"] };

function jobOf({ name, kind, files }: Unit, env: Readonly<Record<string, string>>): Job {
  const file = files.length === 1 ? files[0] ?? "" : joined(name, files);
  const args = ["test", ...DENO, "--no-prompt", ...RIGHTS[kind], file];
  return { name, program: Deno.execPath(), args, env };
}

/** One file with the tests of many: the test runner would load the whole program anew for each of them. */
function joined(name: string, files: readonly string[]): string {
  const path = join(folder, `${name.replaceAll(/\W/g, "_")}_test.ts`);
  Deno.writeTextFileSync(path, files.map((file) => `import ${JSON.stringify(pathToFileURL(file).href)};\n`).join(""));
  return path;
}

/** Every file of tests that needs the world of the golden cases would make it for itself. */
async function makeWorld(folder: string): Promise<Record<string, string>> {
  const path = join(folder, "world.db");
  const program = join(PROJECT, "tests/helpers/make_world.ts");
  const args = ["run", ...DENO, "--allow-all", program, path];
  const made = await new Deno.Command(Deno.execPath(), { args, stdin: "null" }).spawn().status;
  // Where it cannot be made the tests try it again, and tell why.
  return made.success ? { CSVRECON_WORLD_OF_TESTS: path } : {};
}

/** Hundreds of processes start the program: they are given a bundle, unless they are to start the compiled program. */
async function makeBundle(folder: string): Promise<Record<string, string>> {
  if (typed["quick"] === true || HAS_BINARY) return {};
  const bundle = join(folder, "bundle");
  const args = bundleArguments("main.ts", bundle);
  const made = await new Deno.Command(Deno.execPath(), { args: [...args], cwd: PROJECT, stdin: "null" }).spawn().status;
  // Where it cannot be made the program is started as it is written.
  return made.success ? { CSVRECON_BUNDLE_OF_TESTS: bundledEntry("main.ts", bundle) } : {};
}

const failed: string[] = [];

function tell({ job, exitCode, output, seconds }: EndedJob): void {
  console.log(`${job.name} (${seconds.toFixed(1)} s)\n${output}`);
  // As scripts/ok.ts tells of other checks.
  if (job === TYPES) console.log(`check types: ${exitCode === 0 ? "passed" : "failed"}\n`);
  const missing = job === TYPES ? null : missingReport(output, exitCode);
  if (missing !== null) console.log(missing);
  if (exitCode !== 0) failed.push(job.name);
}

function namesOf(list: unknown): readonly string[] | undefined {
  return typeof list === "string" ? list.split(",") : undefined;
}

function wantedUnits(): readonly Unit[] {
  const without = [...namesOf(typed["without"]) ?? [], ...HAS_BINARY ? [] : ["binary"]];
  return unitsIn(join(PROJECT, "tests"), { rooms: namesOf(typed["rooms"]), without });
}

async function runAll(env: Readonly<Record<string, string>>): Promise<void> {
  const units = wantedUnits();
  const jobs = (wanted: (unit: Unit) => boolean) => units.filter(wanted).map((unit) => jobOf(unit, env));
  if (typed["quick"] === true) return await runInLanes([TYPES, ...jobs(({ kind }) => kind === "inside")], LANES, tell);
  const types = typed["types"] === true ? [TYPES] : [];
  await Promise.all([
    runInLanes([...types, ...jobs(({ kind, waits }) => kind !== "alone" && !waits)], LANES, tell),
    runInLanes(jobs(({ kind, waits }) => kind !== "alone" && waits), 1, tell),
  ]);
  await runInLanes(jobs(({ kind, waits }) => kind === "alone" && waits), LANES, tell);
  await runInLanes(jobs(({ kind, waits }) => kind === "alone" && !waits), 1, tell);
}

const folder = Deno.makeTempDirSync({ prefix: "csvrecon-tests-" });
try {
  const [world, bundle] = await Promise.all([makeWorld(folder), makeBundle(folder)]);
  await runAll({ ...world, ...bundle });
} finally {
  Deno.removeSync(folder, { recursive: true });
}
console.log(failed.length === 0 ? "All passed" : `Failed: ${failed.join(", ")}`);
if (failed.length > 0) Deno.exit(1);
