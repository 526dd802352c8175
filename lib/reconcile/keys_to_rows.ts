/** External keys by which rows of a file may refer to other rows of it. */
import type { ExternalKeyColumns } from "../columns/plan.ts";
import { isOrIsBelow } from "../model/look_up.ts";
import type { RunContext } from "./run_context.ts";

/** The file has its columns for the targets, and for the rows' own objects as well. */
export interface KeyToRows {
  readonly columns: ExternalKeyColumns;
  /** Among all external keys of the plan. */
  readonly index: number;
  /** The cells that say what the target is, and those that say the same of the row's own object. */
  readonly searched: readonly number[];
  readonly own: readonly number[];
}

export function keysToRows({ plan, model, createTargets }: RunContext): readonly KeyToRows[] {
  return plan.externalKeys.flatMap((columns, index): KeyToRows[] => {
    const { key, parts, inner } = columns;
    const isOwn = isOrIsBelow(model, plan.class.code, key.target) && !createTargets.has(key.code);
    if (!isOwn || inner.length > 0) return [];
    const own = parts.flatMap(({ attribute }) => {
      const column = plan.direct.find((column) =>
        attribute !== "id" && column.attribute !== "id" && column.attribute.code === attribute.code
      );
      return column?.cell ?? [];
    });
    return own.length < parts.length ? [] : [{ columns, index, searched: parts.map(({ cell }) => cell), own }];
  });
}
