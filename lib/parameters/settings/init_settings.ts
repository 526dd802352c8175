/** What the parameters of `init` mean. */
import { checkNeeded, checkOptional, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { checkPassword } from "./password.ts";
import { readNewLogin, readNonEmpty } from "../reading/read_values.ts";

export interface InitSettings {
  /** Path of the database to create. */
  readonly database: string;
  readonly adminLogin: string;
  /** In clear: never printed or logged. */
  readonly adminPassword: string;
  readonly model: { readonly kind: "built_in"; readonly name: "itop" } | {
    readonly kind: "file";
    readonly file: string;
  };
}

const BUILT_IN = "itop";

/** @throws UsageStop (64; 66 when only the password file is at fault) with all problems */
export async function initSettings(merged: MergedParameters): Promise<InitSettings> {
  const adminLogin = checkNeeded(merged, "admin_user", readNewLogin);
  const adminPassword = await checkPassword(merged, "admin_pwd", "admin_pwd_file", readNonEmpty);
  const database = checkNeeded(merged, "db", readNonEmpty);
  const model = checkOptional<string>(merged, "model", readNonEmpty, BUILT_IN);
  const problems = problemsOf([adminLogin, adminPassword, database, model]);
  stopForProblems([...merged.problems, ...problems], merged.command);
  const name = valueOf(model);
  return {
    database: valueOf(database),
    adminLogin: valueOf(adminLogin),
    adminPassword: valueOf(adminPassword),
    model: name === BUILT_IN ? { kind: "built_in", name } : { kind: "file", file: name },
  };
}
