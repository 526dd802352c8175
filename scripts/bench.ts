// deno-lint-ignore-file no-console -- a script for people at a terminal
/**
 * Measures how fast rows are loaded, beside other ways to load them that the machine has: the sqlite3 shell with an expert's SQL, and
 * `sqlite-utils upsert`. All contestants of a case take turns, round by round, so that a busy moment of the machine hits all of them.
 *
 *     deno task bench [--rows=10000,100000] [--rounds=3] [--cases=create,unchanged] [--peers=sqlite3] [--program=dist/csvrecon]
 *         [--json=FILE]
 *
 * `--cases=cliffs` measures the cliffs of `bench/cliffs/` in their place: what files of other kinds take beside the base case, and whether
 * that is within its limit; `--cases=CASE[/STEP],…` picks some. Each has as many rows as show it best, unless `--rows` tells; with two
 * numbers (`--rows=20000,80000`) it is told what grows faster than its input.
 *
 * `--cases=postgres` measures the same at a PostgreSQL server that it starts, beside psql with an expert's SQL.
 *
 * `--peers=none` leaves the others out. Without --program csvrecon is run from its source, with the V8 flags of the compiled program.
 * Cases with limits say whether csvrecon keeps to them; statements of SQL are counted apart, in a run of the source.
 */
import { parseArgs } from "@std/cli/parse-args";
import { fromFileUrl, join, resolve } from "@std/path";
import type { BenchCase, Contestant, CsvreconProcesses, ImportProcess } from "./bench/bench_case.ts";
import { CASES } from "./bench/cases.ts";
import { benchCliffs, cliffsNamed } from "./bench/cliffs/bench_cliffs.ts";
import type { WantedCliff } from "./bench/cliffs/measure_cliffs.ts";
import { countStatements } from "./bench/count_statements.ts";
import { type Verdict, verdictLine, verdictsOf } from "./bench/limits.ts";
import { type Measure, measure, type ProcessToMeasure } from "./bench/measured_process.ts";
import { locations, organizations, PERSONS, writeRows } from "./bench/persons.ts";
import { DATABASE, StartingPoints } from "./bench/starting_points.ts";
import { type Result, summarize, type Summary, table } from "./bench/results.ts";
import { ALL_AT_SERVER, benchPostgres } from "./bench/postgres/bench_postgres.ts";
import { compileArguments } from "./compile_options.ts";

const MAIN = fromFileUrl(new URL("../main.ts", import.meta.url));
const LOGIN = ["--auth_user=admin", "--auth_pwd=admin"];

const V8_FLAGS = compileArguments("main.ts", "csvrecon", null).filter((argument) => argument.startsWith("--v8-flags="));

interface Options {
  readonly sizes: readonly number[];
  readonly rounds: number;
  readonly cases: readonly BenchCase[];
  readonly cliffs: readonly WantedCliff[];
  readonly atServer: boolean;
  /** Whether the number of rows was told. */
  readonly hasSizes: boolean;
  /** Programs to be measured beside csvrecon; null: all that are there. */
  readonly peers: readonly string[] | null;
  /** Path of the compiled program; null: the source. */
  readonly program: string | null;
  /** Where the figures go as JSON; null: nowhere. */
  readonly json: string | null;
}

/** @throws Error for what is no option, size or case */
function readOptions(args: readonly string[]): Options {
  const names = ["rows", "rounds", "cases", "peers", "program", "json"];
  const typed = parseArgs([...args], {
    string: names,
    unknown: (argument) => {
      throw new Error(`Unknown argument: ${argument}. Expected: ${names.map((name) => `--${name}=…`).join(", ")}`);
    },
  });
  const { program, json = null } = typed as { readonly program?: string; readonly json?: string };
  const rounds = wholeNumber(String(typed["rounds"] ?? "3"));
  const named = typed["cases"] === undefined ? [] : String(typed["cases"]).split(",");
  const cliffs = named.flatMap(cliffsNamed);
  const others = named.filter((name) => name !== ALL_AT_SERVER && cliffsNamed(name).length === 0).map(caseNamed);
  return {
    sizes: String(typed["rows"] ?? "100000").split(",").map(wholeNumber),
    rounds,
    cases: named.length === 0 ? CASES : others,
    cliffs,
    atServer: named.includes(ALL_AT_SERVER),
    hasSizes: typed["rows"] !== undefined,
    peers: typed["peers"] === undefined ? null : String(typed["peers"]).split(","),
    program: program === undefined ? null : resolve(program),
    json,
  };
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Error(`${text} is no number of rows or rounds`);
  return Number(text);
}

