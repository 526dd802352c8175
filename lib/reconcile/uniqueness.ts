/** One uniqueness rule of a class, held against the objects that are stored. */
import * as sentences from "../messages/rows.ts";
import { labelIn } from "../model/look_up.ts";
import type { AttributeCode, StoredValue, UniquenessRule } from "../model/model.ts";
import type { FoundObject } from "../store/objects.ts";
import { preparedSearches } from "./prepared_searches.ts";
import type { RunContext } from "./run_context.ts";

export interface UniquenessCheck {
  readonly rule: UniquenessRule;
  /** What an object must tell: the attributes of the rule, then those that must not be empty. */
  readonly needed: readonly AttributeCode[];
  /** The values of `needed` as they are stored. */
  stored(id: number): readonly StoredValue[];
  /** Whether the rule says anything of an object with these values of `needed`. */
  concerns(values: readonly StoredValue[]): boolean;
  /** Whether no object has these values, one answer for each; the values are those of `needed`. */
  areFree(values: readonly (readonly StoredValue[])[]): readonly boolean[];
  /** The sentence about an object that has these values already; null: there is none. @param isExempt objects that do not count */
  problem(values: readonly StoredValue[], isExempt: (id: number) => boolean): string | null;
  /** The same sentence about an object that is not stored yet. */
  sentence(values: readonly StoredValue[], valueOf: (attribute: AttributeCode) => StoredValue): string;
}

export function createUniquenessCheck(context: RunContext, rule: UniquenessRule): UniquenessCheck {
  const template = labelIn(rule.messages, context.language, context.model, rule.name);
  const told = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const needed = [...rule.attributes, ...rule.unlessEmpty];
  const searchBy = preparedSearches(context, rule.declaredBy, { includeHidden: true });
  const searchVisibleBy = preparedSearches(context, rule.declaredBy, { includeHidden: false });
  const keyOf = (values: readonly StoredValue[]) => values.slice(0, rule.attributes.length);
  // What the sentence would tell may stand in objects behind this one.
  const isHidden = ({ id, values }: FoundObject) => {
    if (!context.someObjectsAreHidden) return false;
    const seen = searchVisibleBy(["id"], told).find([[id]])[0];
    return seen?.kind !== "one" || seen.object.values.some((value, index) => value !== values[index]);
  };

  const sentence: UniquenessCheck["sentence"] = (values, valueOf) =>
    template.replace(/\{(\w+)\}/g, (_, code: AttributeCode) => {
      const index = rule.attributes.indexOf(code);
      return String((index < 0 ? valueOf(code) : values[index]) ?? "");
    });
  return {
    rule,
    needed,
    sentence,
    stored(id) {
      const match = searchBy(["id"], needed).find([[id]])[0];
      return match?.kind === "one" ? match.object.values : needed.map(() => null);
    },
    concerns: (values) => values.slice(rule.attributes.length).every((value) => (value ?? "") !== ""),
    areFree: (values) =>
      values.length === 0
        ? []
        : searchBy(rule.attributes, told).find(values.map(keyOf)).map(({ kind }) => kind === "none"),
    problem(values, isExempt) {
      const other = searchBy(rule.attributes, told).all(keyOf(values)).find((found) => !isExempt(found.id));
      if (other === undefined) return null;
      if (isHidden(other)) return sentences.duplicatesHiddenObject(rule.declaredBy);
      return sentence(values, (code) => other.values[told.indexOf(code)] ?? null);
    },
  };
}
