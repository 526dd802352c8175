/** What is asked of a database that csvrecon did not make (SPEC 18). */
import type { ChangeLogPlace } from "../../store/change_log_place.ts";
import type { ParameterName } from "../list/definitions.ts";
import { checkOptional, problemsOf, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readNonEmpty, readOneOf, readSwitch } from "../reading/read_values.ts";
import { checkOverlay } from "./check_overlay.ts";
import { CHANGE_LOGS, type ForeignSettings } from "./settings.ts";

export interface CheckedForeign {
  readonly problems: readonly ParameterProblem[];
  /** What is asked, when there are no problems; null: the database is ours. */
  settled(): ForeignSettings | null;
}

/** What is for databases of others only. */
export const OF_FOREIGN = ["change_log", "foreign_keys", "model"] as const satisfies readonly ParameterName[];

/** Where there is something to read. */
export const KEPT_LOGS: readonly ChangeLogPlace[] = CHANGE_LOGS.filter((place) => place !== "none");

/** How a database is looked at that no run is to change. */
const LOOKED_AT: ForeignSettings = { overlay: null, changeLog: "none", foreignKeys: true };

/** @param places where the change log may be */
export async function checkForeign(
  merged: MergedParameters,
  places: readonly ChangeLogPlace[] = CHANGE_LOGS,
): Promise<CheckedForeign> {
  if (merged.database === "ours") return { problems: wrongForOurs(merged), settled: () => null };
  if (merged.database !== "foreign") return NOT_FOREIGN;
  const changeLog = checkOptional<ChangeLogPlace>(merged, "change_log", readOneOf(places), "beside");
  const foreignKeys = checkOptional(merged, "foreign_keys", readSwitch, true);
  const { overlay, problems } = await checkOverlay(merged);
  return {
    problems: [...problemsOf([changeLog, foreignKeys]), ...feedWithoutLog(merged), ...problems],
    settled: () => ({ overlay, changeLog: valueOf(changeLog), foreignKeys: valueOf(foreignKeys) }),
  };
}

/** The same for who only looks: nothing that is asked does anything to a database of ours. */
export async function checkLookedAt(
  merged: MergedParameters,
): Promise<{ readonly problems: readonly ParameterProblem[]; readonly foreign: ForeignSettings }> {
  if (merged.database === "ours") return { problems: wrongForOurs(merged), foreign: LOOKED_AT };
  const { overlay, problems } = await checkOverlay(merged);
  return { problems, foreign: { ...LOOKED_AT, overlay } };
}

const NOT_FOREIGN: CheckedForeign = { problems: [], settled: () => null };

function wrongForOurs(merged: MergedParameters): readonly ParameterProblem[] {
  const database = nameOf(merged);
  return OF_FOREIGN.flatMap((parameter) => {
    const given = merged.values.get(parameter);
    return given === undefined
      ? []
      : [{ kind: "only_for_foreign", parameter, database, origin: given.origin } as const];
  });
}

function feedWithoutLog({ values }: MergedParameters): readonly ParameterProblem[] {
  const source = values.get("source");
  if (source === undefined || values.get("change_log")?.text !== "none") return [];
  return [{ kind: "needs_change_log", parameter: "source", origin: source.origin }];
}

/** The path of the database, as it was given. */
export function nameOf(merged: MergedParameters): string {
  const read = checkOptional(merged, "db", readNonEmpty, "");
  return read.ok ? read.value : "";
}
