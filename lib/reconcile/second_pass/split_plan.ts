/** The columns of a file, apart: those of the external keys that are filled in a second reading, and all others. */
import type { ColumnPlan } from "../../columns/plan.ts";
import { keyBehind } from "../../columns/later_keys.ts";
import type { AttributeCode, Model, UniquenessRule } from "../../model/model.ts";

export interface SplitPlan {
  readonly whole: ColumnPlan;
  readonly first: ColumnPlan;
  /** It has no reconciliation keys: the objects are known. */
  readonly second: ColumnPlan;
  /** The cells of the whole report's table, of those of both readings. */
  together<Cell>(first: readonly Cell[], second: readonly Cell[]): Cell[];
}

/** @param later external keys of the file, by code */
export function splitPlan(whole: ColumnPlan, later: ReadonlySet<AttributeCode>): SplitPlan {
  const isLaterKey = whole.externalKeys.map(({ key }) => later.has(key.code));
  const isLaterCell = whole.direct.map(({ attribute }) => attribute !== "id" && later.has(attribute.code));
  const isLater = [...isLaterKey, ...isLaterCell];
  const part = (wanted: boolean): ColumnPlan => ({
    ...whole,
    externalKeys: whole.externalKeys.filter((_, index) => isLaterKey[index] === wanted),
    direct: whole.direct.filter((_, index) => isLaterCell[index] === wanted),
  });
  return {
    whole,
    first: part(false),
    second: { ...part(true), keys: [] },
    together(first, second) {
      const [ones, others] = [first.values(), second.values()];
      return isLater.flatMap((later) => {
        const { value, done } = (later ? others : ones).next();
        return done === true ? [] : [value];
      });
    },
  };
}

/** Whether a uniqueness rule cannot be judged before the keys are filled. */
export function dependsOnKeys(
  model: Model,
  { class: { root } }: ColumnPlan,
  keys: ReadonlySet<AttributeCode>,
): (rule: UniquenessRule) => boolean {
  return ({ declaredBy, attributes, unlessEmpty }) =>
    [...attributes, ...unlessEmpty].some((code) => keyBehind(model, root, declaredBy, code, keys) !== null);
}
