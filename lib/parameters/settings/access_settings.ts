/** What an import needs to know who runs it, on which database. */
import { checkNeeded, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { checkLookedAt } from "./foreign_settings.ts";
import { checkLogin } from "./login_settings.ts";
import { readNonEmpty, readSeconds, readText } from "../reading/read_values.ts";
import type { ImportSettings } from "./settings.ts";

export type AccessSettings = Pick<
  ImportSettings,
  "login" | "password" | "class" | "database" | "foreign" | "busyTimeout"
>;

/** The settings that are right, whatever else is wrong; null when one of these is not. */
export async function accessSettings(merged: MergedParameters): Promise<AccessSettings | null> {
  const { login, password } = await checkLogin(merged);
  // Nothing is written: where the log is does not matter.
  const { problems, foreign } = await checkLookedAt(merged);
  const className = checkNeeded(merged, "class", readText);
  const database = checkNeeded(merged, "db", readNonEmpty);
  const busyTimeout = checkNeeded(merged, "busy_timeout", readSeconds);
  if (![login, password, className, database, busyTimeout].every((check) => check.ok) || problems.length > 0) {
    return null;
  }
  return {
    login: valueOf(login),
    password: valueOf(password),
    class: valueOf(className),
    database: valueOf(database),
    foreign: merged.database === "foreign" ? foreign : null,
    busyTimeout: valueOf(busyTimeout),
  };
}
