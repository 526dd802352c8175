/** Finds out whose the database of a command is, where that decides which parameters it takes. */
import type { DatabaseKind } from "../../store/database_kind.ts";
import { findParameter } from "../list/find_parameter.ts";
import { checkNeeded } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readNonEmpty, readSeconds } from "../reading/read_values.ts";
import { OF_FOREIGN } from "./foreign_settings.ts";
import { OF_LOGIN } from "./login_settings.ts";

/** Asks whose the database at a path is. @param busyTimeout in seconds */
export type AskKind = (path: string, busyTimeout: number) => DatabaseKind;

const BUSY_TIMEOUT = 10;

/**
 * The parameters, and whose the database is. Nobody need ask where a user is named, or the command takes none, and nothing is given that only
 * databases of others take: then an import opens it as one of ours, and is none the slower.
 */
export function withDatabaseKind(merged: MergedParameters, ask: AskKind): MergedParameters {
  const takesLogin = findParameter("auth_user")?.uses[merged.command] !== undefined;
  const wantsLogin = takesLogin && !OF_LOGIN.some((name) => merged.values.has(name));
  // A run with half a login is refused in any case: of a database without users it is not to be told what else to give.
  const isHalf = takesLogin && !wantsLogin && !isWholeLogin(merged);
  const asksAlways = wantsLogin || OF_FOREIGN.some((name) => merged.values.has(name));
  if (!asksAlways && !isHalf) return merged;
  const path = checkNeeded(merged, "db", readNonEmpty);
  if (!path.ok) return merged;
  const seconds = checkNeeded(merged, "busy_timeout", readSeconds);
  const database = ask(path.value, seconds.ok ? seconds.value : BUSY_TIMEOUT);
  if (!asksAlways && database !== "foreign") return merged;
  const problems = database === "missing" && wantsLogin ? missing(merged, path.value) : [];
  return { ...merged, problems: [...merged.problems, ...problems], database };
}

function isWholeLogin({ values }: MergedParameters): boolean {
  return values.has("auth_user") && (values.has("auth_pwd") || values.has("auth_pwd_file"));
}

/** One that nobody has named need not be there to be told that a login is missing. */
function missing({ values }: MergedParameters, database: string): readonly ParameterProblem[] {
  const origin = values.get("db")?.origin ?? { kind: "default" };
  return origin.kind === "default" ? [] : [{ kind: "database_missing", database, origin }];
}
