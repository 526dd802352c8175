/** An object must not come below itself. */
import { attributeOf, labelIn } from "../model/look_up.ts";
import type { ExternalKeyAttribute } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { WriteProblem } from "./problems.ts";
import type { CheckedObject, RunContext } from "./run_context.ts";

/** Whether a write would make a loop of a hierarchical external key. */
export type LoopCheck = (object: CheckedObject) => Promise<readonly WriteProblem[]>;

export function createLoopCheck(context: RunContext, key: ExternalKeyAttribute): LoopCheck {
  const { store, model, plan, language } = context;
  const byId = store.search({ class: key.target, conditions: ["id"], read: [key.code], includeHidden: true });
  const parentOf = async (id: ObjectId): Promise<ObjectId | null> => {
    const [match] = await byId.find([[id]]);
    return match?.kind === "one" ? idIn((await byId.valuesOf(match.object))[0]) : null;
  };
  return async ({ write }) => {
    const parent = idIn(write.changes.get(key.code)?.after);
    if (write.id === null || parent === null) return [];
    const seen = new Set<ObjectId>();
    for (let above: ObjectId | null = parent; above !== null && !seen.has(above); above = await parentOf(above)) {
      seen.add(above);
      if (above !== write.id) continue;
      const label = labelIn(attributeOf(plan.class, key.code).labels, language, model, key.code);
      return [{ kind: "loop", attribute: key.code, label, id: store.shownId(key.target, parent) }];
    }
    return [];
  };
}
