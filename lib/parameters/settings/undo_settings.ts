/** What the parameters of `undo` mean. */
import { checkNeeded, checkOptional, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readWholeNumber } from "../reading/read_numbers.ts";
import { readNonEmpty, readOutput, readSeconds, readSwitch, readText } from "../reading/read_values.ts";
import { checkPassword } from "./password.ts";

/** The formats of the report. */
const FORMATS = ["summary", "details", "json"] as const;
export type UndoFormat = typeof FORMATS[number];

export interface UndoSettings {
  /** The number of the run that is to be taken back. */
  readonly change: number;
  readonly login: string;
  /** In clear: never printed or logged. */
  readonly password: string;
  readonly output: UndoFormat;
  readonly simulate: boolean;
  /** Trimmed; empty: none. */
  readonly comment: string;
  readonly database: string;
  /** Seconds. */
  readonly busyTimeout: number;
}

/** @throws UsageStop (64; 66 when only the password file is at fault) with all problems */
export async function undoSettings(merged: MergedParameters): Promise<UndoSettings> {
  const checks = {
    login: checkNeeded(merged, "auth_user", readText),
    password: await checkPassword(merged, "auth_pwd", "auth_pwd_file", readText),
    change: checkNeeded(merged, "change", readWholeNumber(1, Number.MAX_SAFE_INTEGER)),
    output: checkNeeded(merged, "output", readOutput(FORMATS)),
    simulate: checkNeeded(merged, "simulate", readSwitch),
    comment: checkOptional(merged, "comment", readText, ""),
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
  };
  stopForProblems([...merged.problems, ...problemsOf(Object.values(checks))], merged.command);
  return {
    login: valueOf(checks.login),
    password: valueOf(checks.password),
    change: valueOf(checks.change),
    output: valueOf(checks.output),
    simulate: valueOf(checks.simulate),
    comment: valueOf(checks.comment).trim(),
    database: valueOf(checks.database),
    busyTimeout: valueOf(checks.busyTimeout),
  };
}
