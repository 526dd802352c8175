/** Inputs of sizes that no table has: refused by the limits, with the place, in little memory, before they are collected. */
import { CAN_MEASURE, type MeasuredRun, runMeasured } from "../helpers/measured_process.ts";
import { type Scratch, withScratch } from "../helpers/scratch.ts";
import { copyWorld } from "../helpers/world.ts";
import { INSPECTED } from "./inspected_sizes.ts";
import { torture } from "./torture.ts";
import { HEADER, MEBI, writeParts } from "./write_parts.ts";

const GIBI = 1024 * MEBI;
/** In MiB. A process with Deno in it takes about 60. */
const MOST_MEMORY = 200;
/** In seconds. */
const LONGEST = 120;

export interface SizeCase {
  readonly title: string;
  /** Writes `own` and gives the arguments; import of organisations when none are given. */
  write(path: string): readonly string[] | void;
  readonly exitCode: number;
  /** What standard error, or the report, must say. */
  readonly says: readonly string[];
  /** In MiB, where another limit counts than that of all others. */
  readonly mostMemory?: number;
}

const CASES: readonly SizeCase[] = [
  ...INSPECTED,
  {
    title: "a cell of 100 MiB",
    write: (path) => writeParts(path, HEADER + 'A,1\nB,"', 100 * MEBI, '"\nC,3\n'),
    exitCode: 65,
    says: ["record at line 3", "qualifier opened at line 3", "at most 16777216 characters", "qualifier missing"],
  },
  {
    title: "a qualifier that is never closed, and 100 MiB of rows behind it",
    write: (path) => writeParts(path, HEADER + 'A,1\n"B,2\n', ...Array(100).fill("C,3\n".repeat(MEBI / 4))),
    exitCode: 65,
    says: ["record at line 3", "qualifier opened at line 3", "at most 16777216 characters"],
  },
  {
    title: "a line of 1 GiB without an end",
    write: (path) => writeParts(path, HEADER, GIBI),
    exitCode: 65,
    says: ["record at line 2 is too long", "at most 16777216 characters", "line ends"],
  },
  {
    title: "a record of cells that are small, and 80 MiB together",
    write: (path) => writeParts(path, HEADER, ...Array(8).fill([10 * MEBI, ","]).flat(), "\n"),
    exitCode: 65,
    says: ["#The record at line 2 is too long", "at most 67108864 characters"],
  },
  {
    title: "100,000 columns",
    write: (path) => writeParts(path, "name" + ",code".repeat(99_999) + "\nA,1\n"),
    exitCode: 65,
    says: ["The header at line 1 has 100000 columns: at most 10000 are read"],
  },
  {
    title: "a row of 100,000 cells among good ones",
    write: (path) => writeParts(path, HEADER + "A,1\nB,2" + ",x".repeat(99_998) + "\nC,3\n"),
    exitCode: 1,
    says: ["Issue: 100000 cells where the header has 2", "#Created: 2"],
  },
  {
    title: "150 rows of 2 MiB each",
    // 300 MiB of cells are read and dropped: when V8 collects them depends on what else the machine does (163 to 203 seen).
    mostMemory: 256,
    write: (path) => {
      const cell = "x".repeat(2 * MEBI);
      const rows = Array.from({ length: 150 }, (_, row) => [`R${row},"`, cell, '"\n']);
      writeParts(path, HEADER, ...rows.flat());
    },
    exitCode: 1,
    says: ["#Issues: 150", "String too long (found 2097152, limited to 255)"],
  },
  {
    title: "a million empty rows",
    write: (path) => writeParts(path, HEADER + "\n".repeat(1_000_000) + "A,1\n"),
    exitCode: 0,
    says: ["#Data Lines: 1\n", "#Created: 1"],
  },
  {
    title: "a header of 1 MiB",
    write: (path) => writeParts(path, "n".repeat(MEBI) + "\nA\n"),
    exitCode: 64,
    says: ["#Unknown column: 'nnnn", "… (1048576 characters)'. The name of column 1 is too long: at most 1000 "],
  },
  {
    title: "a param file of 1 GiB",
    write: (path) => (writeParts(path, GIBI), ["--param_file=own"]),
    exitCode: 66,
    says: ["Could not read the parameter file: 'own'", "larger than 256 KiB"],
  },
  {
    title: "a job file of 1 GiB",
    write: (path) => (writeParts(path, GIBI), ["run", "own"]),
    exitCode: 66,
    says: ["Could not read the job file: 'own'", "larger than 256 KiB"],
  },
  {
    title: "a model file of 1 GiB",
    write: (path) => (writeParts(path, GIBI), ["model", "check", "own"]),
    exitCode: 66,
    says: ["could not be read: 'own'", "larger than 2048 KiB"],
  },
  {
    title: "a model file with 200,000 objects in each other",
    write: (path) => (writeParts(path, '{"name":\n'.repeat(200_000)), ["model", "check", "own"]),
    exitCode: 78,
    says: ["own: line 101: at most 100 lists and objects may stand in each other"],
  },
  {
    title: "a model file with 200,000 mistakes",
    write: (path) => (writeParts(path, `{"name":"x"${',"x":1'.repeat(200_000)}}`), ["model", "check", "own"]),
    exitCode: 78,
    says: ["own: $.x: 'x' stands here a second time, on line 1"],
  },
];

async function runCase({ write }: SizeCase, scratch: Scratch): Promise<MeasuredRun> {
  const login = ["--db=world.db", "--auth_user=admin", "--auth_pwd=admin", "--no_localize=1", "--output=details"];
  const args = write(scratch.path("own")) ?? [...login, "--class=Organization", "--csvfile=own", "--simulate=1"];
  const run = await runMeasured(args, { folder: scratch.folder });
  // It had ended before anybody looked: nothing was measured, and nothing written.
  return run.peak > 0 ? run : await runMeasured(args, { folder: scratch.folder });
}

torture({
  name: "sizes",
  title: `sizes that no table has: refused with their place, in little memory`,
  unit: "inputs",
  short: CASES.length,
  long: CASES.length,
  async run({ tried, count, lost, leftOut }) {
    if (!CAN_MEASURE) return leftOut("memory is measured on Linux only");
    let highest = 0;
    for (const one of CASES) {
      await withScratch(async (scratch) => {
        await copyWorld(scratch);
        const begin = performance.now();
        const { exitCode, stdout, stderr, peak } = await runCase(one, scratch);
        const seconds = (performance.now() - begin) / 1000;
        const said = (stdout + stderr).slice(0, 3000);
        tried();
        highest = Math.max(highest, Math.ceil(peak));
        if (exitCode !== one.exitCode) lost(`${one.title}: code ${exitCode}, not ${one.exitCode}: ${said}`);
        for (const part of one.says) {
          if (!(stdout + stderr).includes(part)) lost(`${one.title}: no '${part}' in ${said}`);
        }
        if (peak < 20 || peak > (one.mostMemory ?? MOST_MEMORY)) lost(`${one.title}: ${peak} MiB`);
        if (seconds > LONGEST) lost(`${one.title}: ${seconds} s`);
      });
    }
    count("MiB at most", highest);
  },
});
