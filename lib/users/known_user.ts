/** A user who logged in some time ago, read again: what may have changed since counts. */
import type { LanguageCode, Model } from "../model/model.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { User } from "./user.ts";
import { STATUS_ENABLED, USER } from "./user_classes.ts";
import { allowedOrganizations, personName, profilesOf } from "./user_links.ts";

/** @returns null when there is no such user any more, or none who may log in */
export function enabledUser(id: number, model: Model, store: ObjectStore): User | null {
  const read = [USER.login, USER.status, USER.language];
  const search = store.search({ class: USER.class, conditions: ["id"], read, includeHidden: true });
  const [login, status, language] = search.all([id])[0]?.values ?? [];
  if (typeof login !== "string" || status !== STATUS_ENABLED) return null;
  return userOf({ id, login, language }, model, store);
}

/** What is known of a user at once. */
export interface AccountFacts {
  readonly id: number;
  readonly login: string;
  /** As it is stored. */
  readonly language: unknown;
}

/** A user with all that hangs on their account. */
export function userOf({ id, login, language }: AccountFacts, model: Model, store: ObjectStore): User {
  return {
    id,
    login,
    name: personName(id, model, store) ?? login,
    language: knownLanguage(language, model),
    profiles: profilesOf(id, store),
    allowedOrganizations: allowedOrganizations(id, model, store),
  };
}

function knownLanguage(language: unknown, model: Model): LanguageCode {
  return model.languages.find((known) => known === language) ?? model.languages[0] ?? "";
}
