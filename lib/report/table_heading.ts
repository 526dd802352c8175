/** The heading of a details report's table, behind the four fixed columns. */
import type { ColumnPlan } from "../columns/plan.ts";
import { attributeHeading, externalKeyHeading, idHeading } from "../messages/report.ts";
import { labelIn, shownCode } from "../model/look_up.ts";
import type { Attribute, LanguageCode, Model } from "../model/model.ts";

/**
 * One cell for each external key in the order of first use, then one for each direct column in the order of the file: an external
 * key that is given by its id has both. Labels are in the user's language.
 */
export function tableHeading(
  plan: Pick<ColumnPlan, "externalKeys" | "direct">,
  language: LanguageCode,
  model: Model,
): string[] {
  const label = (attribute: Attribute) => labelIn(attribute.labels, language, model, attribute.code);
  return [
    ...plan.externalKeys.map(({ key }) => externalKeyHeading(shownCode(key), label(key))),
    ...plan.direct.map(({ attribute }) =>
      attribute === "id" ? idHeading() : attributeHeading(shownCode(attribute), label(attribute))
    ),
  ];
}
