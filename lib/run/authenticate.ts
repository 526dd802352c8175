/** Finds out who runs an import. */
import type { Model } from "../model/model.ts";
import { createLoginFailures } from "../databases/sqlite/sqlite_login_failures.ts";
import { createObjectStore } from "../databases/sqlite/sqlite_objects.ts";
import type { Database } from "../databases/sqlite/database.ts";
import { logIn, loginRefusal, type LoginRequest } from "../users/login.ts";
import type { PasswordCost } from "../users/password.ts";
import type { User } from "../users/user.ts";

/** What a login depends on beside the database. */
export interface LoginFacts {
  now(): Date;
  readonly passwordCost?: PasswordCost | undefined;
}

/** @throws RunStop 77 */
export function authenticate(request: LoginRequest, database: Database, model: Model, facts: LoginFacts): User {
  const now = () => facts.now();
  const store = createObjectStore(database, model, null, { now: now() });
  const failures = createLoginFailures(database, () => now().getTime());
  const result = logIn(request, { model, store, failures, now, cost: facts.passwordCost });
  if (!result.ok) throw loginRefusal(result, request.login);
  return result.user;
}
