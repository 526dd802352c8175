/** Finds out who runs an import. */
import { RunStop } from "../errors.ts";
import type { Model } from "../model/model.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { Store } from "../store/store.ts";
import {
  logIn,
  loginRefusal,
  type LoginRequest,
  type LoginResult,
  type LoginWorld,
  startLogin,
} from "../users/login.ts";
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
  return userOf(await logIn(request, worldOf(store, model, facts, failures)), request);
}

/**
 * Begins the same before anybody asks for the user: while another thread checks the password, the rest of the program can be loaded.
 * @returns goes on where it is, once; null: nothing could begin, and `authenticate` tells why
 */
export async function beginAuthentication(
  request: LoginRequest,
  store: Store,
  facts: LoginFacts,
): Promise<(() => Promise<User>) | null> {
  if (!store.hasUsers) return null;
  try {
    const world = worldOf(store, await store.model(), facts, failuresOf(store, facts));
    const started = await startLogin(request, world);
    return async () => userOf(await started.finish(), request);
  } catch (error) {
    if (error instanceof RunStop) return null;
    throw error;
  }
}

function worldOf(
  store: Store,
  model: Model,
  { now, passwordCost, verified }: LoginFacts,
  failures: LoginFailures,
): LoginWorld {
  return { model, objects: store.accounts(model), failures, now: () => now(), cost: passwordCost, verified };
}

function userOf(result: LoginResult, { login }: LoginRequest): User {
  if (!result.ok) throw loginRefusal(result, login);
  return result.user;
}
