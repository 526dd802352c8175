/** All rules of user accounts, for the writing of one object. */
import type { Model, ModelClass } from "../model/model.ts";
import type { RuleProblem } from "../reconcile/rule_problem.ts";
import type { ObjectRules } from "../reconcile/run_context.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { Consequence, ObjectSearches } from "../store/objects.ts";
import { writesAccounts } from "./account_classes.ts";
import { accountEffects } from "./account_effects.ts";
import { enabledAdministrators, unlimitedAdministrators } from "./administrators.ts";
import { loginProblems } from "./login_rules.ts";
import type { User } from "./user.ts";
import { type AccountFacts, accountProblems } from "./user_rules.ts";

/** @param objects those of the run: what its rows wrote counts */
export function accountChecks(importer: User, model: Model, objects: ObjectSearches): ObjectRules {
  const facts = accountFacts(model, objects);
  return {
    check: async (object, consequences) => [
      ...loginProblems(object, model),
      ...await accountProblems(await accountEffects(object, consequences, model, objects), importer, model, facts),
    ],
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
  return async (deleted) =>
    await accountProblems(await accountEffects(null, deleted, model, objects), importer, model, facts);
}

/** What the rules ask of the database, as it is when they ask. */
export function accountFacts(model: Model, objects: ObjectSearches): AccountFacts {
  return {
    enabledAdministrators: () => enabledAdministrators(model, objects),
    unlimitedAdministrators: () => unlimitedAdministrators(model, objects),
    maySee: (organizations) => seesAll(organizations, model, objects),
  };
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
