/** Objects of one class that refer to each other, in an order in which each may be deleted by itself. */
import { classOf } from "../model/look_up.ts";
import type { ClassCode, ExternalKeyAttribute } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectUpdate, ValueChange } from "../store/objects.ts";
import type { PreparedStep, UndoContext } from "./undo_context.ts";

export interface DeletionOrder {
  /** Whoever refers to another one of them stands before it. */
  readonly inOrder: readonly PreparedStep[];
  /** Those that refer to each other in rings, and to whom these refer. */
  readonly inRings: readonly PreparedStep[];
}

/** @param prepared deletions of objects of one class @returns null: none of them refers to another one */
export async function deletionOrder(
  context: UndoContext,
  code: ClassCode,
  prepared: readonly PreparedStep[],
): Promise<DeletionOrder | null> {
  const steps = new Map(prepared.map((one) => [one.step.id, one]));
  const targets = new Map<ObjectId, ObjectId[]>();
  const referrers = new Map<ObjectId, number>();
  for (const { id, target } of await referencesAmong(context, code, new Set(steps.keys()))) {
    targets.set(id, [...targets.get(id) ?? [], target]);
    referrers.set(target, (referrers.get(target) ?? 0) + 1);
  }
  if (referrers.size === 0) return null;
  const order = [...steps.keys()].filter((id) => !referrers.has(id));
  for (let at = 0; at < order.length; at++) {
    for (const target of targets.get(order[at] as ObjectId) ?? []) {
      const left = (referrers.get(target) ?? 0) - 1;
      referrers.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  const free = new Set(order);
  return {
    inOrder: order.flatMap((id) => steps.get(id) ?? []),
    inRings: prepared.filter(({ step }) => !free.has(step.id)),
  };
}

/** What empties the keys by which objects refer to each other, where they may be empty. */
export async function withoutReferences(
  context: UndoContext,
  code: ClassCode,
  ids: ReadonlySet<ObjectId>,
): Promise<readonly ObjectUpdate[]> {
  const changes = new Map<ObjectId, ValueChange[]>();
  for (const { id, target, key } of await referencesAmong(context, code, ids)) {
    if (!key.nullAllowed) continue;
    const change = { attribute: key.code, oldValue: target, newValue: null };
    changes.set(id, [...changes.get(id) ?? [], change]);
  }
  return [...changes].map(([id, all]) => ({ class: code, id, changes: all }));
}

interface Reference {
  readonly id: ObjectId;
  readonly key: ExternalKeyAttribute;
  readonly target: ObjectId;
}

/** Those of an object to itself keep nobody from being deleted. */
async function referencesAmong(
  { model, stored }: UndoContext,
  code: ClassCode,
  ids: ReadonlySet<ObjectId>,
): Promise<readonly Reference[]> {
  const { attributes, root } = classOf(model, code);
  const keys = [...attributes.values()].filter((attribute) => attribute.kind === "external_key")
    .filter(({ target }) => classOf(model, target).root === root);
  if (keys.length === 0) return [];
  const values = await stored.read(code, [...ids], keys.map((key) => key.code));
  return [...values].flatMap(([id, own]) =>
    keys.flatMap((key, place): Reference[] => {
      const target = idIn(own[place]);
      return target === null || target === id || !ids.has(target) ? [] : [{ id, key, target }];
    })
  );
}
