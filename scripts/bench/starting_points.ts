/** The databases that contestants start from. */
import { join } from "@std/path";
import type { Contestant, CsvreconProcesses, StartingPoint } from "./bench_case.ts";
import { managersAbove, managersAnywhere } from "./contestants.ts";
import { expertCreate, expertSchema } from "./expert.ts";
import { FOREIGN_IMPORT } from "./foreign_cases.ts";
import { makeForeignDatabase } from "./foreign_database.ts";
import { measure, type ProcessToMeasure } from "./measured_process.ts";

/** The file that every contestant works on. */
export const DATABASE = "run.db";
/** It, and what may stand beside it. */
const SUFFIXES = ["", "-wal", "-shm", "-journal", ".csvrecon", ".csvrecon-journal"];

/** Each is made once, in one folder, for one size. */
export class StartingPoints {
  readonly #made = new Set<StartingPoint>();

  constructor(
    readonly folder: string,
    readonly processes: CsvreconProcesses,
  ) {}

  /** Makes `run.db` such a database. */
  async restore(point: StartingPoint): Promise<void> {
    for (const suffix of SUFFIXES) await Deno.remove(join(this.folder, DATABASE + suffix)).catch(() => {});
    if (point === "nothing") return;
    if (this.#made.has(point)) {
      await Deno.copyFile(join(this.folder, `${point}.db`), join(this.folder, DATABASE));
      return;
    }
    await this.#make(point);
    await Deno.copyFile(join(this.folder, DATABASE), join(this.folder, `${point}.db`));
    this.#made.add(point);
  }

  async #make(point: Exclude<StartingPoint, "nothing">): Promise<void> {
    switch (point) {
      case "organizations":
        await this.#initWith("organizations.csv");
        return await this.#run(this.processes.importOf(["--class=Location", "--csvfile=locations.csv"]));
      case "many organizations":
        return await this.#initWith("many organizations.csv");
      case "persons":
        return await this.#load("organizations", "persons.csv");
      case "named persons":
        return await this.#load("organizations", "persons.csv", "name");
      case "persons of accented names":
        return await this.#load("organizations", "names.csv", "name");
      case "numbered persons":
        return await this.#load("organizations", "numbered.csv");
      case "persons of few organizations":
        return await this.#load("organizations", "persons of few.csv");
      case "persons of many organizations":
        return await this.#load("many organizations", "persons of many.csv");
      case "managers above":
        return await this.#loadBy(managersAbove("organizations"));
      case "managers anywhere":
        return await this.#loadBy(managersAnywhere("organizations"));
      case "foreign organizations":
        return await this.#makeForeign(true);
      case "foreign persons":
        return await this.#loadForeign("foreign organizations");
      case "foreign organizations without index":
        return await this.#makeForeign(false);
      case "foreign persons without index":
        return await this.#loadForeign("foreign organizations without index");
      case "expert organizations":
        return await this.#run(sqlite(expertSchema("organizations.csv")));
      case "expert persons":
        await this.restore("expert organizations");
        return await this.#run(sqlite(expertCreate("persons.csv")));
    }
  }

  /** @param file of organisations */
  async #initWith(file: string): Promise<void> {
    await this.#run(this.processes.init(["--admin_user=admin", "--admin_pwd=admin"]));
    await this.#run(this.processes.importOf(["--class=Organization", `--csvfile=${file}`]));
  }

  /** @param file of persons */
  async #load(before: StartingPoint, file: string, key = "email"): Promise<void> {
    await this.restore(before);
    await this.#run(this.processes.importOf(["--class=Person", `--reconciliationkeys=${key}`, `--csvfile=${file}`]));
  }

  async #makeForeign(hasIndex: boolean): Promise<void> {
    makeForeignDatabase(join(this.folder, DATABASE), hasIndex);
    await this.#run(this.processes.foreignImport(["--class=organization", "--csvfile=organizations.csv"]));
  }

  async #loadForeign(before: StartingPoint): Promise<void> {
    await this.restore(before);
    await this.#run(this.processes.foreignImport(FOREIGN_IMPORT));
  }

  async #loadBy({ start, process }: Contestant): Promise<void> {
    await this.restore(start);
    await this.#run(process(this.processes));
  }

  async #run(process: Omit<ProcessToMeasure, "folder">): Promise<void> {
    await measure({ ...process, folder: this.folder });
  }
}

function sqlite(sql: string): Omit<ProcessToMeasure, "folder"> {
  return { program: "sqlite3", args: [DATABASE], stdin: { text: sql } };
}
