/** The links of user accounts: to profiles and to organisations. */
import { isOrIsBelow } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model } from "../model/model.ts";
import { USER_ORGANIZATION, USER_PROFILE } from "./user_classes.ts";

/** A class of links from accounts to profiles or organisations, and its external keys. */
export interface LinkEnds {
  readonly to: "profiles" | "organizations";
  readonly class: ClassCode;
  readonly user: AttributeCode;
  readonly remote: AttributeCode;
}

const LINKS: readonly LinkEnds[] = [
  { to: "profiles", class: USER_PROFILE.class, user: USER_PROFILE.user, remote: USER_PROFILE.profile },
  {
    to: "organizations",
    class: USER_ORGANIZATION.class,
    user: USER_ORGANIZATION.user,
    remote: USER_ORGANIZATION.organization,
  },
];

/** The links that objects of a class are; null: they are other objects. */
export function linkEndsOf(model: Model, code: ClassCode): LinkEnds | null {
  return LINKS.find((link) => model.classes.has(link.class) && isOrIsBelow(model, code, link.class)) ?? null;
}
