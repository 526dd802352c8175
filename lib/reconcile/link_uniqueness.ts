/** The uniqueness rules of links beyond the one that every link set keeps by itself: one link for each remote object. */
import { comparedForm, exactForm } from "../compared_text.ts";
import { classOf, finalAttribute, isColumn, isText } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { LinkClass } from "./link_item.ts";
import type { DuplicateProblem } from "./problems.ts";
import type { RunContext } from "./run_context.ts";
import { createUniquenessCheck, type UniquenessCheck } from "./uniqueness.ts";

/** A link as it will be. */
export interface CheckedLink {
  /** Null: a new one. */
  readonly id: ObjectId | null;
  readonly isWritten: boolean;
  /** Of `LinkClass.attributes`, in their order. */
  readonly values: readonly StoredValue[];
}

/**
 * Says which rule the links of an object would break; null: none.
 * @param objectId the object that has the link set; null: a new one
 * @param removed ids of links that will be gone
 */
export type LinkCheck = (
  objectId: ObjectId | null,
  links: readonly CheckedLink[],
  removed: readonly ObjectId[],
) => Promise<DuplicateProblem | null>;

export function createLinkCheck(context: RunContext, { linkSet, class: linkClass, attributes }: LinkClass): LinkCheck {
  const checks = linkClass.uniquenessRules
    .filter((rule) => rule.blocking)
    .filter((rule) => ![linkSet.keyToThis, linkSet.keyToRemote].every((key) => rule.attributes.includes(key)))
    .map((rule) => createUniquenessCheck(context, rule));
  const codes = attributes.map(({ code }) => code);
  return async (objectId, links, removed) => {
    const isRemoved = new Set(removed);
    for (const check of checks) {
      const valueOf = (link: CheckedLink) => (code: AttributeCode): StoredValue =>
        code === linkSet.keyToThis ? objectId : link.values[codes.indexOf(code)] ?? null;
      const isNewObjects = objectId === null && check.rule.attributes.includes(linkSet.keyToThis);
      const seen = new Set<string>();
      for (const link of links) {
        const values = check.needed.map(valueOf(link));
        if (!check.concerns(values)) continue;
        const name = foldedValues(context.model, check, values);
        if (seen.has(name)) return await check.duplicate(values, valueOf(link));
        seen.add(name);
        if (!link.isWritten || isNewObjects) continue;
        const problem = await check.problem(values, (id) => id === link.id || isRemoved.has(id));
        if (problem !== null) return problem;
      }
    }
    return null;
  };
}

/** The rule's values in a form that is equal where the database finds them equal. */
function foldedValues(model: Model, { rule }: UniquenessCheck, values: readonly StoredValue[]): string {
  return JSON.stringify(rule.attributes.map((code, index) => {
    const value = values[index] ?? null;
    if (typeof value !== "string") return value;
    return countsCase(model, rule.declaredBy, code) ? exactForm(value) : comparedForm(value);
  }));
}

/** Whether texts that differ in case are two. */
function countsCase(model: Model, modelClass: ClassCode, code: AttributeCode): boolean {
  const { attribute } = finalAttribute(model, classOf(model, modelClass), code);
  return attribute !== "id" && isColumn(attribute) && (!isText(attribute) || attribute.countsCase);
}
