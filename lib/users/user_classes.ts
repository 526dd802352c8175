/**
 * The classes of users and profiles: the only ones that the program knows by name. Every model has them, with these attributes;
 * `person`, and the class of allowed organisations, may be missing.
 */

/** A user who logs in with a password of their own. */
export const USER = {
  class: "UserLocal",
  login: "login",
  password: "password",
  status: "status",
  language: "language",
  /** External key to the person whose account it is. */
  person: "contactid",
  profiles: "profile_list",
  allowedOrganizations: "allowed_org_list",
} as const;

/** The value of a user's status that lets them log in; any other keeps them out. */
export const STATUS_ENABLED = "enabled";

export const PROFILE = { class: "URP_Profiles", name: "name", description: "description" } as const;

/** Which user has which profile. */
export const USER_PROFILE = {
  class: "URP_UserProfile",
  user: "userid",
  profile: "profileid",
  reason: "reason",
} as const;

/** To which organisations a user is limited. */
export const USER_ORGANIZATION = {
  class: "URP_UserOrg",
  user: "userid",
  organization: "allowed_org_id",
  reason: "reason",
} as const;

/** The stock profile of people who only see the portal; a model of its own may use the id for another. */
export const PORTAL_USER = { id: 2, name: "Portal user" } as const;
