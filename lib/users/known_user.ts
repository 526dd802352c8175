/** Users as they are stored, and those who logged in some time ago, read again: what may have changed since counts. */
import type { LanguageCode, Model, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { accountStamp } from "./account_stamp.ts";
import { valuesOfOne } from "./stored_values.ts";
import type { KnownUser, User } from "./user.ts";
import { STATUS_ENABLED, USER } from "./user_classes.ts";
import { allowedOrganizations, personName, profilesOf } from "./user_links.ts";

/** @returns null when there is no such user any more, or none who may log in */
export async function enabledUser(id: ObjectId, model: Model, objects: ObjectSearches): Promise<User | null> {
  const account = await enabledAccount(id, objects);
  return account === null ? null : await userOf(account, model, objects);
}

/**
 * The user as they are now, with the rights and limits that they have now; the name for people stays.
 * @returns null when they may not log in any more, or have another login or password
 */
export async function sameUserNow(user: User, model: Model, objects: ObjectSearches): Promise<User | null> {
  const account = user.id === null ? null : await enabledAccount(user.id, objects);
  if (account === null || accountStamp(account, account.password) !== user.stamp) return null;
  return { ...user, language: knownLanguage(account.language, model), ...await rightsOf(account.id, model, objects) };
}

/** What is known of a user at once. */
export interface AccountFacts {
  readonly id: ObjectId;
  readonly login: string;
  /** As they are stored. */
  readonly password: string;
  readonly language: StoredValue | undefined;
}

/** A user with all that hangs on their account. */
export async function userOf(account: AccountFacts, model: Model, objects: ObjectSearches): Promise<KnownUser> {
  const { id, login, password, language } = account;
  return {
    id,
    login,
    name: await personName(id, model, objects) ?? login,
    language: knownLanguage(language, model),
    stamp: accountStamp(account, password),
    ...await rightsOf(id, model, objects),
  };
}

async function rightsOf(
  id: ObjectId,
  model: Model,
  objects: ObjectSearches,
): Promise<Pick<User, "profiles" | "allowedOrganizations">> {
  return {
    profiles: await profilesOf(id, objects),
    allowedOrganizations: await allowedOrganizations(id, model, objects),
  };
}

async function enabledAccount(id: ObjectId, objects: ObjectSearches): Promise<AccountFacts | null> {
  const read = [USER.login, USER.password, USER.status, USER.language];
  const [login, password, status, language] = await valuesOfOne(objects, USER.class, id, read) ?? [];
  if (typeof login !== "string" || typeof password !== "string" || status !== STATUS_ENABLED) return null;
  return { id, login, password, language };
}

function knownLanguage(language: StoredValue | undefined, model: Model): LanguageCode {
  return model.languages.find((known) => known === language) ?? model.languages[0] ?? "";
}
