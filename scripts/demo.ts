/**
 * Makes `.demo/cmdb.db` afresh, loads fixtures/demo into it as a user would, and shows what came of it.
 *
 *     deno task demo
 */
import { fromFileUrl } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import plan from "../fixtures/demo/steps.json" with { type: "json" };
import { CollectedText } from "../lib/collected_text.ts";
import type { ProgramIo } from "../lib/io.ts";
import { textTable } from "../lib/model/file/text_table.ts";
import { runProgram } from "../lib/program.ts";
import { realIo } from "../lib/real_io.ts";
import { pathFrom, type WorkingFolder } from "../lib/working_folder.ts";

/** Relative to the working folder, as all paths of fixtures/demo are. */
const FOLDER = ".demo";
const DATABASE = `${FOLDER}/cmdb.db`;

/** How many rows of a long report are shown besides those in error. */
const ROWS_SHOWN = 3;

type Step = typeof plan.steps[number];

/** How a step ended, and how it should have. */
export interface StepEnd {
  readonly step: Step;
  readonly exitCode: number;
}

/**
 * Runs all steps and queries in the working folder and tells about them on `io.stdout`.
 * @returns the steps that ended otherwise than expected
 */
export async function runDemo(io: ProgramIo): Promise<readonly StepEnd[]> {
  Deno.mkdirSync(pathFrom(io, FOLDER), { recursive: true });
  for (const suffix of ["", "-wal", "-shm"]) removeFile(pathFrom(io, DATABASE + suffix));
  const surprises: StepEnd[] = [];
  for (const step of plan.steps) {
    const exitCode = await runStep(step, io);
    if (exitCode !== step.exit_code) surprises.push({ step, exitCode });
  }
  for (const query of plan.queries) await io.stdout.write(answer(query, io));
  await io.stdout.write(conclusion(surprises));
  await io.stdout.write(withOwnFile());
  return surprises;
}

async function runStep(step: Step, io: ProgramIo): Promise<number> {
  // What a person at a terminal would see, but for the line of progress.
  const stdout = new CollectedText(true);
  const stderr = new CollectedText();
  // No variable of the caller's shell may change what the demo shows.
  const exitCode = await runProgram(step.arguments, { ...io, stdout, stderr, env: () => undefined });
  const title = step.title === "" ? "" : `\n# ${step.title}\n`;
  const report = shortened(stdout.text + stderr.text).replace(/\n?$/, "\n");
  await io.stdout.write(`${title}\n$ csvrecon ${commandLine(step.arguments)}\n${report}${meaning(exitCode)}\n`);
  return exitCode;
}

/** The report without some of the rows that have nothing to tell, if there are many; it says so. */
function shortened(report: string): string {
  const [head = "", ...rows] = report.split(/\n(?=\d+;)/);
  const kept = rows.map((row, index) => index < ROWS_SHOWN || /^\d+;Issue/.test(row) ? row : null);
  const left = kept.filter((row) => row === null).length;
  if (left <= ROWS_SHOWN) return report;
  const shown = kept.filter((row) => row !== null);
  const remark = `… (here the demo leaves out ${left} rows that are not in error)`;
  return [head, ...shown.slice(0, ROWS_SHOWN), remark, ...shown.slice(ROWS_SHOWN)].join("\n");
}

function meaning(exitCode: number): string {
  const meanings: Readonly<Record<string, string>> = plan.exit_codes;
  return `exit code ${exitCode}: ${meanings[exitCode] ?? "not expected here"}`;
}

/** The arguments as one types them into a shell. */
function commandLine(args: readonly string[]): string {
  return args.map((argument) => /^[\w./,=:-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`)
    .join(" ");
}

function answer(query: typeof plan.queries[number], at: WorkingFolder): string {
  const database = new DatabaseSync(pathFrom(at, DATABASE), { readOnly: true });
  const rows = database.prepare(query.sql).all();
  database.close();
  const names = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => names.map((name) => String(row[name] ?? "")));
  const [heads = "", ...lines] = textTable([names, ...cells]);
  const table = [heads, "-".repeat(heads.length), ...lines].join("\n");
  return `\n# ${query.title}\n\n$ sqlite3 -column -header ${DATABASE} "${query.sql}"\n${table}\n`;
}

function conclusion(surprises: readonly StepEnd[]): string {
  if (surprises.length === 0) {
    return `\nEvery step ended as expected. The database is ${DATABASE}: look around in it.\n`;
  }
  const lines = surprises.map(({ step, exitCode }) =>
    `exit code ${exitCode} instead of ${step.exit_code}: csvrecon ${commandLine(step.arguments)}`
  );
  return `\nNot as expected:\n${lines.join("\n")}\n`;
}

/** What to do next, with a file that the demo does not know. */
function withOwnFile(): string {
  const main = fromFileUrl(new URL("../main.ts", import.meta.url));
  const steps = plan.own_file.map((step) => `${step.title}\n\n    csvrecon ${commandLine(step.arguments)}\n`);
  return `
# Now a file of your own: own.csv, with persons, say, and the first line First Name,Last Name,Email,Organization->Name

Stay in this folder. Where csvrecon is not installed, this stands in for it, in bash, zsh and the like.

    alias csvrecon='"${Deno.execPath()}" run --allow-read --allow-write --allow-env --allow-net "${main}"'

${steps.join("\n")}
Does the file have semicolons, another charset, other dates? Add --separator=';', --charset=WINDOWS-1252, --date_format=d/m/Y:
docs/parameters.md has all of them, docs/report.md says what a report means, README.md where everything else stands.
The next demo makes ${DATABASE} afresh, without what you loaded into it.
`;
}

function removeFile(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

if (import.meta.main) {
  const surprises = await runDemo(realIo());
  if (surprises.length > 0) Deno.exitCode = 1;
}
