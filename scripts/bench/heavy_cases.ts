/** What does more than an import that prints its counts: everything that a run can tell, and taking it back. */
import { EXIT } from "../../lib/errors.ts";
import type { BenchCase, Contestant, InputFile, Limits, StartingPoint } from "./bench_case.ts";
import { CREATE, csvrecon, PERSONS_FILE } from "./contestants.ts";
import { WITH_FEW_ERRORS } from "./persons.ts";

/** Of a million rows. */
const UNDO_LIMITS: Limits = { processorTime: 2 };
const REPORTS_LIMITS: Limits = { processorTime: 1.5 };
/** Where the runs of the starting points are in the log: organisations, locations, persons. */
const RUN_OF_PERSONS = 3;

const FEW_ERRORS_FILES: readonly InputFile[] = [{ name: "few errors.csv", rows: WITH_FEW_ERRORS }, PERSONS_FILE];

function summary(start: StartingPoint): Contestant {
  const contestant = csvrecon("summary", start, "few errors.csv");
  return {
    ...contestant,
    process: (processes) => ({ ...contestant.process(processes), exitCode: EXIT.rowsInError }),
  };
}

/** JSON in a file, rows in error in another, and the page. */
function allReports(start: StartingPoint): Contestant {
  const more = ["--output=json", "--rejects=rejects.csv", "--report=report.html"];
  const contestant = csvrecon("csvrecon", start, "few errors.csv", ...more);
  const process: Contestant["process"] = (processes) => {
    const { program, args } = contestant.process(processes);
    const inShell = ["-c", 'exec "$0" "$@" >report.jsonl', program, ...args];
    return { program: "sh", args: inShell, exitCode: EXIT.rowsInError };
  };
  return { ...contestant, process };
}

export const HEAVY_CASES: readonly BenchCase[] = [
  {
    name: "all reports",
    files: FEW_ERRORS_FILES,
    contestants: [allReports("organizations"), summary("organizations")],
    limits: REPORTS_LIMITS,
  },
  {
    name: "all reports unchanged",
    files: FEW_ERRORS_FILES,
    contestants: [allReports("persons"), summary("persons")],
    limits: REPORTS_LIMITS,
  },
  {
    name: "undo",
    files: [PERSONS_FILE],
    contestants: [
      {
        name: "csvrecon",
        start: "persons",
        process: ({ undo }) => undo([`--change=${RUN_OF_PERSONS}`]),
      },
      { ...CREATE, name: "the creation" },
    ],
    limits: UNDO_LIMITS,
  },
];
