/** What `passwd` was asked for. */
import { type Checked, checkNeeded, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readNonEmpty, readSeconds } from "../reading/read_values.ts";
import { checkPassword } from "./password.ts";

export interface PasswdSettings {
  readonly login: string;
  readonly database: string;
  /** Seconds. */
  readonly busyTimeout: number;
  /** In clear: never printed or logged. Null: it is to be asked for. */
  readonly newPassword: string | null;
}

/** @throws UsageStop (64; 66 when only the password's file is at fault) with all problems */
export async function passwdSettings(merged: MergedParameters): Promise<PasswdSettings> {
  const checks = {
    login: checkNeeded(merged, "user", readNonEmpty),
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
    newPassword: await checkNewPassword(merged),
  };
  stopForProblems([...merged.problems, ...problemsOf(Object.values(checks))], merged.command);
  return {
    login: valueOf(checks.login),
    database: valueOf(checks.database),
    busyTimeout: valueOf(checks.busyTimeout),
    newPassword: valueOf(checks.newPassword),
  };
}

async function checkNewPassword(merged: MergedParameters): Promise<Checked<string | null>> {
  if (!merged.values.has("new_pwd_file")) return { ok: true, value: null };
  // The rules of a password are those of the one with which people log in; its own length is looked at behind.
  return await checkPassword(merged, "auth_pwd", "new_pwd_file", readNonEmpty);
}
