// deno-lint-ignore-file no-console -- a script for people at a terminal
/** `deno task bench --cases=postgres`: persons at a PostgreSQL server, beside psql with an expert's SQL, and with a server far away. */
import { join } from "@std/path";
import type { CsvreconProcesses, ImportProcess } from "../bench_case.ts";
import { PERSONS_FILE } from "../contestants.ts";
import { type Measure, measure } from "../measured_process.ts";
import { organizations, writeRows } from "../persons.ts";
import { median, type Result, summarize, table } from "../results.ts";
import { type BenchServer, withBenchServer } from "./bench_server.ts";
import { POSTGRES_COMPARE, POSTGRES_CREATE } from "./postgres_expert.ts";

export const ALL_AT_SERVER = "postgres";

const RUN = "run";
/** Milliseconds, each way, to a server in another country. */
const FAR = 10;
const LONG = 1_000_000;
/** MiB, as with an SQLite file. */
const MOST_MEMORY = 200;

/** What is measured of one size: who, and how many times what the second takes the first may take at most, in time. */
interface ServerCase {
  readonly name: string;
  readonly start: "organizations" | "persons";
  readonly others: "expert" | "near";
  readonly limit: number;
  /** The expert's. */
  readonly sql?: string;
}

const CASES: readonly ServerCase[] = [
  { name: "create", start: "organizations", others: "expert", limit: 1.5, sql: POSTGRES_CREATE },
  { name: "unchanged", start: "persons", others: "expert", limit: 2.5, sql: POSTGRES_COMPARE },
  { name: "unchanged, 10 ms away", start: "persons", others: "near", limit: 1.5 },
];

export interface ServerBenchOptions {
  readonly sizes: readonly number[];
  readonly rounds: number;
}

/** @param processesAt those of csvrecon with a database that is named so @returns the figures */
export async function benchPostgres(
  { sizes, rounds }: ServerBenchOptions,
  processesAt: (database: string) => CsvreconProcesses,
): Promise<readonly Result[]> {
  return await withBenchServer(async (server) => {
    const all: Result[] = [];
    for (const rows of sizes) {
      const folder = await Deno.makeTempDir({ prefix: "csvrecon-bench-" });
      try {
        all.push(...await measureSize({ server, folder, rows, rounds, processesAt }));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }
    for (const line of growthLines(all, sizes)) console.log(line);
    return all;
  });
}

interface SizeBench {
  readonly server: BenchServer;
  readonly folder: string;
  readonly rows: number;
  readonly rounds: number;
  readonly processesAt: (database: string) => CsvreconProcesses;
}

async function measureSize(bench: SizeBench): Promise<readonly Result[]> {
  const { server, folder, rows } = bench;
  await Deno.writeTextFile(join(folder, "organizations.csv"), organizations());
  writeRows(join(folder, PERSONS_FILE.name), PERSONS_FILE.rows, rows, "utf8");
  await makeStarts(bench);
  const all: Result[] = [];
  for (const one of CASES) {
    // A long file would tell no more of it.
    if (one.others === "near" && rows >= LONG) continue;
    console.error(`${rows} rows: ${one.name} …`);
    const results = await measureCase(bench, one);
    console.log(`\n${server.name}\n\n${table(summarize(results))}${verdictOf(one, results)}`);
    all.push(...results);
  }
  return all;
}

async function makeStarts({ server, folder, processesAt }: SizeBench): Promise<void> {
  const run = async (database: string, process: (processes: CsvreconProcesses) => ReturnType<ImportProcess>) => {
    await measure({ ...process(processesAt(server.address(database))), folder });
  };
  await server.create("organizations");
  await run("organizations", ({ init }) => init(["--admin_user=admin", "--admin_pwd=admin"]));
  await run("organizations", ({ importOf }) => importOf(["--class=Organization", "--csvfile=organizations.csv"]));
  await server.create("persons", "organizations");
  await run("persons", ({ importOf }) => importOf(IMPORT));
}

const IMPORT: readonly string[] = ["--class=Person", "--reconciliationkeys=email", `--csvfile=${PERSONS_FILE.name}`];

async function measureCase(bench: SizeBench, one: ServerCase): Promise<readonly Result[]> {
  const { server, folder, rows, rounds, processesAt } = bench;
  const network = one.others === "near" ? server.farFrom(folder, FAR) : null;
  const own = (socket?: string) => processesAt(server.address(RUN, socket)).importOf(IMPORT);
  const expert = () => ({ program: "psql", args: server.psqlArguments(RUN), stdin: { text: one.sql ?? "" } });
  const contestants = [
    { name: "csvrecon", process: () => own(network === null ? undefined : folder) },
    one.others === "near"
      ? { name: "on this machine", process: () => own() }
      : { name: "psql, an expert's SQL", process: expert },
  ];
  const runs = contestants.map((): Measure[] => []);
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [index, { process }] of contestants.entries()) {
        await server.create(RUN, one.start);
        runs[index]?.push(await server.withServerTime(() => measure({ ...process(), folder })));
      }
    }
  } finally {
    network?.close();
  }
  return contestants.map(({ name }, index) => ({
    case: one.name,
    rows,
    contestant: name,
    runs: runs[index] ?? [],
    statements: null,
  }));
}

function verdictOf({ name, limit }: ServerCase, results: readonly Result[]): string {
  const [own, other] = summarize(results);
  const ratio = other?.ratio ?? null;
  const peak = own?.peak ?? null;
  const found = ratio === null ? "not known" : `${ratio.toFixed(2)} times the time of '${other?.contestant}'`;
  const verdict = (isWithin: boolean) => isWithin ? "within" : "BEYOND";
  const memory = peak === null
    ? ""
    : `; ${Math.round(peak)} MiB, at most ${MOST_MEMORY}: ${verdict(peak <= MOST_MEMORY)}`;
  return `${name}: ${found}, at most ${limit.toFixed(1)}: ${
    ratio === null ? "NOT KNOWN" : verdict(ratio <= limit)
  }${memory}`;
}

/** Of two sizes: the processor time of a row in the larger file by that in the smaller one. */
function growthLines(results: readonly Result[], sizes: readonly number[]): readonly string[] {
  const [few = 0, many] = sizes;
  if (many === undefined) return [];
  return CASES.flatMap(({ name }) => {
    const of = (rows: number) => {
      const found = results.find((one) => one.case === name && one.rows === rows && one.contestant === "csvrecon");
      const spent = median(found?.runs.flatMap(({ cpuSeconds }) => cpuSeconds ?? []) ?? []);
      return spent === null ? null : spent / rows;
    };
    const [before, after] = [of(few), of(many)];
    if (before === null || after === null) return [];
    return [`${name}: a row of ${many} takes ${(after / before).toFixed(2)} times a row of ${few}`];
  });
}
