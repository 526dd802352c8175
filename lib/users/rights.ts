/** Which classes a user may import, and which organisations they see. */
import { EXIT, RunStop } from "../errors.ts";
import { bulkWriteHint, bulkWriteNotAllowed } from "../messages/users.ts";
import { isOrIsBelow } from "../model/look_up.ts";
import type { ClassCode, Model, ModelClass } from "../model/model.ts";
import type { ObjectStore } from "../model/object_store.ts";
import type { User } from "./user.ts";

/** Whether one of the user's profiles lets them load objects of a class: rights add up. */
export function mayBulkWrite(user: Pick<User, "profiles">, modelClass: ModelClass, model: Model): boolean {
  return model.profiles.some((profile) =>
    user.profiles.includes(profile.id) &&
    (profile.administrator || profile.bulkWrite.some((granted) => isOrIsBelow(model, modelClass.code, granted)))
  );
}

/** Ends the run of somebody who may not load a class. */
export function bulkWriteRefusal(modelClass: ClassCode): RunStop {
  return new RunStop(EXIT.notAllowed, [{ text: bulkWriteNotAllowed(modelClass), hint: bulkWriteHint(modelClass) }]);
}

/**
 * Ids of the organisations whose objects a user sees: those that they are allowed, and all below them.
 * @returns null when the user is not limited
 */
export function visibleOrganizations(user: User, model: Model, store: ObjectStore): number[] | null {
  const tree = model.organizations;
  if (user.allowedOrganizations === null || tree === null) return null;
  const visible = new Set(user.allowedOrganizations);
  if (tree.parent === null) return [...visible];
  const children = store.search({ class: tree.class, conditions: [tree.parent], read: [], includeHidden: true });
  // A set's loop goes on to what is added on the way; an id that is there already ends a branch, so loops end too.
  for (const organization of visible) {
    for (const child of children.all([organization])) visible.add(child.id);
  }
  return [...visible];
}
