/** What is measured: each case has one contestant or more, which do the same work on the same rows. */
import { EXIT } from "../../lib/errors.ts";
import {
  CREATE,
  csvrecon,
  csvreconByName,
  expert,
  managersAbove,
  managersAnywhere,
  NUMBERED_FILES,
  ONE_PASS,
  PERSONS_FILE,
  UPSERT,
} from "./contestants.ts";
import { expertCompare, expertCreate } from "./expert.ts";
import { FOREIGN_CASES } from "./foreign_cases.ts";
import { HEAVY_CASES } from "./heavy_cases.ts";
export type { BenchCase } from "./bench_case.ts";
import type { BenchCase, InputFile, Limits } from "./bench_case.ts";
import {
  ACCENTED,
  CHANGED,
  MANAGERS_ABOVE,
  MANAGERS_ANYWHERE,
  MANY_ORGANIZATIONS,
  OF_FEW_ORGANIZATIONS,
  OF_MANY_ORGANIZATIONS,
  ORGANIZATIONS,
  TEAMS,
  WITH_ACCENTED_NAME,
  WITH_ERRORS,
  WITH_LOCATION,
} from "./persons.ts";

const OF_MANY_FILES: readonly InputFile[] = [
  { name: "many organizations.csv", rows: MANY_ORGANIZATIONS },
  { name: "persons of many.csv", rows: OF_MANY_ORGANIZATIONS },
  { name: "persons of few.csv", rows: OF_FEW_ORGANIZATIONS },
];
const FEW = `${ORGANIZATIONS} organisations`;
const MANY_LIMITS: Limits = { processorTime: 1.3, statements: 1.25 };

const NUMBERED_LIMITS: Limits = { processorTime: 1.3 };

const NAME_FILES: readonly InputFile[] = [{ name: "names.csv", rows: WITH_ACCENTED_NAME }, PERSONS_FILE];
/** SPEC 14: what looks otherwise and is the same is found by index. */
const NAME_LIMITS: Limits = { processorTime: 1.5 };

const WITH_REJECTED = csvrecon("csvrecon", "organizations", "errors.csv");

const MANAGER_FILES: readonly InputFile[] = [
  { name: "managers above.csv", rows: MANAGERS_ABOVE },
  { name: "managers anywhere.csv", rows: MANAGERS_ANYWHERE },
  PERSONS_FILE,
];
/** Of 200,000 rows. */
const MANAGER_LIMITS: Limits = { processorTime: 1.8, beside: ONE_PASS };
const NO_MANAGERS = "one pass, no managers";

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
      {
        ...WITH_REJECTED,
        process: (processes) => ({ ...WITH_REJECTED.process(processes), exitCode: EXIT.rowsInError }),
      },
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
    name: "accented keys",
    files: NAME_FILES,
    contestants: [
      csvreconByName("csvrecon", "organizations", "names.csv"),
      csvreconByName("plain keys", "organizations", "persons.csv"),
    ],
    limits: NAME_LIMITS,
  },
  {
    name: "accented keys unchanged",
    files: NAME_FILES,
    contestants: [
      csvreconByName("csvrecon", "persons of accented names", "names.csv"),
      csvreconByName("plain keys", "named persons", "persons.csv"),
    ],
    limits: NAME_LIMITS,
  },
  {
    name: "second pass",
    files: MANAGER_FILES,
    contestants: [
      managersAnywhere("organizations"),
      managersAbove("organizations"),
      { ...CREATE, name: NO_MANAGERS },
    ],
    limits: MANAGER_LIMITS,
  },
  {
    name: "second pass unchanged",
    files: MANAGER_FILES,
    contestants: [
      managersAnywhere("managers anywhere"),
      managersAbove("managers above"),
      csvrecon(NO_MANAGERS, "persons", "persons.csv"),
    ],
    limits: MANAGER_LIMITS,
  },
  {
    name: "link set",
    files: [{ name: "teams.csv", rows: TEAMS }, PERSONS_FILE],
    fewer: 10,
    contestants: [{
      name: "csvrecon",
      start: "persons",
      process: ({ importOf }) => importOf(["--class=Team", "--reconciliationkeys=name", "--csvfile=teams.csv"]),
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
  ...FOREIGN_CASES,
  ...HEAVY_CASES,
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
        process: ({ importOf }) => ({
          ...importOf(["--class=Person", "--reconciliationkeys=email", "--csvfile=-"]),
          stdin: { file: "persons.csv" },
        }),
      },
      { ...CREATE, name: "a file" },
    ],
  },
];
