/** Which imports may change user accounts. */
import { classOf, isOrIsBelow } from "../model/look_up.ts";
import type { ClassCode, Model, ModelClass } from "../model/model.ts";
import { rootsOfDeletion } from "../reconcile/roots_behind.ts";
import { linkEndsOf } from "./account_links.ts";
import { USER, USER_ORGANIZATION, USER_PROFILE } from "./user_classes.ts";

/**
 * Whether writing objects of a class and links of some classes may touch accounts, their profiles or their limits: be it that these are
 * such objects, or that the database deletes or empties such when links go.
 */
export function writesAccounts(model: Model, modelClass: ModelClass, links: readonly ClassCode[]): boolean {
  if (model.hasNoUsers) return false;
  const isOfUsers = (code: ClassCode) => isOrIsBelow(model, code, USER.class) || linkEndsOf(model, code) !== null;
  if (modelClass.concreteClasses.some(isOfUsers) || links.some((code) => linkEndsOf(model, code) !== null)) return true;
  const reached = rootsOfDeletion(model, links.map((code) => classOf(model, code).root));
  return OF_ACCOUNTS.some((code) => model.classes.has(code) && reached.has(classOf(model, code).root));
}

const OF_ACCOUNTS: readonly ClassCode[] = [USER.class, USER_PROFILE.class, USER_ORGANIZATION.class];

/** What was found out of classes: a server asks for each import, and has to walk through the whole model. */
const known = new WeakMap<ModelClass, boolean>();

/** The same of whatever file of the class, before its header is known. */
export function mayWriteAccounts(model: Model, modelClass: ModelClass): boolean {
  const before = known.get(modelClass);
  if (before !== undefined) return before;
  const found = mayLinksWriteAccounts(model, modelClass);
  known.set(modelClass, found);
  return found;
}

function mayLinksWriteAccounts(model: Model, modelClass: ModelClass): boolean {
  const links = [...modelClass.attributes.values()]
    .flatMap((attribute) => attribute.kind === "link_set" ? [attribute.linkClass] : []);
  return writesAccounts(model, modelClass, links);
}
