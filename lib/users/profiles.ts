/** The model file numbers its profiles, and the database has ids for them: only here the ones meet the others. */
import type { Model } from "../model/model.ts";
import type { ObjectId, ShownId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { PROFILE } from "./user_classes.ts";

/** What people call a profile: the number in the model, or that of a profile that was made later, which grants nothing. */
export type ProfileNumber = ShownId;

export function profileNumber(id: ObjectId, objects: ObjectSearches): ProfileNumber {
  return objects.shownId(PROFILE.class, id);
}

/** @throws Error when no object can have the number: those of a model can */
export function profileId(number: number, objects: ObjectSearches): ObjectId {
  const id = objects.idFromText(PROFILE.class, String(number));
  if (id === null) throw new Error(`no profile can have the id ${number}`);
  return id;
}

/** Whether one of these profiles is an administrator's. */
export function hasAdministratorProfile(profiles: readonly ProfileNumber[], model: Model): boolean {
  return model.profiles.some((profile) => profile.administrator && profiles.includes(profile.id));
}
