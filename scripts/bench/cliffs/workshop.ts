/** A scratch folder in which files and databases are made, each once, when somebody asks for them. */
import { join } from "@std/path";
import type { ImportProcess } from "../bench_case.ts";
import { type Measure, measure } from "../measured_process.ts";
import { type FileForm, writeLines } from "./write_lines.ts";

export const LOGIN: readonly string[] = ["--auth_user=admin", "--auth_pwd=admin"];

export interface RowsOfFile {
  readonly header: string;
  readonly count: number;
  row(index: number): string;
}

export class Workshop {
  readonly #databases = new Set<string>();
  readonly #files = new Set<string>();

  /** @param process one of csvrecon with these arguments */
  constructor(readonly folder: string, readonly process: ImportProcess) {}

  path(name: string): string {
    return join(this.folder, name);
  }

  /** @returns the name */
  file(name: string, rows: RowsOfFile, form: FileForm = {}): string {
    if (!this.#files.has(name)) writeLines(this.path(name), rows, form);
    this.#files.add(name);
    return name;
  }

  removeFile(name: string): void {
    if (this.#files.delete(name)) Deno.removeSync(this.path(name));
  }

  /** @param make is given the name of the file that it is to make @returns the name */
  async database(name: string, make: (name: string) => Promise<void>): Promise<string> {
    if (!this.#databases.has(name)) await make(name);
    this.#databases.add(name);
    return name;
  }

  has(database: string): boolean {
    return this.#databases.has(database);
  }

  copy(source: string, target: string): void {
    this.removeDatabase(target);
    Deno.copyFileSync(this.path(source), this.path(target));
  }

  /** What a step has left is there for others from now on. */
  keep(source: string, name: string): void {
    this.copy(source, name);
    this.#databases.add(name);
  }

  removeDatabase(name: string): void {
    this.#databases.delete(name);
    for (const suffix of ["", "-wal", "-shm"]) {
      try {
        Deno.removeSync(this.path(name + suffix));
      } catch (error) {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      }
    }
  }

  /** @throws Error when it ends with another exit code */
  run(args: readonly string[], { exitCode = 0, isHeard = false } = {}): Promise<Measure> {
    return measure({ ...this.process(args), folder: this.folder, exitCode, isHeard });
  }

  async load(database: string, modelClass: string, file: string, ...more: readonly string[]): Promise<void> {
    const named = [`--db=${database}`, ...LOGIN, "--no_localize=1", `--class=${modelClass}`, `--csvfile=${file}`];
    await this.run([...named, ...more]);
  }
}
