/** What an export's parameters mean. */
import { checkNeeded, checkOptional, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import type { MergedParameters } from "../reading/merge_parameters.ts";
import { readNames } from "../reading/read_file_values.ts";
import { readCharset, readNonEmpty, readSeconds, readSwitch, readText } from "../reading/read_values.ts";
import { checkWrittenDialect } from "./file_settings.ts";
import { checkLogin } from "./login_settings.ts";
import { checkForeign } from "./foreign_settings.ts";
import type { ImportSettings } from "./settings.ts";
import { checkNotation, notationOf, type ValueNotation } from "./value_notation.ts";

export interface ExportSettings extends
  ValueNotation,
  Pick<
    ImportSettings,
    | "login"
    | "password"
    | "class"
    | "dialect"
    | "safeCsv"
    | "reconciliationKeys"
    | "codesNotLabels"
    | "database"
    | "foreign"
    | "busyTimeout"
  > {
  /** As typed, and as `TextDecoder` names it. */
  readonly charset: { readonly typed: string; readonly encoding: string };
  /** Path of the file to write; `-` is standard output. */
  readonly file: string;
  /** Names as typed; none: all that an import takes. */
  readonly columns: readonly string[];
  /** As typed; empty: all objects. */
  readonly where: string;
  /** Path of the parameter file to write; null: none. */
  readonly paramFile: string | null;
}

/**
 * Checks everything at once; class, columns and conditions are looked up later.
 * @throws UsageStop (64; 66 when only the password file is at fault) with all problems
 */
export async function exportSettings(merged: MergedParameters): Promise<ExportSettings> {
  const checks = {
    ...await checkLogin(merged),
    class: checkNeeded(merged, "class", readText),
    charset: checkNeeded(merged, "charset", readCharset),
    ...checkNotation(merged),
    dialect: checkWrittenDialect(merged),
    safeCsv: checkNeeded(merged, "safe_csv", readSwitch),
    reconciliationKeys: checkOptional(merged, "reconciliationkeys", readNames, []),
    codesNotLabels: checkNeeded(merged, "no_localize", readSwitch),
    database: checkNeeded(merged, "db", readNonEmpty),
    busyTimeout: checkNeeded(merged, "busy_timeout", readSeconds),
    file: checkNeeded(merged, "file", readNonEmpty),
    columns: checkOptional(merged, "columns", readNames, []),
    where: checkOptional(merged, "where", readText, ""),
    paramFile: checkOptional<string | null>(merged, "write", readNonEmpty, null),
  };
  const foreign = await checkForeign(merged);
  stopForProblems([...merged.problems, ...problemsOf(Object.values(checks)), ...foreign.problems], merged.command);
  return {
    login: valueOf(checks.login),
    password: valueOf(checks.password),
    class: valueOf(checks.class),
    charset: valueOf(checks.charset),
    ...notationOf(checks),
    dialect: valueOf(checks.dialect),
    safeCsv: valueOf(checks.safeCsv),
    reconciliationKeys: valueOf(checks.reconciliationKeys),
    codesNotLabels: valueOf(checks.codesNotLabels),
    database: valueOf(checks.database),
    foreign: foreign.settled(),
    busyTimeout: valueOf(checks.busyTimeout),
    file: valueOf(checks.file),
    columns: valueOf(checks.columns),
    where: valueOf(checks.where),
    paramFile: valueOf(checks.paramFile),
  };
}
