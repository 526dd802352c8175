/** What is measured: each case has one contestant or more, which do the same work on the same rows. */
import { EXIT } from "../../lib/errors.ts";
import { expertCompare, expertCreate } from "./expert.ts";
import type { ProcessToMeasure } from "./measured_process.ts";
import {
  ACCENTED,
  CHANGED,
  type FileOfRows,
  MANY_ORGANIZATIONS,
  OF_FEW_ORGANIZATIONS,
  OF_MANY_ORGANIZATIONS,
  ORGANIZATIONS,
  PERSONS,
  TEAMS,
  WITH_EMPLOYEE_NUMBER,
  WITH_ERRORS,
  WITH_LOCATION,
} from "./persons.ts";

/** A database that a contestant finds. */
export type StartingPoint =
  | "organizations"
  | "many organizations"
  | "persons"
  | "numbered persons"
  | "persons of few organizations"
  | "persons of many organizations"
  | "expert organizations"
  | "expert persons"
  | "nothing";

export interface Contestant {
  readonly name: string;
  readonly start: StartingPoint;
  /** The program that must be on the machine; none for csvrecon. */
  readonly needs?: "sqlite3" | "sqlite-utils";
  /** The database is `run.db`. @param csvrecon makes an import of these arguments */
  process(csvrecon: ImportProcess): Omit<ProcessToMeasure, "folder">;
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

const PERSONS_FILE: InputFile = { name: "persons.csv", rows: PERSONS };

/** An import of persons, by their e-mail addresses. */
function csvrecon(name: string, start: StartingPoint, file: string, ...more: readonly string[]): Contestant {
  const args = ["--class=Person", "--reconciliationkeys=email", `--csvfile=${file}`, ...more];
  return { name, start, process: (importOf) => importOf(args) };
}

function expert(start: StartingPoint, sql: string): Contestant {
  const process = () => ({ program: "sqlite3", args: ["run.db"], stdin: { text: sql } });
  return { name: "sqlite3, an expert's SQL", start, needs: "sqlite3", process };
}

const UPSERT: Contestant = {
  name: "sqlite-utils upsert",
  start: "nothing",
  needs: "sqlite-utils",
  process: () => ({
    program: "sqlite-utils",
    args: ["upsert", "run.db", "person", "persons.csv", "--csv", "--pk", "email"],
  }),
};

const OF_MANY_FILES: readonly InputFile[] = [
  { name: "many organizations.csv", rows: MANY_ORGANIZATIONS },
  { name: "persons of many.csv", rows: OF_MANY_ORGANIZATIONS },
  { name: "persons of few.csv", rows: OF_FEW_ORGANIZATIONS },
];
const FEW = `${ORGANIZATIONS} organisations`;
const MANY_LIMITS: Limits = { processorTime: 1.3, statements: 1.25 };

const NUMBERED_FILES: readonly InputFile[] = [{ name: "numbered.csv", rows: WITH_EMPLOYEE_NUMBER }, PERSONS_FILE];
const NUMBERED_LIMITS: Limits = { processorTime: 1.3 };

const WITH_REJECTED = csvrecon("csvrecon", "organizations", "errors.csv");
const CREATE = csvrecon("csvrecon", "organizations", "persons.csv");

/** All cases, in the order in which they are told. */
export const CASES: readonly BenchCase[] = [
  {
    name: "create",
    files: [PERSONS_FILE],
    contestants: [CREATE, expert("expert organizations", expertCreate("persons.csv")), UPSERT],
  },
  {
    name: "unchanged",
    files: [PERSONS_FILE],
    contestants: [
      csvrecon("csvrecon", "persons", "persons.csv"),
      expert("expert persons", expertCompare("persons.csv")),
    ],
  },
  {
    name: "10 % updated",
    files: [{ name: "changed.csv", rows: CHANGED }, PERSONS_FILE],
    contestants: [csvrecon("csvrecon", "persons", "changed.csv")],
  },
  {
    name: "2 % in error",
    files: [{ name: "errors.csv", rows: WITH_ERRORS }, PERSONS_FILE],
    contestants: [
      { ...WITH_REJECTED, process: (importOf) => ({ ...WITH_REJECTED.process(importOf), exitCode: EXIT.rowsInError }) },
      { ...CREATE, name: "none in error" },
    ],
  },
  {
    name: "two external keys",
    files: [{ name: "located.csv", rows: WITH_LOCATION }, PERSONS_FILE],
    contestants: [csvrecon("csvrecon", "organizations", "located.csv"), { ...CREATE, name: "one external key" }],
  },
  {
    name: "many targets",
    files: OF_MANY_FILES,
    fewer: 5,
    contestants: [
      csvrecon("csvrecon", "many organizations", "persons of many.csv"),
      csvrecon(FEW, "organizations", "persons of few.csv"),
    ],
    limits: MANY_LIMITS,
  },
  {
    name: "many targets unchanged",
    files: OF_MANY_FILES,
    fewer: 5,
    contestants: [
      csvrecon("csvrecon", "persons of many organizations", "persons of many.csv"),
      csvrecon(FEW, "persons of few organizations", "persons of few.csv"),
    ],
    limits: MANY_LIMITS,
  },
  {
    name: "employee numbers",
    files: NUMBERED_FILES,
    contestants: [csvrecon("csvrecon", "organizations", "numbered.csv"), { ...CREATE, name: "no employee numbers" }],
    limits: NUMBERED_LIMITS,
  },
  {
    name: "employee numbers unchanged",
    files: NUMBERED_FILES,
    contestants: [
      csvrecon("csvrecon", "numbered persons", "numbered.csv"),
      csvrecon("no employee numbers", "persons", "persons.csv"),
    ],
    limits: NUMBERED_LIMITS,
  },
  {
    name: "link set",
    files: [{ name: "teams.csv", rows: TEAMS }, PERSONS_FILE],
    fewer: 10,
    contestants: [{
      name: "csvrecon",
      start: "persons",
      process: (importOf) => importOf(["--class=Team", "--reconciliationkeys=name", "--csvfile=teams.csv"]),
    }],
  },
  {
    name: "details",
    files: [PERSONS_FILE],
    contestants: [
      csvrecon("csvrecon", "organizations", "persons.csv", "--output=details"),
      { ...CREATE, name: "summary" },
    ],
  },
  {
    name: "simulate",
    files: [PERSONS_FILE],
    contestants: [
      csvrecon("csvrecon", "organizations", "persons.csv", "--simulate=1"),
      { ...CREATE, name: "the real run" },
    ],
  },
  {
    name: "WINDOWS-1252",
    files: [{ name: "accented.csv", rows: ACCENTED }, { name: "windows.csv", rows: ACCENTED, charset: "latin1" }],
    contestants: [
      csvrecon("csvrecon", "organizations", "windows.csv", "--charset=WINDOWS-1252"),
      csvrecon("UTF-8", "organizations", "accented.csv"),
    ],
  },
  {
    name: "standard input",
    files: [PERSONS_FILE],
    contestants: [
      {
        name: "csvrecon",
        start: "organizations",
        process: (importOf) => ({
          ...importOf(["--class=Person", "--reconciliationkeys=email", "--csvfile=-"]),
          stdin: { file: "persons.csv" },
        }),
      },
      { ...CREATE, name: "a file" },
    ],
  },
];
