/** Hands the rules of user accounts to the engine, which knows no class by name. */
import type { ColumnPlan } from "../columns/plan.ts";
import type { Model } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import type { ObjectRules } from "../reconcile/run_context.ts";
import { writesAccounts } from "./account_classes.ts";
import { accountEffects } from "./account_effects.ts";
import { enabledAdministrators, unlimitedAdministrators } from "./administrators.ts";
import { loginProblems } from "./login_rules.ts";
import type { User } from "./user.ts";
import { type AccountFacts, accountProblems } from "./user_rules.ts";

/**
 * The rules for writing objects of a run's class; null: nothing that it writes touches a user account.
 * @param objects those of the run: what its rows wrote counts
 */
export function createAccountRules(
  plan: ColumnPlan,
  importer: User,
  model: Model,
  objects: ObjectSearches,
): ObjectRules | null {
  if (!touchesAccounts(plan, model)) return null;
  const facts: AccountFacts = {
    enabledAdministrators: () => enabledAdministrators(model, objects),
    unlimitedAdministrators: () => unlimitedAdministrators(model, objects),
    maySee: (organizations) => seesAll(organizations, model, objects),
  };
  return {
    check: async (object, consequences) => [
      ...loginProblems(object, model),
      ...await accountProblems(await accountEffects(object, consequences, model, objects), importer, model, facts),
    ],
  };
}

function touchesAccounts({ class: modelClass, direct }: ColumnPlan, model: Model): boolean {
  const links = direct.flatMap(({ attribute }) =>
    attribute !== "id" && attribute.kind === "link_set" ? [attribute.linkClass] : []
  );
  return writesAccounts(model, modelClass, links);
}

async function seesAll(
  organizations: readonly ObjectId[],
  model: Model,
  objects: ObjectSearches,
): Promise<boolean> {
  const tree = model.organizations;
  if (tree === null) return true;
  const search = objects.search({ class: tree.class, conditions: ["id"], read: [], includeHidden: false });
  return (await search.find(organizations.map((id) => [id]))).every(({ kind }) => kind === "one");
}
