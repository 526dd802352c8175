/** What the parameters of `undo` mean. */
import {
  type Checked,
  checkNeeded,
  checkOptional,
  problemsOf,
  stopForProblems,
  valueOf,
} from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readWholeNumber } from "../reading/read_numbers.ts";
import { readNonEmpty, readOutput, readSeconds, readSwitch, readText } from "../reading/read_values.ts";
import { checkLogin } from "./login_settings.ts";
import type { ForeignSettings } from "./settings.ts";
import { checkForeign, KEPT_LOGS } from "./foreign_settings.ts";

/** The formats of the report. */
const FORMATS = ["summary", "details", "json"] as const;
export type UndoFormat = typeof FORMATS[number];

export interface UndoSettings {
  /** The number of the run that is to be taken back; null: the last one that stands. */
  readonly change: number | null;
  /** Empty, as the password is: the database has no users. */
  readonly login: string;
  /** In clear: never printed or logged. */
  readonly password: string;
  readonly output: UndoFormat;
  readonly simulate: boolean;
  /** Trimmed; empty: none. */
  readonly comment: string;
  readonly database: string;
  /** Null: the database is ours. */
  readonly foreign: ForeignSettings | null;
  /** Seconds. */
  readonly busyTimeout: number;
}

/** In a database of ours others may have run something since. */
function checkChange(merged: MergedParameters): Checked<number | null> {
  const read = readWholeNumber(1, Number.MAX_SAFE_INTEGER);
  return merged.database === "foreign"
    ? checkOptional<number | null>(merged, "change", read, null)
    : checkNeeded(merged, "change", read);
}

/** @throws UsageStop (64; 66 when only the password file is at fault) with all problems */
export async function undoSettings(merged: MergedParameters): Promise<UndoSettings> {
  const checks = {
    ...await checkLogin(merged),
    change: checkChange(merged),
    output: checkNeeded(merged, "output", readOutput(FORMATS)),
    simulate: checkNeeded(merged, "simulate", readSwitch),
    comment: checkOptional(merged, "comment", readText, ""),
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
  };
  const foreign = await checkForeign(merged, KEPT_LOGS);
  stopForProblems([...merged.problems, ...problemsOf(Object.values(checks)), ...foreign.problems], merged.command);
  return {
    login: valueOf(checks.login),
    password: valueOf(checks.password),
    change: valueOf(checks.change),
    output: valueOf(checks.output),
    simulate: valueOf(checks.simulate),
    comment: valueOf(checks.comment).trim(),
    database: valueOf(checks.database),
    foreign: foreign.settled(),
    busyTimeout: valueOf(checks.busyTimeout),
  };
}
