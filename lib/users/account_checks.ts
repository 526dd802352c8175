/** All rules of user accounts, for the writing of one object. */
import type { Model, ModelClass } from "../model/model.ts";
import type { RuleProblem } from "../reconcile/rule_problem.ts";
import type { ObjectRules } from "../reconcile/run_context.ts";
import type { Consequence, ObjectSearches } from "../store/objects.ts";
import { writesAccounts } from "./account_classes.ts";
import { accountEffects, readAhead } from "./account_effects.ts";
import { accountFacts, KeptFacts } from "./account_facts.ts";
import { AccountLookups } from "./account_lookups.ts";
import { loginProblems } from "./login_rules.ts";
import type { User } from "./user.ts";
import { accountProblems } from "./user_rules.ts";

/**
 * @param objects those of the run: what its rows wrote counts
 * @param organizationsStay see `KeptFacts`
 */
export function accountChecks(
  importer: User,
  model: Model,
  objects: ObjectSearches,
  organizationsStay: boolean,
): Omit<ObjectRules, "followEveryRow"> {
  const facts = new KeptFacts(model, objects, organizationsStay);
  const lookups = new AccountLookups(model, objects);
  const context = { model, objects, lookups };
  return {
    async prepare(writes) {
      facts.forget();
      lookups.forget();
      if (writes.length === 0) return;
      const organizations = await readAhead(writes.map((object) => ({ object, consequences: [] })), context);
      if (importer.allowedOrganizations !== null) await facts.keepSeen(organizations);
    },
    async check(object, consequences) {
      const effects = await accountEffects({ object, consequences }, context);
      facts.touches(new Set(effects.map(({ id }) => id)));
      return [...loginProblems(object, model), ...await accountProblems(effects, importer, model, facts)];
    },
  };
}

/** What speaks against deletions, those included that go along; nothing: they may be done. */
export type DeletionCheck = (deleted: readonly Consequence[]) => Promise<readonly RuleProblem[]>;

/** The rules for deleting objects of a class; null: no account is touched by that. */
export function accountDeletionCheck(
  importer: User,
  model: Model,
  modelClass: ModelClass,
  objects: ObjectSearches,
): DeletionCheck | null {
  if (!writesAccounts(model, modelClass, [modelClass.code])) return null;
  const facts = accountFacts(model, objects);
  const context = { model, objects, lookups: new AccountLookups(model, objects) };
  return async (deleted) => {
    const effects = await accountEffects({ object: null, consequences: deleted }, context);
    return await accountProblems(effects, importer, model, facts);
  };
}
