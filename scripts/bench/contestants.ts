/** Who loads files. */
import type { Contestant, InputFile, StartingPoint } from "./bench_case.ts";
import { PERSONS, WITH_EMPLOYEE_NUMBER } from "./persons.ts";

export const PERSONS_FILE: InputFile = { name: "persons.csv", rows: PERSONS };
export const NUMBERED_FILES: readonly InputFile[] = [
  { name: "numbered.csv", rows: WITH_EMPLOYEE_NUMBER },
  PERSONS_FILE,
];

/** An import of persons, by their e-mail addresses. */
export function csvrecon(name: string, start: StartingPoint, file: string, ...more: readonly string[]): Contestant {
  return importBy("email", name, start, file, more);
}

/** The same by their names. */
export function csvreconByName(name: string, start: StartingPoint, file: string): Contestant {
  return importBy("name", name, start, file, []);
}

function importBy(
  key: string,
  name: string,
  start: StartingPoint,
  file: string,
  more: readonly string[],
): Contestant {
  const args = ["--class=Person", `--reconciliationkeys=${key}`, `--csvfile=${file}`, ...more];
  return { name, start, process: ({ importOf }) => importOf(args) };
}

export function expert(start: StartingPoint, sql: string): Contestant {
  const process = () => ({ program: "sqlite3", args: ["run.db"], stdin: { text: sql } });
  return { name: "sqlite3, an expert's SQL", start, needs: "sqlite3", process };
}

export const UPSERT: Contestant = {
  name: "sqlite-utils upsert",
  start: "nothing",
  needs: "sqlite-utils",
  process: () => ({
    program: "sqlite-utils",
    args: ["upsert", "run.db", "person", "persons.csv", "--csv", "--pk", "email"],
  }),
};

export const CREATE = csvrecon("csvrecon", "organizations", "persons.csv");

/** A file that needs no second reading. */
export const ONE_PASS = "one pass, managers above";

export function managersAbove(start: StartingPoint): Contestant {
  return csvrecon(ONE_PASS, start, "managers above.csv");
}

export function managersAnywhere(start: StartingPoint): Contestant {
  return csvrecon("csvrecon", start, "managers anywhere.csv", "--second_pass=manager_id");
}
