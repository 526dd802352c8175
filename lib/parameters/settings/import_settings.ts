/** What an import's parameters mean. */
import { checkNeeded, checkOptional, problemsOf, usageStop, valuesOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { checkMap } from "./check_map.ts";
import type { CheckedFeed } from "./check_feed.ts";
import { checkFile, dialectOf, frameOf } from "./file_settings.ts";
import { checkLogin } from "./login_settings.ts";
import { checkForeign } from "./foreign_settings.ts";
import { readLimit } from "../reading/read_numbers.ts";
import { readNames } from "../reading/read_file_values.ts";
import {
  readCharset,
  readNonEmpty,
  readOneOf,
  readOutput,
  readSeconds,
  readSwitch,
  readText,
} from "../reading/read_values.ts";
import { checkNotation } from "./value_notation.ts";
import {
  EMPTY_CELLS,
  type ImportSettings,
  type Limit,
  LINK_MODES,
  ON_FOUND,
  ON_MISSING,
  OUTPUT_FORMATS,
  TWINS,
} from "./settings.ts";

/**
 * Checks everything at once. The input is not opened, and the class, the columns and the keys are not looked up: both come later.
 * @throws UsageStop (64; 66 when only the password file is at fault) with all problems
 */
export async function importSettings(merged: MergedParameters): Promise<ImportSettings> {
  const result = await checkImport(merged);
  if (result.ok) return result.settings;
  throw usageStop(result.problems, merged.command);
}

/** What an import is to do, or everything that is wrong with its parameters. */
export type CheckedImport =
  | { readonly ok: true; readonly settings: ImportSettings }
  | { readonly ok: false; readonly problems: readonly ParameterProblem[] };

/**
 * The same for imports of which there are several.
 * @param input the parameter that names or holds the CSV
 */
export async function checkImport(
  merged: MergedParameters,
  input: "csvfile" | "csvdata" = "csvfile",
): Promise<CheckedImport> {
  const file = checkFile(merged);
  const checks = {
    ...await checkLogin(merged),
    csvfile: checkNeeded(merged, input, readText),
    class: checkNeeded(merged, "class", readText),
    ...fileChecks(merged),
    ...reportChecks(merged),
    ...decisionChecks(merged),
    ...safetyChecks(merged),
    comment: checkOptional(merged, "comment", readText, ""),
    codesNotLabels: checkNeeded(merged, "no_localize", readSwitch),
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
  };
  const map = await checkMap(merged);
  const feed = await checkFeedOf(merged);
  const foreign = await checkForeign(merged);
  const found = [file.problems, problemsOf(Object.values(checks)), map.problems, feed.problems, foreign.problems];
  const problems = [...merged.problems, ...found.flat()];
  if (problems.length > 0) return { ok: false, problems };
  const values = valuesOf(checks);
  const given = file.settled();
  const settings = {
    ...values,
    charset: { ...values.charset, isGiven: isGiven(merged, "charset") },
    dialect: dialectOf(given),
    separatorIsGiven: isGiven(merged, "separator"),
    frame: frameOf(given),
    shortRows: given.shortRows ?? "error",
    ignoredColumns: given.ignoredColumns,
    map: map.map,
    feed: feed.settled(),
    foreign: foreign.settled(),
    comment: values.comment.trim(),
  };
  return { ok: true, settings };
}

/** How the input is read, beside how the file is written. */
function fileChecks(merged: MergedParameters) {
  return {
    charset: checkNeeded(merged, "charset", readCharset),
    ...checkNotation(merged),
    emptyCells: checkNeeded(merged, "empty_cells", readOneOf(EMPTY_CELLS)),
  };
}

/** What is told, and where. */
function reportChecks(merged: MergedParameters) {
  return {
    output: checkNeeded(merged, "output", readOutput(OUTPUT_FORMATS)),
    rejects: checkOptional<string | null>(merged, "rejects", readNonEmpty, null),
    report: checkOptional<string | null>(merged, "report", readNonEmpty, null),
    safeCsv: checkNeeded(merged, "safe_csv", readSwitch),
    noColor: checkNeeded(merged, "no_color", readSwitch),
  };
}

/** Which objects rows mean, and what they may do to them. */
function decisionChecks(merged: MergedParameters) {
  return {
    reconciliationKeys: checkOptional<readonly string[]>(merged, "reconciliationkeys", readNames, []),
    secondPass: checkOptional<readonly string[]>(merged, "second_pass", readNames, []),
    twins: checkNeeded(merged, "twins", readOneOf(TWINS)),
    onMissing: checkNeeded(merged, "on_missing", readOneOf(ON_MISSING)),
    onFound: checkNeeded(merged, "on_found", readOneOf(ON_FOUND)),
    links: checkNeeded(merged, "links", readOneOf(LINK_MODES)),
    createdTargets: checkOptional<readonly string[]>(merged, "create_targets", readNames, []),
  };
}

/** How much a run may do, and what is kept for those who regret it. */
function safetyChecks(merged: MergedParameters) {
  return {
    simulate: checkNeeded(merged, "simulate", readSwitch),
    backup: checkOptional<string | null>(merged, "backup", readNonEmpty, null),
    maxErrors: checkOptional<Limit | null>(merged, "max_errors", readLimit, null),
    maxChanges: checkOptional<Limit | null>(merged, "max_changes", readLimit, null),
  };
}

const OF_FEEDS = ["source", "gone", "gone_set", "gone_after", "gone_limit", "once"] as const;

/** Few imports belong to a feed. */
async function checkFeedOf(merged: MergedParameters): Promise<CheckedFeed> {
  const isGiven = OF_FEEDS.some((name) => (merged.values.get(name)?.origin.kind ?? "default") !== "default");
  return isGiven ? (await import("./check_feed.ts")).checkFeed(merged) : NO_FEED;
}

const NO_FEED: CheckedFeed = { problems: [], settled: () => null };

/** Whether somebody gave the parameter, and not only an empty value. */
function isGiven({ values }: MergedParameters, parameter: "charset" | "separator"): boolean {
  const value = values.get(parameter);
  if (value === undefined || value.origin.kind === "default") return false;
  return (parameter === "charset" ? value.text.trim() : value.text) !== "";
}
