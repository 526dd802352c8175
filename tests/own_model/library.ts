/** A lending library whose database was made with a model file of its own. */
import { fixturePath } from "../helpers/fixtures.ts";
import { parseOurReport } from "../helpers/our_report.ts";
import { assertExit, type ProgramRun, type Scratch, withScratch } from "../helpers/scratch.ts";

const FOLDER = fixturePath("models", "library");

/** Parameters beside those of login, database and output. */
export type Load = Readonly<Record<string, string>>;

/** The files of a library, each after those that it refers to. */
export const LOADS: readonly Load[] = [
  { class: "Author", csvfile: "authors.csv" },
  { class: "Genre", csvfile: "genres.csv" },
  { class: "Book", csvfile: "books.csv", reconciliationkeys: "ISBN" },
  { class: "Film", csvfile: "films.csv" },
  { class: "Loan", csvfile: "loans.csv", date_format: "d/m/Y H:i" },
  { class: "UserLocal", csvfile: "users.csv" },
];

export interface LoadedRow {
  readonly status: string;
  /** With its id: `Book 3`. */
  readonly object: string;
  /** Behind the first four of the report. */
  readonly cells: readonly string[];
}

export interface Library {
  readonly database: string;
  /** Runs any command. */
  run(...args: string[]): Promise<ProgramRun>;
  /** Loads a file of fixtures/models/library, as the administrator unless the parameters name somebody else. */
  load(load: Load): Promise<ProgramRun>;
}

/** Makes a library from its model, loads its files and hands it to `use`. */
export function withLibrary(use: (library: Library) => Promise<void>): Promise<void> {
  return withScratch(async (scratch) => {
    const library = libraryIn(scratch);
    const model = `--model=${fixturePath("models", "library.jsonc")}`;
    const administrator = ["--admin_user=admin", "--admin_pwd=admin"];
    assertExit(await library.run("init", `--db=${library.database}`, model, ...administrator), 0);
    for (const load of LOADS) assertExit(await library.load(load), 0);
    await use(library);
  });
}

/** The rows of a details report. */
export function rowsOf(run: ProgramRun): LoadedRow[] {
  const rows = parseOurReport(run.stdout).table?.rows ?? [];
  return rows.map(([_, status = "", modelClass, id, ...cells]) => ({ status, object: `${modelClass} ${id}`, cells }));
}

/** What became of each row: status and object. */
export function outcomesOf(run: ProgramRun): string[] {
  return rowsOf(run).map(({ status, object }) => `${status}: ${object}`);
}

function libraryIn(scratch: Scratch): Library {
  const database = scratch.path("library.db");
  const run = (...args: string[]) => scratch.run(args, { folder: FOLDER });
  const login = { db: database, auth_user: "admin", auth_pwd: "admin", output: "details" };
  const load = (load: Load) =>
    run(...Object.entries({ ...login, ...load }).map(([name, value]) => `--${name}=${value}`));
  return { database, run, load };
}
