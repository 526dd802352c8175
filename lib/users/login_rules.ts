/** What a login may be, checked before an account is written. */
import { isOrIsBelow } from "../model/look_up.ts";
import type { Model } from "../model/model.ts";
import { isOneLine } from "../one_line.ts";
import type { RuleProblem } from "../reconcile/rule_problem.ts";
import type { CheckedObject } from "../reconcile/run_context.ts";
import { LONGEST_LOGIN } from "../text_limits.ts";
import { USER } from "./user_classes.ts";

/** Why the account cannot be written with its login; nothing: it can, or its login stays. */
export function loginProblems(object: CheckedObject, model: Model): readonly RuleProblem[] {
  if (!isOrIsBelow(model, object.class, USER.class)) return [];
  const { id, changes } = object.write;
  const login = id === null ? object.initialValue(USER.login) : changes.get(USER.login)?.after ?? null;
  if (typeof login !== "string") return [];
  if (login.length > LONGEST_LOGIN) {
    return [{ kind: "login_too_long", found: login.length, most: LONGEST_LOGIN }];
  }
  return isOneLine(login) ? [] : [{ kind: "login_not_one_line" }];
}
