/** What an import may write, as its header tells. */
import { linkSetColumns } from "../columns/column_plan.ts";
import type { ColumnPlan, ExternalKeyColumns } from "../columns/plan.ts";
import type { AttributeCode } from "../model/model.ts";
import type { ExpectedWrites } from "../store/expected_writes.ts";

/**
 * @param createTargets external keys whose targets are created where there are none
 * @param deletes objects of the class are deleted, too
 */
export function expectedWrites(
  plan: ColumnPlan,
  createTargets: ReadonlySet<AttributeCode>,
  deletes: boolean,
): readonly ExpectedWrites[] {
  const own = plan.direct.flatMap(({ attribute }) => attribute === "id" ? [] : [attribute.code]);
  const keys = plan.externalKeys.map(({ key }) => key.code);
  return [
    { class: plan.class.code, attributes: [...own, ...keys], deletes },
    ...linkSetColumns(plan).map(({ attribute }) => ({ class: attribute.linkClass, attributes: [], deletes: true })),
    ...plan.externalKeys.filter(({ key }) => createTargets.has(key.code)).map(targetOf),
  ];
}

function targetOf({ key, parts, inner }: ExternalKeyColumns): ExpectedWrites {
  const own = parts.flatMap(({ attribute }) => attribute === "id" ? [] : [attribute.code]);
  return { class: key.target, attributes: [...own, ...inner.map((columns) => columns.key.code)], deletes: false };
}
