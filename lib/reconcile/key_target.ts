/** What an external key was found to mean. */
import type { ObjectId } from "../store/object_id.ts";
import type { NewTarget } from "./new_targets.ts";
import type { KeyProblem } from "./problems.ts";

/** An external key's value for a row, or why it has none. */
export type KeyTarget =
  | {
    readonly ok: true;
    readonly id: ObjectId | null;
    /** Nothing is said of it, and an object that is there keeps its own (`empty_cells=keep`). */
    readonly isKept?: true;
    /** It is not there, but created along with the row's object (`create_targets`). */
    readonly toCreate?: NewTarget;
  }
  | {
    readonly ok: false;
    readonly problem: KeyProblem;
    /** What the key's own column says, where it looks like an id and no object has it that the user may see. */
    readonly missingId: string | null;
  };

/** How long the text is that a target holds, in UTF-16 code units. */
export function textLength(target: KeyTarget): number {
  if (target.ok) return 0;
  if (target.problem.kind === "target_not_made") return target.problem.searched.length;
  if (target.problem.kind !== "no_match") return 0;
  const { searched, apart } = target.problem;
  return apart === undefined ? searched.length : 2 * searched.length;
}
