/** A user who logged in some time ago, read again: what may have changed since counts. */
import type { LanguageCode, Model } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { valuesOfOne } from "./stored_values.ts";
import type { User } from "./user.ts";
import { STATUS_ENABLED, USER } from "./user_classes.ts";
import { allowedOrganizations, personName, profilesOf } from "./user_links.ts";

/** @returns null when there is no such user any more, or none who may log in */
export async function enabledUser(id: ObjectId, model: Model, objects: ObjectSearches): Promise<User | null> {
  const read = [USER.login, USER.status, USER.language];
  const [login, status, language] = await valuesOfOne(objects, USER.class, id, read) ?? [];
  if (typeof login !== "string" || status !== STATUS_ENABLED) return null;
  return await userOf({ id, login, language }, model, objects);
}

/** What is known of a user at once. */
export interface AccountFacts {
  readonly id: ObjectId;
  readonly login: string;
  /** As it is stored. */
  readonly language: unknown;
}

/** A user with all that hangs on their account. */
export async function userOf(
  { id, login, language }: AccountFacts,
  model: Model,
  objects: ObjectSearches,
): Promise<User> {
  return {
    id,
    login,
    name: await personName(id, model, objects) ?? login,
    language: knownLanguage(language, model),
    profiles: await profilesOf(id, objects),
    allowedOrganizations: await allowedOrganizations(id, model, objects),
  };
}

function knownLanguage(language: unknown, model: Model): LanguageCode {
  return model.languages.find((known) => known === language) ?? model.languages[0] ?? "";
}
