/** Columns that a file may have only for their cells to be compared, and those that no file may have. */
import type { StopMessage } from "../errors.ts";
import * as sentences from "../messages/columns.ts";
import { classOf, isGenerated, isNeverGiven } from "../model/look_up.ts";
import type { Model, ModelClass } from "../model/model.ts";
import { type DirectColumn, type ExternalKeyColumns, feedingParts, type ReconciliationKey } from "./plan.ts";

export interface WrittenColumns {
  readonly model: Model;
  readonly modelClass: ModelClass;
  readonly names: readonly string[];
  readonly direct: readonly DirectColumn[];
  readonly externalKeys: readonly ExternalKeyColumns[];
  readonly keys: readonly ReconciliationKey[];
}

/** Columns that an import can never write may only serve as keys; ids and classes are compared all the same. */
export function unwritableColumns(columns: WrittenColumns): StopMessage[] {
  const { model, modelClass, names, direct, keys } = columns;
  const problems: StopMessage[] = [];
  for (const { attribute, cell } of direct) {
    if (attribute === "id") continue;
    const name = names[cell] ?? attribute.code;
    if (attribute.kind === "object_list") {
      const { concreteClasses } = classOf(model, attribute.listedClass);
      problems.push(sentences.listColumn(name, modelClass.code, concreteClasses, attribute.keyToThis));
    }
    const isKey = keys.some((key) => key.kind === "attribute" && key.attribute.code === attribute.code);
    if (attribute.kind === "bytes") problems.push(sentences.bytesColumn(name));
    const isComputed = attribute.kind === "friendly_name" || isNeverGiven(attribute) || isGenerated(attribute);
    if (isComputed && attribute.kind !== "external_key" && !isKey) problems.push(sentences.computedColumn(name));
  }
  return [...problems, ...generatedKeys(columns)];
}

/** Columns of external keys that the database computes, by what feeds these. */
function generatedKeys({ names, externalKeys, keys }: WrittenColumns): StopMessage[] {
  return externalKeys.flatMap((columns) => {
    const isKey = keys.some((key) => key.kind === "external_key" && key.columns === columns);
    if (columns.key.isGenerated !== true || isKey) return [];
    return feedingParts(columns).map(({ cell }) => sentences.computedColumn(names[cell] ?? columns.key.code));
  });
}
