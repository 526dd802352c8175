/** Databases that csvrecon did not make, beside one of its own in which the same rows are looked for and kept unique by the same columns. */
import type { BenchCase, Contestant, InputFile, Limits, StartingPoint } from "./bench_case.ts";
import { csvrecon, NUMBERED_FILES } from "./contestants.ts";

const INDEXED_LIMITS: Limits = { processorTime: 1.3 };
const UNINDEXED_LIMITS: Limits = { processorTime: 2 };

/** What is the same for all: persons by their e-mail addresses, with numbers that a rule keeps unique. */
export const FOREIGN_IMPORT: readonly string[] = [
  "--class=person",
  "--reconciliationkeys=email",
  "--csvfile=numbered.csv",
];

function foreign(start: StartingPoint): Contestant {
  return { name: "csvrecon", start, process: ({ foreignImport }) => foreignImport(FOREIGN_IMPORT) };
}

function own(start: StartingPoint): Contestant {
  return csvrecon("a database of its own", start, "numbered.csv");
}

const files: readonly InputFile[] = NUMBERED_FILES;

export const FOREIGN_CASES: readonly BenchCase[] = [
  {
    name: "of others",
    files,
    contestants: [foreign("foreign organizations"), own("organizations")],
    limits: INDEXED_LIMITS,
  },
  {
    name: "of others unchanged",
    files,
    contestants: [foreign("foreign persons"), own("numbered persons")],
    limits: INDEXED_LIMITS,
  },
  {
    name: "of others without index",
    files,
    contestants: [foreign("foreign organizations without index"), own("organizations")],
    limits: UNINDEXED_LIMITS,
  },
  {
    name: "of others without index unchanged",
    files,
    contestants: [foreign("foreign persons without index"), own("numbered persons")],
    limits: UNINDEXED_LIMITS,
  },
];
