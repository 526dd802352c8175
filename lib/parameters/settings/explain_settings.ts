/** Which row is to be explained, of which import. */
import { checkNeeded, problemsOf, stopForProblems, valueOf } from "../reading/check_parameters.ts";
import { type MergedParameters, mergeLevels } from "../reading/merge_parameters.ts";
import { readWholeNumber } from "../reading/read_numbers.ts";
import { checkImport } from "./import_settings.ts";
import type { ImportSettings } from "./settings.ts";

export interface ExplainSettings {
  readonly line: number;
  /** The import, as far as it is about reading the file and finding objects. */
  readonly import: ImportSettings;
}

const LARGEST_LINE = Number.MAX_SAFE_INTEGER;

/** @throws UsageStop (64; 66 when only the password file is at fault) with all problems */
export async function explainSettings(merged: MergedParameters): Promise<ExplainSettings> {
  const line = checkNeeded(merged, "line", readWholeNumber(1, LARGEST_LINE));
  // What an import may be told beside has its default here.
  const { values } = mergeLevels("import", [merged.values]);
  const checked = await checkImport({ ...merged, values });
  const problems = [...checked.ok ? [] : checked.problems, ...problemsOf([line])];
  stopForProblems(problems, merged.command);
  if (!checked.ok) throw new Error("an import that cannot be read has problems");
  return { line: valueOf(line), import: { ...checked.settings, simulate: true } };
}
