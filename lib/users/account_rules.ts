/** Hands the rules of user accounts to the engine, which knows no class by name. */
import type { ColumnPlan } from "../columns/plan.ts";
import { isOrIsBelow } from "../model/look_up.ts";
import type { Model } from "../model/model.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { ObjectRules } from "../reconcile/run_context.ts";
import { accountEffects, linkEndsOf } from "./account_effects.ts";
import { enabledAdministrators } from "./administrators.ts";
import { loginProblems } from "./login_rules.ts";
import type { User } from "./user.ts";
import { USER } from "./user_classes.ts";
import { type AccountFacts, accountProblems } from "./user_rules.ts";

/** The rules for writing objects of a run's class; null: nothing that it writes touches a user account. */
export function createAccountRules(
  plan: ColumnPlan,
  importer: User,
  model: Model,
  store: ObjectStore,
): ObjectRules | null {
  if (!touchesAccounts(plan, model)) return null;
  const facts: AccountFacts = {
    enabledAdministrators: () => enabledAdministrators(model, store),
    maySee: (organizations) => seesAll(organizations, model, store),
  };
  return {
    check: (object) => [
      ...loginProblems(object, model),
      ...accountProblems(accountEffects(object, model, store), importer, model, facts),
    ],
  };
}

function touchesAccounts(plan: ColumnPlan, model: Model): boolean {
  const isOfUsers = (code: string) => isOrIsBelow(model, code, USER.class) || linkEndsOf(model, code) !== null;
  return plan.class.concreteClasses.some(isOfUsers) ||
    plan.direct.some(({ attribute }) =>
      attribute !== "id" && attribute.kind === "link_set" && linkEndsOf(model, attribute.linkClass) !== null
    );
}

function seesAll(organizations: readonly number[], model: Model, store: ObjectStore): boolean {
  const tree = model.organizations;
  if (tree === null) return true;
  const search = store.search({ class: tree.class, conditions: ["id"], read: [], includeHidden: false });
  return search.find(organizations.map((id) => [id])).every(({ kind }) => kind === "one");
}
