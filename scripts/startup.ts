// deno-lint-ignore-file no-console -- a script for people at a terminal
/**
 * Measures how long the compiled program takes to start, against an empty program compiled in the same way, and fails when it is too long
 * in each of three measurements: a busy machine slows down the one that waits for the disk more than the one that does not.
 * `dist/csvrecon` must be there (`deno task compile`); `DENORT_BIN` as there.
 *
 *     deno task startup
 */
import { fromFileUrl, join } from "@std/path";
import { CollectedText } from "../lib/collected_text.ts";
import type { ProgramIo } from "../lib/io.ts";
import { runProgram } from "../lib/program.ts";
import { realIo } from "../lib/real_io.ts";
import { binaryName, compileArguments, compilerEnvironment } from "./compile_options.ts";

const BINARY = fromFileUrl(new URL(`../dist/${binaryName(null, Deno.build.target)}`, import.meta.url));

/** How often each is started, one after the other in turn, so that a busy moment of the machine hits all of them. */
const ROUNDS = 20;
const MEASUREMENTS = 3;
const ROWS = 100;

/**
 * Times the empty program, for an import into a database that has seen the like, as it has every night. With 3 the same program failed one
 * time in three, for most of what is measured is V8 reading the program, which grows with what the program can do. 3.8 is measured on a
 * machine that does nothing else.
 */
const IMPORT_LIMIT = 4.5;

const LOGIN = ["--auth_user=admin", "--auth_pwd=admin"];
const CHEAP = { n: 16, r: 1, p: 1 };

/** Something to be started. */
interface Candidate {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** How many times the empty program's time it may take; null: it is only told. */
  readonly limit: number | null;
  /** The database that is copied to `run.db` before each start. */
  readonly database?: string;
}

async function candidates(folder: string): Promise<readonly Candidate[]> {
  const empty = await compileEmptyProgram(folder);
  Deno.writeTextFileSync(join(folder, "persons.csv"), persons("Last"));
  const importArguments = [...LOGIN, "--db=run.db", "--no_localize=1", "--class=Person", "--csvfile=persons.csv"];
  const program = BINARY;
  // The hash carries its cost: a cheap one leaves the check of the password out.
  const cheap = await makeDatabase(folder, "cheap.db", CHEAP);
  const database = await makeDatabase(folder, "real.db", undefined);
  return [
    { name: "empty program", program: empty, args: [], limit: null },
    { name: "--version", program, args: ["--version"], limit: 1.5 },
    { name: "help", program, args: ["help"], limit: 2 },
    { name: `import of ${ROWS} rows`, program, args: importArguments, limit: IMPORT_LIMIT, database: cheap },
    { name: "the same with the password's check", program, args: importArguments, limit: null, database },
  ];
}

/** @returns its path */
async function compileEmptyProgram(folder: string): Promise<string> {
  const source = join(folder, "empty.js");
  const output = join(folder, binaryName(null, Deno.build.target));
  Deno.writeTextFileSync(source, "");
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...compileArguments(source, output, null)],
    clearEnv: true,
    env: compilerEnvironment(Deno.env.toObject(), true),
  }).output();
  if (!success) throw new Error(`deno compile failed: ${new TextDecoder().decode(stderr)}`);
  return output;
}

/** A database with an administrator, the organisations of the persons, and some other persons. @returns its path */
async function makeDatabase(folder: string, name: string, passwordCost: ProgramIo["passwordCost"]): Promise<string> {
  const path = join(folder, name);
  const csv = join(folder, "organizations.csv");
  Deno.writeTextFileSync(csv, "name,code\n" + rowsOf(10, (row) => `Organization ${row},O${row}`));
  await run(["init", `--db=${path}`, "--admin_user=admin", "--admin_pwd=admin"], passwordCost);
  const load = (modelClass: string, file: string) =>
    run([...LOGIN, `--db=${path}`, "--no_localize=1", `--class=${modelClass}`, `--csvfile=${file}`], passwordCost);
  await load("Organization", csv);
  const others = join(folder, "others.csv");
  Deno.writeTextFileSync(others, persons("Other"));
  await load("Person", others);
  return path;
}

async function run(args: readonly string[], passwordCost: ProgramIo["passwordCost"]): Promise<void> {
  const stdout = new CollectedText();
  const exitCode = await runProgram(args, { ...realIo(), stdout, env: () => undefined, passwordCost });
  if (exitCode !== 0) throw new Error(`csvrecon ${args.join(" ")} ended with ${exitCode}:\n${stdout.text}`);
}

function persons(name: string): string {
  const row = (row: number) => `${name}${row},First${row},${name}${row}@example.com,Organization ${row % 10},active`;
  return "name,first_name,email,org_id->name,status\n" + rowsOf(ROWS, row);
}

function rowsOf(count: number, row: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => row(index) + "\n").join("");
}

/** Starts one and waits for its end. @returns milliseconds */
async function timeOf(candidate: Candidate, folder: string): Promise<number> {
  const { program, args, database } = candidate;
  if (database !== undefined) Deno.copyFileSync(database, join(folder, "run.db"));
  const command = new Deno.Command(program, { args: [...args], cwd: folder, clearEnv: true, stdin: "null" });
  const begin = performance.now();
  const { code, stdout, stderr } = await command.output();
  const time = performance.now() - begin;
  if (code === 0) return time;
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  throw new Error(`${candidate.name} ended with ${code}:\n${said}`);
}

function median(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return ((sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN) + (sorted[Math.floor(sorted.length / 2)] ?? NaN)) / 2;
}

/** Prints a line for each. @returns whether all are within their limits */
async function measure(all: readonly Candidate[], folder: string): Promise<boolean> {
  const times = new Map<Candidate, number[]>(all.map((candidate) => [candidate, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [candidate, known] of times) {
      const time = await timeOf(candidate, folder);
      // The first round finds nothing in the system's caches.
      if (round > 0) known.push(time);
    }
  }
  const medians = [...times].map(([candidate, known]) => ({ candidate, time: median(known) }));
  const empty = medians[0]?.time ?? NaN;
  const isWithin = ({ candidate, time }: typeof medians[number]) =>
    candidate.limit === null || time <= candidate.limit * empty;
  for (const one of medians) {
    const { name, limit } = one.candidate;
    const verdict = limit === null ? "" : `, at most ${limit.toFixed(1)} times: ${isWithin(one) ? "good" : "TOO SLOW"}`;
    console.log(
      `${one.time.toFixed(1).padStart(7)} ms  ${(one.time / empty).toFixed(2).padStart(5)} times  ${name}${verdict}`,
    );
  }
  return medians.every(isWithin);
}

async function isFastEnough(folder: string): Promise<boolean> {
  const all = await candidates(folder);
  for (let measurement = 1; measurement <= MEASUREMENTS; measurement++) {
    console.log(`\nMedians of ${ROUNDS}:`);
    if (await measure(all, folder)) return true;
  }
  return false;
}

if (import.meta.main) {
  const folder = Deno.makeTempDirSync({ prefix: "csvrecon-startup-" });
  try {
    if (!await isFastEnough(folder)) Deno.exitCode = 1;
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
