/**
 * What the database does by itself when a link set removes links (`on_delete`) is looked at as if it were written: objects that go and keys
 * that are emptied need the right to their class, and must be such as the user may see.
 */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { Consequence } from "../store/objects.ts";
import type { ConsequenceProblem } from "./problems.ts";
import type { CheckedObject, RunContext } from "./run_context.ts";

/** What a write does to other objects through the links that it removes. */
export async function consequencesOf({ store }: RunContext, { write }: CheckedObject): Promise<readonly Consequence[]> {
  const consequences: Consequence[] = [];
  for (const { linkSet, removed } of write.links) {
    // A question makes the store write what it holds.
    if (removed.length > 0 && store.haveConsequences(linkSet.linkClass)) {
      consequences.push(...await store.consequencesOf(linkSet.linkClass, removed));
    }
  }
  return consequences;
}

/** Whether a row before this one has reached an object. */
export type IsReached = (modelClass: ClassCode, id: ObjectId) => boolean;

/** What speaks against them, once for each class and what befalls it. */
export async function consequenceProblems(
  context: RunContext,
  object: CheckedObject,
  consequences: readonly Consequence[],
  isReached: IsReached,
): Promise<readonly ConsequenceProblem[]> {
  const problems = new Map<string, ConsequenceProblem>();
  for (const [code, group] of Map.groupBy(consequences, (one) => one.class)) {
    const hidden = await context.hiddenTargets.among(code, group.map(({ id }) => id));
    for (const consequence of group) {
      const problem = problemOf(context, object, consequence, hidden, isReached);
      if (problem === null) continue;
      const name = `${code}.${problem.reason}.${problem.emptied}`;
      if (!problems.has(name)) problems.set(name, problem);
    }
  }
  return [...problems.values()];
}

function problemOf(
  context: RunContext,
  object: CheckedObject,
  { class: code, id, emptied }: Consequence,
  hidden: ReadonlySet<ObjectId>,
  isReached: IsReached,
): ConsequenceProblem | null {
  const isHidden = hidden.has(id);
  const told = {
    kind: "consequence",
    class: code,
    id: isHidden ? null : context.store.shownId(code, id),
    emptied,
  } as const;
  if (!context.mayWrite(code)) return { ...told, reason: "not_allowed" };
  if (isHidden) return { ...told, reason: "not_visible" };
  if (!isSame(context, object, code, id)) {
    return isReached(code, id) && (emptied === null || isGiven(context, emptied))
      ? { ...told, reason: "earlier_row" }
      : null;
  }
  return emptied === null || isKept(context, object, emptied) ? { ...told, reason: "own_object" } : null;
}

/** Whether the row says that an external key which would be emptied stays as it is. */
function isKept(context: RunContext, { write }: CheckedObject, emptied: AttributeCode): boolean {
  return isGiven(context, emptied) && !write.changes.has(emptied);
}

function isGiven({ plan }: RunContext, code: AttributeCode): boolean {
  return plan.externalKeys.some(({ key }) => key.code === code) ||
    plan.direct.some(({ attribute }) => attribute !== "id" && attribute.code === code);
}

/** A row cannot update an object and take it away. */
function isSame({ model }: RunContext, object: CheckedObject, code: ClassCode, id: ObjectId): boolean {
  return object.write.id === id && classOf(model, object.class).root === classOf(model, code).root;
}
