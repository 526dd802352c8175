/** What `history` was asked to tell, or to remove. */
import { checkNeeded, checkOptional, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { ParameterName } from "../list/definitions.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { readMoment } from "../reading/read_moments.ts";
import { readWholeNumber } from "../reading/read_numbers.ts";
import { readNonEmpty, readOutput, readSeconds, readSwitch, readText, type ReadValue } from "../reading/read_values.ts";
import { checkLogin } from "./login_settings.ts";
import type { ForeignSettings } from "./settings.ts";
import { checkForeign, KEPT_LOGS } from "./foreign_settings.ts";

const FORMATS = ["summary", "json"] as const;

export type HistoryWish =
  /** `last`: at most so many runs. */
  | { readonly kind: "runs"; readonly last: number }
  | { readonly kind: "run"; readonly change: number }
  /** `object` as typed. */
  | { readonly kind: "object"; readonly class: string; readonly object: string; readonly last: number }
  | { readonly kind: "prune"; readonly before: Date; readonly simulate: boolean; readonly comment: string };

export interface HistorySettings {
  /** Empty, as the password is: the database has no users. */
  readonly login: string;
  /** In clear: never printed or logged. */
  readonly password: string;
  readonly database: string;
  /** Null: the database is ours. */
  readonly foreign: ForeignSettings | null;
  /** Seconds. */
  readonly busyTimeout: number;
  readonly output: typeof FORMATS[number];
  readonly wish: HistoryWish;
}

const MOST_RUNS = 1_000_000;

/** @throws UsageStop (64; 66 when only the password file is at fault) with all problems */
export async function historySettings(merged: MergedParameters, now: Date): Promise<HistorySettings> {
  const checks = {
    ...await checkLogin(merged),
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
    output: checkNeeded(merged, "output", readOutput(FORMATS)),
  };
  const wish = checkWish(merged, now);
  const foreign = await checkForeign(merged, KEPT_LOGS);
  const problems = [...merged.problems, ...problemsOf(Object.values(checks)), ...wish.problems, ...foreign.problems];
  stopForProblems(problems, merged.command);
  return {
    login: valueOf(checks.login),
    password: valueOf(checks.password),
    database: valueOf(checks.database),
    foreign: foreign.settled(),
    busyTimeout: valueOf(checks.busyTimeout),
    output: valueOf(checks.output),
    wish: wish.settled(),
  };
}

interface CheckedWish {
  readonly problems: readonly ParameterProblem[];
  /** The wish, when there are no problems. */
  settled(): HistoryWish;
}

function checkWish(merged: MergedParameters, now: Date): CheckedWish {
  const prune = checkNeeded(merged, "prune", readSwitch);
  const change = checkOptional(merged, "change", readWholeNumber(1, Number.MAX_SAFE_INTEGER), 0);
  const code = checkOptional(merged, "class", readNonEmpty, "");
  const object = checkOptional(merged, "object", readNonEmpty, "");
  const last = checkNeeded(merged, "last", readWholeNumber(1, MOST_RUNS));
  const before = checkOptional<Date | null>(merged, "before", readPast(now), null);
  const simulate = checkNeeded(merged, "simulate", readSwitch);
  const comment = checkOptional(merged, "comment", readText, "");
  const isPrune = prune.ok && prune.value;
  return {
    problems: [
      ...problemsOf([prune, change, code, object, last, before, simulate, comment]),
      ...(isPrune ? wrongBesidePrune(merged) : onlyWithPrune(merged)),
      ...wrongTogether(merged),
    ],
    settled() {
      const moment = valueOf(before);
      if (valueOf(prune) && moment !== null) {
        return { kind: "prune", before: moment, simulate: valueOf(simulate), comment: valueOf(comment).trim() };
      }
      if (valueOf(change) > 0) return { kind: "run", change: valueOf(change) };
      if (valueOf(object) === "") return { kind: "runs", last: valueOf(last) };
      return { kind: "object", class: valueOf(code), object: valueOf(object), last: valueOf(last) };
    },
  };
}

/** Whoever misses the year by one must not remove everything. */
function readPast(now: Date): (typed: string) => ReadValue<Date> {
  return (typed) => {
    const read = readMoment(typed);
    if (!read.ok || read.value <= now) return read;
    return { ok: false, fault: { kind: "in_the_future", found: typed, now } };
  };
}

const OF_PRUNE = ["before", "simulate", "comment"] as const;
const NOT_OF_PRUNE = ["change", "class", "object", "last"] as const;

function wrongBesidePrune(merged: MergedParameters): readonly ParameterProblem[] {
  const missing: readonly ParameterProblem[] = merged.values.has("before")
    ? []
    : [{ kind: "missing", parameter: "before", instead: null }];
  return [...missing, ...NOT_OF_PRUNE.flatMap((name) => notBoth(merged, "prune", name))];
}

function onlyWithPrune(merged: MergedParameters): readonly ParameterProblem[] {
  return OF_PRUNE.flatMap((name) => isGiven(merged, name) ? [onlyWith(merged, name, "prune")] : []);
}

/** An object has a class, and a run is told whole. */
function wrongTogether(merged: MergedParameters): readonly ParameterProblem[] {
  const hasClass = isGiven(merged, "class");
  const hasObject = isGiven(merged, "object");
  if (hasClass && !hasObject) return [onlyWith(merged, "class", "object")];
  if (hasObject && !hasClass) return [onlyWith(merged, "object", "class")];
  return (["object", "last"] as const).flatMap((name) => notBoth(merged, "change", name));
}

function notBoth(merged: MergedParameters, parameter: ParameterName, other: ParameterName): ParameterProblem[] {
  if (!isGiven(merged, parameter) || !isGiven(merged, other)) return [];
  return [{ kind: "both_given", parameter, other, origin: originOf(merged, other) }];
}

function onlyWith(merged: MergedParameters, parameter: ParameterName, other: ParameterName): ParameterProblem {
  return { kind: "only_with", parameter, other, origin: originOf(merged, parameter) };
}

function originOf({ values }: MergedParameters, parameter: ParameterName) {
  return values.get(parameter)?.origin ?? { kind: "default" } as const;
}

function isGiven(merged: MergedParameters, parameter: ParameterName): boolean {
  return originOf(merged, parameter).kind !== "default";
}
