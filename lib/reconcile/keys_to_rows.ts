/** External keys by which rows of a file may refer to other rows of it. */
import { comparedForm } from "../compared_text.ts";
import type { ExternalKeyColumns } from "../columns/plan.ts";
import type { Cell } from "../csv/record.ts";
import { isOrIsBelow } from "../model/look_up.ts";
import type { KeyTarget } from "./key_target.ts";
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

/** In UTF-16 code units; longer texts are no keys. */
const LONGEST_NAME = 1000;

/**
 * What a row looks for by a key, or what its own object is by the same attributes: texts that are alike where searches find them alike. A copy,
 * as cells are slices of the input.
 * @param places `searched` or `own` of the key
 * @returns null: the cells say nothing, or too much
 */
export function nameOf({ index }: KeyToRows, cells: readonly Cell[], places: readonly number[]): string | null {
  const texts = places.map((place) => cells[place] ?? "");
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length === 0 || length > LONGEST_NAME) return null;
  return JSON.stringify([index, ...texts.map(comparedForm)]);
}

export function isNotFound(target: KeyTarget): boolean {
  if (target.ok) return false;
  const { kind } = target.problem;
  return kind === "no_match" || kind === "no_objects" || kind === "hidden_objects" || kind === "no_visible_objects";
}
