/** What hangs on a user's object: their person, profiles and organisations. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model, StoredValue } from "../model/model.ts";
import type { ObjectStore } from "../store/objects.ts";
import { USER, USER_ORGANIZATION, USER_PROFILE } from "./user_classes.ts";

/** The friendly name of the user's person; null when the user has none, or the model knows no persons. */
export function personName(userId: number, model: Model, store: ObjectStore): string | null {
  const key = classOf(model, USER.class).attributes.get(USER.person);
  if (key?.kind !== "external_key") return null;
  const person = readOne(store, USER.class, userId, key.code);
  if (typeof person !== "number") return null;
  const friendlyName = [...classOf(model, key.target).attributes.values()].find((one) => one.kind === "friendly_name");
  if (friendlyName === undefined) return null;
  const name = readOne(store, key.target, person, friendlyName.code);
  return typeof name === "string" && name.trim() !== "" ? name : null;
}

/** Ids of the user's profiles. */
export function profilesOf(userId: number, store: ObjectStore): number[] {
  return linkedIds(store, USER_PROFILE.class, USER_PROFILE.user, USER_PROFILE.profile, userId);
}

/** Ids of the organisations to which the user is limited; null when there are none: the user is not limited. */
export function allowedOrganizations(userId: number, model: Model, store: ObjectStore): number[] | null {
  if (!model.classes.has(USER_ORGANIZATION.class)) return null;
  const { user, organization } = USER_ORGANIZATION;
  const ids = linkedIds(store, USER_ORGANIZATION.class, user, organization, userId);
  return ids.length === 0 ? null : ids;
}

function readOne(store: ObjectStore, from: ClassCode, id: number, attribute: AttributeCode): StoredValue {
  const search = store.search({ class: from, conditions: ["id"], read: [attribute], includeHidden: true });
  return search.all([id])[0]?.values[0] ?? null;
}

function linkedIds(
  store: ObjectStore,
  linkClass: ClassCode,
  keyToUser: AttributeCode,
  keyToRemote: AttributeCode,
  userId: number,
): number[] {
  const search = store.search({ class: linkClass, conditions: [keyToUser], read: [keyToRemote], includeHidden: true });
  const ids = search.all([userId]).map((link) => link.values[0]);
  return ids.filter((id) => typeof id === "number");
}
