/** Which external keys create the target that they do not find (SPEC 17, `create_targets`). */
import type { StopMessage } from "../errors.ts";
import * as sentences from "../messages/created_targets.ts";
import { classOf, isColumn, isNeverGiven } from "../model/look_up.ts";
import type { AttributeCode, Model, ModelClass } from "../model/model.ts";
import { type KnownColumns, knownColumns, type Naming } from "./known_columns.ts";
import { keyCalled, namedKey } from "./named_key.ts";
import type { ColumnPlan, ExternalKeyColumns } from "./plan.ts";

export interface CreatedTargets {
  readonly codes: ReadonlySet<AttributeCode>;
  readonly problems: readonly StopMessage[];
}

/** @param names of external keys, as `namedKey` takes them */
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
    const columns = namedKey(known, plan, name);
    const problem = columns === undefined ? notFed(name, known, plan) : problemOf(model, name, columns);
    if (problem !== null) problems.push(problem);
    else if (columns !== undefined) codes.add(columns.key.code);
  }
  return { codes, problems };
}

function notFed(name: string, known: KnownColumns, { externalKeys }: ColumnPlan): StopMessage {
  const isKey = keyCalled(known, name) !== null;
  return isKey ? sentences.noColumns(name) : sentences.noExternalKey(name, externalKeys.map(({ key }) => key.code));
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
