/** What hangs on a user's object: their person, profiles and organisations. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model } from "../model/model.ts";
import { idIn, type ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { type ProfileNumber, profileNumber } from "./profiles.ts";
import { valuesOfAll, valuesOfOne } from "./stored_values.ts";
import { USER, USER_ORGANIZATION, USER_PROFILE } from "./user_classes.ts";

/** The friendly name of the user's person; null when the user has none, or the model knows no persons. */
export async function personName(userId: ObjectId, model: Model, objects: ObjectSearches): Promise<string | null> {
  const key = classOf(model, USER.class).attributes.get(USER.person);
  if (key?.kind !== "external_key") return null;
  const friendlyName = [...classOf(model, key.target).attributes.values()].find((one) => one.kind === "friendly_name");
  if (friendlyName === undefined) return null;
  const person = idIn((await valuesOfOne(objects, USER.class, userId, [key.code]))?.[0]);
  if (person === null) return null;
  const name = (await valuesOfOne(objects, key.target, person, [friendlyName.code]))?.[0];
  return typeof name === "string" && name.trim() !== "" ? name : null;
}

/** The user's profiles. */
export async function profilesOf(userId: ObjectId, objects: ObjectSearches): Promise<ProfileNumber[]> {
  const ids = await linkedIds(objects, USER_PROFILE.class, USER_PROFILE.user, USER_PROFILE.profile, userId);
  return ids.map((id) => profileNumber(id, objects));
}

/** Ids of the organisations to which the user is limited; null when there are none: the user is not limited. */
export async function allowedOrganizations(
  userId: ObjectId,
  model: Model,
  objects: ObjectSearches,
): Promise<ObjectId[] | null> {
  if (!model.classes.has(USER_ORGANIZATION.class)) return null;
  const { user, organization } = USER_ORGANIZATION;
  const ids = await linkedIds(objects, USER_ORGANIZATION.class, user, organization, userId);
  return ids.length === 0 ? null : ids;
}

async function linkedIds(
  objects: ObjectSearches,
  linkClass: ClassCode,
  keyToUser: AttributeCode,
  keyToRemote: AttributeCode,
  userId: ObjectId,
): Promise<ObjectId[]> {
  const links = await valuesOfAll(objects, linkClass, { code: keyToUser, id: userId }, [keyToRemote]);
  return links.map(([remote]) => idIn(remote)).filter((id) => id !== null);
}
