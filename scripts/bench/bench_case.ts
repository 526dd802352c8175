/** What a case of the measures is. */
import type { ProcessToMeasure } from "./measured_process.ts";
import type { FileOfRows } from "./persons.ts";

/** A database that a contestant finds. */
export type StartingPoint =
  | "organizations"
  | "many organizations"
  | "persons"
  | "named persons"
  | "persons of accented names"
  | "numbered persons"
  | "persons of few organizations"
  | "persons of many organizations"
  | "managers above"
  | "managers anywhere"
  | "foreign organizations"
  | "foreign persons"
  | "foreign organizations without index"
  | "foreign persons without index"
  | "expert organizations"
  | "expert persons"
  | "nothing";

export interface Contestant {
  readonly name: string;
  readonly start: StartingPoint;
  /** The program that must be on the machine; none for csvrecon. */
  readonly needs?: "sqlite3" | "sqlite-utils";
  /** The database is `run.db`. */
  process(processes: CsvreconProcesses): Omit<ProcessToMeasure, "folder">;
}

/** What csvrecon can be asked to do with the database: each makes a process of arguments. */
export interface CsvreconProcesses {
  readonly importOf: ImportProcess;
  /** Into a database that it did not make. */
  readonly foreignImport: ImportProcess;
  readonly init: ImportProcess;
  readonly undo: ImportProcess;
}

export type ImportProcess = (args: readonly string[]) => Omit<ProcessToMeasure, "folder">;

/** A file that a case reads. */
export interface InputFile {
  readonly name: string;
  readonly rows: FileOfRows;
  readonly charset?: "latin1";
}

/** How many times what the others take csvrecon may take at most. */
export interface Limits {
  readonly processorTime: number;
  /** Of SQL; left out: they are not counted. */
  readonly statements?: number;
  /** The contestant that they are about; left out: all. */
  readonly beside?: string;
}

export interface BenchCase {
  readonly name: string;
  readonly files: readonly InputFile[];
  /** One row of the case for so many of the size that was asked for. */
  readonly fewer?: number;
  /** The first is csvrecon; its ratio to each of the others is told. */
  readonly contestants: readonly Contestant[];
  /** Left out: it depends on others, or on the machine. */
  readonly limits?: Limits;
}
