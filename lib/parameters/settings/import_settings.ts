/** What an import's parameters mean. */
import { checkNeeded, checkOptional, problemsOf, usageStop, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import type { ParameterProblem } from "../reading/parameter_problem.ts";
import { differentQualifier } from "./different_qualifier.ts";
import { checkPassword } from "./password.ts";
import { readLimit } from "../reading/read_numbers.ts";
import {
  readCharset,
  readList,
  readNonEmpty,
  readOneOf,
  readOutput,
  readQualifier,
  readSeconds,
  readSeparator,
  readSwitch,
  readText,
} from "../reading/read_values.ts";
import { checkNotation, notationOf } from "./value_notation.ts";
import {
  EMPTY_CELLS,
  type ImportSettings,
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
  const separator = checkNeeded(merged, "separator", readSeparator);
  const checks = {
    login: checkNeeded(merged, "auth_user", readText),
    password: await checkPassword(merged, "auth_pwd", "auth_pwd_file", readText),
    csvfile: checkNeeded(merged, input, readText),
    class: checkNeeded(merged, "class", readText),
    charset: checkNeeded(merged, "charset", readCharset),
    ...checkNotation(merged),
    emptyCells: checkNeeded(merged, "empty_cells", readOneOf(EMPTY_CELLS)),
    separator,
    qualifier: differentQualifier(merged, separator, checkNeeded(merged, "qualifier", readQualifier)),
    output: checkNeeded(merged, "output", readOutput(OUTPUT_FORMATS)),
    rejects: checkOptional<string | null>(merged, "rejects", readNonEmpty, null),
    report: checkOptional<string | null>(merged, "report", readNonEmpty, null),
    safeCsv: checkNeeded(merged, "safe_csv", readSwitch),
    noColor: checkNeeded(merged, "no_color", readSwitch),
    reconciliationKeys: checkOptional(merged, "reconciliationkeys", readList, []),
    twins: checkNeeded(merged, "twins", readOneOf(TWINS)),
    onMissing: checkNeeded(merged, "on_missing", readOneOf(ON_MISSING)),
    onFound: checkNeeded(merged, "on_found", readOneOf(ON_FOUND)),
    links: checkNeeded(merged, "links", readOneOf(LINK_MODES)),
    simulate: checkNeeded(merged, "simulate", readSwitch),
    backup: checkOptional<string | null>(merged, "backup", readNonEmpty, null),
    maxErrors: checkOptional(merged, "max_errors", readLimit, null),
    maxChanges: checkOptional(merged, "max_changes", readLimit, null),
    comment: checkOptional(merged, "comment", readText, ""),
    codesNotLabels: checkNeeded(merged, "no_localize", readSwitch),
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
  };
  const problems = [...merged.problems, ...problemsOf(Object.values(checks))];
  if (problems.length > 0) return { ok: false, problems };
  const settings = {
    login: valueOf(checks.login),
    password: valueOf(checks.password),
    class: valueOf(checks.class),
    csvfile: valueOf(checks.csvfile),
    charset: { ...valueOf(checks.charset), isGiven: isGiven(merged, "charset") },
    ...notationOf(checks),
    emptyCells: valueOf(checks.emptyCells),
    dialect: { separator: valueOf(checks.separator), qualifier: valueOf(checks.qualifier) },
    output: valueOf(checks.output),
    rejects: valueOf(checks.rejects),
    report: valueOf(checks.report),
    safeCsv: valueOf(checks.safeCsv),
    noColor: valueOf(checks.noColor),
    reconciliationKeys: valueOf(checks.reconciliationKeys),
    twins: valueOf(checks.twins),
    onMissing: valueOf(checks.onMissing),
    onFound: valueOf(checks.onFound),
    links: valueOf(checks.links),
    simulate: valueOf(checks.simulate),
    backup: valueOf(checks.backup),
    maxErrors: valueOf(checks.maxErrors),
    maxChanges: valueOf(checks.maxChanges),
    comment: valueOf(checks.comment).trim(),
    codesNotLabels: valueOf(checks.codesNotLabels),
    database: valueOf(checks.database),
    busyTimeout: valueOf(checks.busyTimeout),
  };
  return { ok: true, settings };
}

/** Whether somebody gave the parameter, and not only a blank value. */
function isGiven({ values }: MergedParameters, parameter: "charset"): boolean {
  const value = values.get(parameter);
  return value !== undefined && value.origin.kind !== "default" && value.text.trim() !== "";
}
