/** What a login may be, checked before an account is written. */
import { loginNotOneLine, loginTooLong } from "../messages/users.ts";
import { isOrIsBelow } from "../model/look_up.ts";
import type { Model } from "../model/model.ts";
import { isOneLine } from "../one_line.ts";
import type { CheckedObject } from "../reconcile/run_context.ts";
import { LONGEST_LOGIN } from "../text_limits.ts";
import { USER } from "./user_classes.ts";

/** Why the account cannot be written with its login, in sentences; empty: it can, or its login stays. */
export function loginProblems(object: CheckedObject, model: Model): string[] {
  if (!isOrIsBelow(model, object.class, USER.class)) return [];
  const { id, changes } = object.write;
  const login = id === null ? object.initialValue(USER.login) : changes.get(USER.login)?.after ?? null;
  if (typeof login !== "string") return [];
  if (login.length > LONGEST_LOGIN) return [loginTooLong(login.length, LONGEST_LOGIN)];
  return isOneLine(login) ? [] : [loginNotOneLine()];
}
