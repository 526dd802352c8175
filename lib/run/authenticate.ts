/** Finds out who runs an import. */
import type { Model } from "../model/model.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { Store } from "../store/store.ts";
import { logIn, loginRefusal, type LoginRequest } from "../users/login.ts";
import type { PasswordCost } from "../users/password.ts";
import type { User } from "../users/user.ts";
import type { VerifiedPasswords } from "../users/verified_passwords.ts";

/** What a login depends on beside the database. */
export interface LoginFacts {
  now(): Date;
  readonly passwordCost?: PasswordCost | undefined;
  /** Passwords that need no check again; undefined: none. */
  readonly verified?: VerifiedPasswords | undefined;
}

/** Where failed logins are counted while no transaction is open. */
export function failuresOf(store: Store, { now }: Pick<LoginFacts, "now">): LoginFailures {
  return store.failedLogins("login", () => now().getTime());
}

/**
 * @param failures where they are counted instead, while a transaction is open
 * @throws RunStop 77
 */
export async function authenticate(
  request: LoginRequest,
  store: Store,
  model: Model,
  facts: LoginFacts,
  failures: LoginFailures = failuresOf(store, facts),
): Promise<User> {
  if (!store.hasUsers) return (await import("../users/anybody.ts")).anybody(model);
  const now = () => facts.now();
  const result = await logIn(request, {
    model,
    objects: store.accounts(model),
    failures,
    now,
    cost: facts.passwordCost,
    verified: facts.verified,
  });
  if (!result.ok) throw loginRefusal(result, request.login);
  return result.user;
}
