/**
 * Hands the rules of user accounts to the engine, which knows no class by name. Most runs write no account: what checks one is loaded
 * with the first.
 */
import type { ColumnPlan } from "../columns/plan.ts";
import type { Model } from "../model/model.ts";
import type { ObjectSearches } from "../store/objects.ts";
import type { ObjectRules } from "../reconcile/run_context.ts";
import { writesAccounts } from "./account_classes.ts";
import type { User } from "./user.ts";

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
  let loaded: ObjectRules | null = null;
  return {
    async check(object, consequences) {
      loaded ??= (await import("./account_checks.ts")).accountChecks(importer, model, objects);
      return await loaded.check(object, consequences);
    },
  };
}

function touchesAccounts({ class: modelClass, direct }: ColumnPlan, model: Model): boolean {
  const links = direct.flatMap(({ attribute }) =>
    attribute !== "id" && attribute.kind === "link_set" ? [attribute.linkClass] : []
  );
  return writesAccounts(model, modelClass, links);
}
