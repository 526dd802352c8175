/** Who somebody is, as parameters say it. Databases that csvrecon did not make have no users. */
import { RunStop } from "../../errors.ts";
import type { ParameterName } from "../list/definitions.ts";
import { type Checked, checkNeeded } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readText } from "../reading/read_values.ts";
import { nameOf } from "./foreign_settings.ts";
import { checkPassword } from "./password.ts";

/** Empty where nobody logs in. */
export interface CheckedLogin {
  readonly login: Checked<string>;
  readonly password: Checked<string>;
}

export const OF_LOGIN = ["auth_user", "auth_pwd", "auth_pwd_file"] as const satisfies readonly ParameterName[];

export async function checkLogin(merged: MergedParameters): Promise<CheckedLogin> {
  if (merged.database === "foreign") return { login: nobody(merged), password: EMPTY };
  // Why it cannot be told whose it is ends the run, when nothing else is wrong: nobody knows whether a login is missing.
  if (merged.database instanceof RunStop && givenIn(merged) === undefined) return { login: EMPTY, password: EMPTY };
  return {
    login: checkNeeded(merged, "auth_user", readText),
    password: await checkPassword(merged, "auth_pwd", "auth_pwd_file", readText),
  };
}

const EMPTY: Checked<string> = { ok: true, value: "" };

function nobody(merged: MergedParameters): Checked<string> {
  const parameter = givenIn(merged);
  const origin = parameter === undefined ? undefined : merged.values.get(parameter)?.origin;
  if (parameter === undefined || origin === undefined) return EMPTY;
  return { ok: false, problem: { kind: "database_without_users", parameter, database: nameOf(merged), origin } };
}

function givenIn({ values }: MergedParameters): typeof OF_LOGIN[number] | undefined {
  return OF_LOGIN.find((name) => values.has(name));
}
