/**
 * Hands the rules of user accounts to the engine, which knows no class by name. Most runs write no account: what checks one is loaded
 * with the first.
 */
import type { ColumnPlan } from "../columns/plan.ts";
import { classOf } from "../model/look_up.ts";
import type { ClassCode, Model } from "../model/model.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { ObjectRules } from "../reconcile/run_context.ts";
import { rootsOfDeletion } from "../reconcile/roots_behind.ts";
import { writesAccounts } from "./account_classes.ts";
import type { User } from "./user.ts";
import { USER } from "./user_classes.ts";

/**
 * The rules for writing objects of a run's class; null: nothing that it writes touches a user account.
 * @param store that of the run: what its rows wrote counts
 */
export function createAccountRules(
  plan: ColumnPlan,
  importer: User,
  model: Model,
  store: ObjectStore,
): ObjectRules | null {
  const links = linkClassesOf(plan);
  if (!writesAccounts(model, plan.class, links)) return null;
  const load = async () => {
    const { accountChecks } = await import("./account_checks.ts");
    return accountChecks(importer, model, store, organizationsStay(plan, links, model));
  };
  let loaded: Omit<ObjectRules, "followEveryRow"> | null = null;
  return {
    // What triggers do to accounts is told by no row.
    followEveryRow: store.mayAlter(USER.class, [USER.status]),
    prepare: async (objects) => await (loaded ??= await load()).prepare(objects),
    check: async (object, consequences) => await (loaded ??= await load()).check(object, consequences),
  };
}

function linkClassesOf({ direct }: ColumnPlan): readonly ClassCode[] {
  return direct.flatMap(({ attribute }) =>
    attribute !== "id" && attribute.kind === "link_set" ? [attribute.linkClass] : []
  );
}

/** Whether a run neither changes nor deletes organisations: at most it makes new ones. */
function organizationsStay(plan: ColumnPlan, links: readonly ClassCode[], model: Model): boolean {
  if (model.organizations === null) return true;
  const { root } = classOf(model, model.organizations.class);
  const deleted = rootsOfDeletion(model, links.map((code) => classOf(model, code).root));
  return plan.class.root !== root && !deleted.has(root);
}
