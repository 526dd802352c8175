/** What an import needs to know who runs it, on which database. */
import { checkNeeded, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { checkPassword } from "./password.ts";
import { readNonEmpty, readSeconds, readText } from "../reading/read_values.ts";
import type { ImportSettings } from "./settings.ts";

export type AccessSettings = Pick<ImportSettings, "login" | "password" | "class" | "database" | "busyTimeout">;

/** The settings that are right, whatever else is wrong; null when one of these is not. */
export async function accessSettings(merged: MergedParameters): Promise<AccessSettings | null> {
  const login = checkNeeded(merged, "auth_user", readText);
  const password = await checkPassword(merged, "auth_pwd", "auth_pwd_file", readText);
  const className = checkNeeded(merged, "class", readText);
  const database = checkNeeded(merged, "db", readNonEmpty);
  const busyTimeout = checkNeeded(merged, "busy_timeout", readSeconds);
  if (![login, password, className, database, busyTimeout].every((check) => check.ok)) return null;
  return {
    login: valueOf(login),
    password: valueOf(password),
    class: valueOf(className),
    database: valueOf(database),
    busyTimeout: valueOf(busyTimeout),
  };
}
