/** Rules that only user accounts have, checked before one is written. That a login is unique is an ordinary rule of the model. */
import { noProfile, ownProfileDenied, ownRightsLost, ownStatusChange } from "../messages/users.ts";
import { classOf } from "../model/look_up.ts";
import type { Model } from "../model/model.ts";
import { mayBulkWrite } from "./rights.ts";
import type { User } from "./user.ts";
import { PORTAL_USER, USER } from "./user_classes.ts";

/** What a row is about to do with a user account. */
export type AccountWrite =
  | {
    readonly kind: "create";
    /** Ids of the profiles that it will have; none without a column for them. */
    readonly profilesAfter: readonly number[];
  }
  | {
    readonly kind: "update";
    readonly id: number;
    /** Ids of the profiles that it will have; null: they stay as they are. */
    readonly profilesAfter: readonly number[] | null;
    readonly statusChanges: boolean;
  };

/**
 * Why an account cannot be written like this, in sentences; empty: it can.
 * @param importer who runs the import, with the profiles that they have now
 */
export function accountProblems(write: AccountWrite, importer: User, model: Model): string[] {
  const problems: string[] = [];
  if (write.profilesAfter !== null && write.profilesAfter.length === 0) problems.push(noProfile());
  if (write.kind === "update" && write.id === importer.id) problems.push(...ownAccountProblems(write, importer, model));
  return problems;
}

/** Nobody may lock themselves out. */
function ownAccountProblems(
  write: Extract<AccountWrite, { readonly kind: "update" }>,
  importer: User,
  model: Model,
): string[] {
  const problems: string[] = [];
  if (write.statusChanges) problems.push(ownStatusChange());
  const profiles = write.profilesAfter;
  if (profiles === null) return problems;
  const becomesPortalUser = profiles.includes(PORTAL_USER.id) && !importer.profiles.includes(PORTAL_USER.id);
  if (becomesPortalUser && hasPortalProfile(model)) problems.push(ownProfileDenied(PORTAL_USER.name));
  const mayStillModifyUsers = mayBulkWrite({ profiles }, classOf(model, USER.class), model);
  if (!mayStillModifyUsers) problems.push(ownRightsLost());
  return problems;
}

function hasPortalProfile(model: Model): boolean {
  return model.profiles.some((profile) => profile.id === PORTAL_USER.id && profile.name === PORTAL_USER.name);
}
