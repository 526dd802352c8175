/** A header that is refused may be in the language of a user whose language the model does not speak. */
import type { StopMessage } from "../errors.ts";
import { labelsOfOtherLanguage } from "../messages/run.ts";
import { hasLabels } from "../model/file/labelled_languages.ts";
import type { Model } from "../model/model.ts";
import type { Naming } from "../columns/known_columns.ts";

/** The same problems; the last one tells of the language, if the columns go by labels and it has none. */
export function withLanguageHint(problems: readonly StopMessage[], naming: Naming, model: Model): StopMessage[] {
  const first = model.languages[0] ?? "";
  if (naming.codes || naming.language === first || hasLabels(model, naming.language)) return [...problems];
  const hint = labelsOfOtherLanguage(naming.language, first);
  return problems.map((problem, index) =>
    index < problems.length - 1
      ? problem
      : { ...problem, hint: problem.hint === undefined ? hint : `${problem.hint}. ${hint}` }
  );
}
