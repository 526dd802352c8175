/** Which external keys create the target that they do not find (SPEC 17, `create_targets`). */
import type { StopMessage } from "../errors.ts";
import * as sentences from "../messages/created_targets.ts";
import { classOf, foldCase, isColumn, isNeverGiven } from "../model/look_up.ts";
import type { AttributeCode, Model, ModelClass } from "../model/model.ts";
import { columnName } from "../csv/heading.ts";
import { knownColumns, type Naming } from "./known_columns.ts";
import type { ColumnPlan, ExternalKeyColumns } from "./plan.ts";

export interface CreatedTargets {
  readonly codes: ReadonlySet<AttributeCode>;
  readonly problems: readonly StopMessage[];
}

/** @param names external keys, as the header would name them */
export function createdTargets(
  model: Model,
  modelClass: ModelClass,
  naming: Naming,
  names: readonly string[],
  plan: ColumnPlan,
): CreatedTargets {
  const known = knownColumns(model, modelClass, naming);
  const codes = new Set<AttributeCode>();
  const problems: StopMessage[] = [];
  for (const name of names) {
    const target = known.get(foldCase(columnName(name)))?.targets[0];
    const key = target?.kind === "attribute" && target.attribute.kind === "external_key" ? target.attribute : null;
    if (key === null) {
      problems.push(sentences.noExternalKey(name, plan.externalKeys.map((columns) => columns.key.code)));
      continue;
    }
    const columns = plan.externalKeys.find((one) => one.key.code === key.code);
    const problem = columns === undefined ? sentences.noColumns(name) : problemOf(model, name, columns);
    if (problem === null) codes.add(key.code);
    else problems.push(problem);
  }
  return { codes, problems };
}

/** Why no object can be made of the columns of an external key; null: some can. */
function problemOf(model: Model, name: string, { key, parts }: ExternalKeyColumns): StopMessage | null {
  const target = classOf(model, key.target);
  if (target.abstract) return sentences.abstractTarget(name, target.code, target.concreteClasses);
  const bad = parts.find(({ attribute }) =>
    attribute === "id" || !isColumn(attribute) || attribute.kind === "external_key" || isNeverGiven(attribute)
  );
  if (bad === undefined) return null;
  return sentences.cannotBeGiven(name, bad.attribute === "id" ? "id" : bad.attribute.code, target.code);
}
