/** Reads what parameters say of the feed that a file belongs to (SPEC 17). Few imports name one. */
import { readAssignments } from "../reading/assignments.ts";
import { type Checked, checkNeeded, checkOptional, problemsOf, valueOf } from "../reading/check_parameters.ts";
import type { ParameterName } from "../list/definitions.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readLimit, readWholeNumber } from "../reading/read_numbers.ts";
import { readOneOf, readSourceName, readSwitch } from "../reading/read_values.ts";
import { type Assignment, type FeedSettings, GONE, type Gone } from "./feed_settings.ts";

export interface CheckedFeed {
  readonly problems: readonly ParameterProblem[];
  /** The feed, when there are no problems; null: none is named. */
  settled(): FeedSettings | null;
}

const MOST_DAYS = 36_500;
const NO_ASSIGNMENTS: readonly Assignment[] = [];
const BESIDE_SOURCE = ["gone", "gone_set", "gone_after", "gone_limit", "once"] as const;

export function checkFeed(merged: MergedParameters): CheckedFeed {
  const source = checkOptional<string | null>(merged, "source", readSourceName, null);
  const gone = checkNeeded(merged, "gone", readOneOf(GONE));
  const goneSet = checkOptional<readonly Assignment[]>(merged, "gone_set", readAssignments, NO_ASSIGNMENTS);
  const goneAfter = checkNeeded(merged, "gone_after", readWholeNumber(0, MOST_DAYS));
  const goneLimit = checkNeeded(merged, "gone_limit", readLimit);
  const once = checkNeeded(merged, "once", readSwitch);
  return {
    problems: [
      ...problemsOf([source, gone, goneSet, goneAfter, goneLimit, once]),
      ...wrongTogether(merged, source, gone),
    ],
    settled() {
      const name = valueOf(source);
      if (name === null) return null;
      return {
        source: name,
        gone: valueOf(gone),
        goneSetTyped: merged.values.get("gone_set")?.text ?? null,
        goneSet: valueOf(goneSet),
        goneAfter: valueOf(goneAfter),
        goneLimit: valueOf(goneLimit),
        once: valueOf(once),
      };
    },
  };
}

function wrongTogether(
  merged: MergedParameters,
  source: Checked<string | null>,
  gone: Checked<Gone>,
): readonly ParameterProblem[] {
  const alone = source.ok && source.value === null
    ? BESIDE_SOURCE.filter((name) => says(merged, name)).map((name) => onlyWith(merged, name, "source"))
    : [];
  if (!gone.ok || alone.length > 0) return alone;
  const hasValues = isGiven(merged, "gone_set");
  if (gone.value === "update" && !hasValues) return [{ kind: "missing", parameter: "gone_set", instead: null }];
  if (gone.value === "update" || !hasValues) return [];
  return [{ kind: "only_beside", parameter: "gone_set", other: "gone=update", origin: originOf(merged, "gone_set") }];
}

function onlyWith(merged: MergedParameters, parameter: ParameterName, other: ParameterName): ParameterProblem {
  return { kind: "only_with", parameter, other, origin: originOf(merged, parameter) };
}

/** Whether it asks for something: a switch that is off does not, nor does what is there in any case. */
function says(merged: MergedParameters, name: typeof BESIDE_SOURCE[number]): boolean {
  const text = merged.values.get(name)?.text.trim().toLowerCase() ?? "";
  if (name === "gone") return isGiven(merged, name) && text !== "keep";
  if (name === "once") return isGiven(merged, name) && !["0", "no", "false", "off"].includes(text);
  return isGiven(merged, name);
}

function originOf({ values }: MergedParameters, parameter: ParameterName) {
  return values.get(parameter)?.origin ?? { kind: "default" } as const;
}

function isGiven(merged: MergedParameters, parameter: ParameterName): boolean {
  return originOf(merged, parameter).kind !== "default";
}
