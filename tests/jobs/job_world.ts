/** A scratch folder with a database, `cmdb.db`, and the files of a test's jobs. */
import { dirname } from "@std/path";
import { DatabaseSync } from "node:sqlite";
import { writeNewDatabase } from "../helpers/new_database.ts";
import { describeRun, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";

export const DATABASE = "cmdb.db";

/** What job files need besides their imports. */
export const ACCESS = "db = cmdb.db\nauth_user = admin\nauth_pwd = admin\nno_localize = 1\n";

export interface JobWorld {
  readonly scratch: Scratch;
  /** Runs `csvrecon run`. */
  run(...args: string[]): Promise<ProgramRun>;
  /** Names of all objects of a class, by id. */
  names(modelClass: string, database?: string): string[];
  /** All rows of a query, their values joined by blanks. */
  query(sql: string, database?: string): string[];
  /** Names of the files in the scratch folder. */
  files(): string[];
}

/** @param files their texts by name, which may have folders */
export function withJobs(
  files: Readonly<Record<string, string>>,
  use: (world: JobWorld) => Promise<void>,
): Promise<void> {
  return withScratch(async (scratch) => {
    await writeNewDatabase(scratch, DATABASE);
    for (const [name, text] of Object.entries(files)) {
      Deno.mkdirSync(dirname(scratch.path(name)), { recursive: true });
      scratch.write(name, text);
    }
    const query = (sql: string, database = DATABASE) => queried(scratch.path(database), sql);
    await use({
      scratch,
      run: (...args) => scratch.run(["run", ...args]),
      query,
      names: (modelClass, database) => query(`SELECT name FROM view_${modelClass} ORDER BY id`, database),
      files: () => [...Deno.readDirSync(scratch.folder)].map(({ name }) => name).sort(),
    });
  });
}

function queried(path: string, sql: string): string[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database.prepare(sql).all().map((row) => Object.values(row).map((value) => value ?? "-").join(" "));
  } finally {
    database.close();
  }
}

/** A param file that loads organisations, and its CSV file. @param name of the param file, without its ending */
export function organizations(name: string, ...codes: string[]): Record<string, string> {
  return {
    [`${name}.params`]: `class = Organization\ncsvfile = ${name}.csv\nreconciliationkeys = code\n`,
    [`${name}.csv`]: ["name,code", ...codes.map((code) => `${code},${code}`), ""].join("\n"),
  };
}

/**
 * The table of a summary, without its heads and the seconds: `a.params Organization 1 0 0 0 0 = 0`, with the exit code behind the `=`
 * and the remark behind that.
 */
export function summaryTable(run: ProgramRun): string[] {
  const lines = run.stdout.split("\n");
  const heads = lines.findLastIndex((line) => line.startsWith("Import  "));
  const end = lines.findIndex((line, index) => index > heads && line.startsWith("#Start: "));
  if (heads < 0 || end < 0) throw new Error(`There is no summary${describeRun(run)}`);
  return lines.slice(heads + 1, end).map((line) => {
    const cells = line.split(/ {2,}/);
    // The line of totals has no class.
    const secondsAt = cells[0] === "Total" ? 6 : 7;
    return [...cells.slice(0, secondsAt), "=", ...cells.slice(secondsAt + 1)].join(" ");
  });
}
