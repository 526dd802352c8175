/** Hands the rules of user accounts to the engine, which knows no class by name. */
import { isOrIsBelow } from "../model/look_up.ts";
import type { Model, ModelClass } from "../model/model.ts";
import type { ObjectRules, PlannedWrite } from "../reconcile/run_context.ts";
import type { User } from "./user.ts";
import { USER } from "./user_classes.ts";
import { accountProblems, type AccountWrite } from "./user_rules.ts";

/** The rules for writing objects of a class; null: it holds no user accounts. */
export function createAccountRules(modelClass: ModelClass, importer: User, model: Model): ObjectRules | null {
  const holdsAccounts = modelClass.concreteClasses.some((code) => isOrIsBelow(model, code, USER.class));
  if (!holdsAccounts) return null;
  return { check: (write) => accountProblems(accountWrite(write), importer, model) };
}

function accountWrite({ id, changes, links }: PlannedWrite): AccountWrite {
  const profiles = links.get(USER.profiles);
  if (id === null) return { kind: "create", profilesAfter: profiles ?? [] };
  return { kind: "update", id, profilesAfter: profiles ?? null, statusChanges: changes.has(USER.status) };
}
