/** An object must not come below itself. */
import { attributeOf, labelIn } from "../model/look_up.ts";
import type { ExternalKeyAttribute } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import { alteredRoots } from "./altered_roots.ts";
import { Hierarchy } from "./hierarchy.ts";
import type { WriteProblem } from "./problems.ts";
import type { CheckedObject, PlannedWrite, RunContext } from "./run_context.ts";

/** Whether writes would make loops of a hierarchical external key. */
export interface LoopCheck {
  /** Asks at once what would be asked for each of these. */
  prepare(objects: readonly CheckedObject[]): Promise<void>;
  problemsOf(object: CheckedObject): Promise<readonly WriteProblem[]>;
}

export function createLoopCheck(context: RunContext, key: ExternalKeyAttribute): LoopCheck {
  const { store, model, plan, language } = context;
  const isAltered = store.mayAlter(key.target, [key.code]) || alteredRoots(context).has(plan.class.root);
  const hierarchy = new Hierarchy(store, key, isAltered);
  /** What an object that is there comes below; null: nothing, or it stays where it is. New objects are above nothing. */
  const newParent = ({ id, changes }: PlannedWrite): ObjectId | null =>
    id === null ? null : idIn(changes.get(key.code)?.after);
  return {
    async prepare(objects) {
      const parents = objects.map(({ write }) => newParent(write)).filter((parent) => parent !== null);
      if (parents.length > 0) await hierarchy.learn(parents);
    },
    async problemsOf({ write }) {
      const parent = newParent(write);
      if (write.id === null || parent === null || !await hierarchy.isAbove(write.id, parent)) return [];
      const label = labelIn(attributeOf(plan.class, key.code).labels, language, model, key.code);
      return [{ kind: "loop", attribute: key.code, label, id: store.shownId(key.target, parent) }];
    },
  };
}
