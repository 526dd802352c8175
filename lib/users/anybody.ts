/** Who works on a database without users: whoever may write its file may do anything. */
import type { Model } from "../model/model.ts";
import type { User } from "./user.ts";

export function anybody({ languages, profiles }: Model): User {
  return {
    id: null,
    login: "",
    name: "",
    language: languages[0] ?? "",
    stamp: "",
    profiles: profiles.filter(({ administrator }) => administrator).map(({ id }) => id),
    allowedOrganizations: null,
  };
}
