/** Which targets an import may create (SPEC 17, `create_targets`): what its user might load by an import of their class, and no accounts. */
import { createdTargets } from "../columns/created_targets.ts";
import type { ColumnPlan } from "../columns/plan.ts";
import { EXIT, RunStop } from "../errors.ts";
import { accountTarget } from "../messages/created_targets.ts";
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, Model, ModelClass } from "../model/model.ts";
import { writesAccounts } from "../users/account_classes.ts";
import { bulkWriteRefusal, mayBulkWrite } from "../users/rights.ts";
import type { User } from "../users/user.ts";
import type { RunSettings } from "./import_order.ts";

/** @returns codes of external keys @throws RunStop 64, or 77 where the user may not load the class of a target */
export function allowedTargets(
  model: Model,
  modelClass: ModelClass,
  user: User,
  settings: Pick<RunSettings, "codesNotLabels" | "createdTargets">,
  plan: ColumnPlan,
): ReadonlySet<AttributeCode> {
  const naming = { codes: settings.codesNotLabels, language: user.language };
  const { codes, problems } = createdTargets(model, modelClass, naming, settings.createdTargets, plan);
  if (problems.length > 0) throw new RunStop(EXIT.usage, problems);
  for (const { key } of plan.externalKeys) {
    if (!codes.has(key.code)) continue;
    const target = classOf(model, key.target);
    if (!mayBulkWrite(user, target, model)) throw bulkWriteRefusal(target.code);
    if (writesAccounts(model, target, [])) throw new RunStop(EXIT.usage, [accountTarget(target.code)]);
  }
  return codes;
}