function caseNamed(name: string): BenchCase {
  const found = CASES.find((candidate) => candidate.name === name);
  if (found === undefined) {
    throw new Error(
      `No case '${name}'. Cases: ${
        CASES.map((known) => known.name).join(", ")
      }, ${ALL_AT_SERVER}, cliffs and each of these`,
    );
  }
  return found;
}

function csvreconProcess(program: string | null, args: readonly string[]): Omit<ProcessToMeasure, "folder"> {
  if (program !== null) return { program, args };
  return { program: Deno.execPath(), args: ["run", "--quiet", "--frozen", "--allow-all", ...V8_FLAGS, MAIN, ...args] };
}

/** @param run a process of csvrecon @param database as it is named */
function processesOf(run: ImportProcess, database = DATABASE): CsvreconProcesses {
  const named = `--db=${database}`;
  const behind = (...before: readonly string[]): ImportProcess => (args) => run([...before, ...args]);
  return {
    importOf: behind(...LOGIN, named, "--no_localize=1"),
    foreignImport: behind(named, "--no_localize=1"),
    init: behind("init", named),
    undo: behind("undo", ...LOGIN, named),
  };
}

async function isThere(program: string): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function contestantsOf({ contestants }: BenchCase, peers: Options["peers"]): Promise<readonly Contestant[]> {
  const isWanted = (needs: string) => peers === null || peers.includes(needs);
  const present = await Promise.all(
    contestants.map(({ needs }) => needs === undefined || (isWanted(needs) && isThere(needs))),
  );
  return contestants.filter((_, index) => present[index]);
}

async function runCase(
  benchCase: BenchCase,
  rows: number,
  { rounds, peers }: Options,
  points: StartingPoints,
): Promise<readonly Summary[]> {
  const count = Math.ceil(rows / (benchCase.fewer ?? 1));
  for (const file of benchCase.files) {
    const length = file.rows === PERSONS ? rows : count;
    writeRows(join(points.folder, file.name), file.rows, length, file.charset ?? "utf8");
  }
  const contestants = await contestantsOf(benchCase, peers);
  const runs = contestants.map((): Measure[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, contestant] of contestants.entries()) {
      await points.restore(contestant.start);
      runs[index]?.push(await measure({ ...contestant.process(points.processes), folder: points.folder }));
    }
  }
  const results: Result[] = [];
  for (const [index, contestant] of contestants.entries()) {
    const statements = benchCase.limits?.statements === undefined ? null : await statementsOf(contestant, points);
    results.push({
      case: benchCase.name,
      rows: count,
      contestant: contestant.name,
      runs: runs[index] ?? [],
      statements,
    });
  }
  return summarize(results);
}

async function statementsOf(contestant: Contestant, points: StartingPoints): Promise<number> {
  await points.restore(contestant.start);
  const { args } = contestant.process(processesOf((args) => ({ program: "csvrecon", args })));
  return await countStatements(args, points.folder);
}

async function bench(options: Options): Promise<void> {
  const { sizes, rounds, cases, program, json, cliffs, hasSizes } = options;
  const process = (args: readonly string[]) => csvreconProcess(program, args);
  const found = cliffs.length === 0
    ? []
    : await benchCliffs({ wanted: cliffs, sizes: hasSizes ? sizes : null, rounds }, process);
  const atServer = options.atServer
    ? await benchPostgres({ sizes, rounds }, (database) => processesOf(process, database))
    : [];
  if (cases.length === 0) return await writeFigures(json, { rounds, cliffs: found, postgres: atServer });
  const processes = processesOf(process);
  const summaries: Summary[] = [];
  const verdicts: Verdict[] = [];
  for (const rows of sizes) {
    const folder = await Deno.makeTempDir({ prefix: "csvrecon-bench-" });
    try {
      await Deno.writeTextFile(join(folder, "organizations.csv"), organizations());
      await Deno.writeTextFile(join(folder, "locations.csv"), locations());
      const points = new StartingPoints(folder, processes);
      for (const benchCase of cases) {
        console.error(`${rows} rows: ${benchCase.name} …`);
        const told = await runCase(benchCase, rows, options, points);
        summaries.push(...told);
        verdicts.push(...verdictsOf(benchCase, told));
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  }
  console.log(`Deno ${Deno.version.deno}, ${navigator.hardwareConcurrency} cores, ${rounds} rounds in turn, medians\n`);
  console.log(table(summaries));
  for (const verdict of verdicts) console.log(verdictLine(verdict));
  await writeFigures(json, { rounds, summaries, verdicts, ...cliffs.length > 0 ? { cliffs: found } : {} });
}

async function writeFigures(json: string | null, figures: Record<string, unknown>): Promise<void> {
  if (json === null) return;
  await Deno.writeTextFile(json, JSON.stringify({ deno: Deno.version.deno, ...figures }, null, 2) + "\n");
}

if (import.meta.main) await bench(readOptions(Deno.args));
