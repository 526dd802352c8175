/** Logging in: who may run an import, and who is refused for how long. */
import { EXIT, RunStop } from "../errors.ts";
import { accessRefused, tooManyFailures } from "../messages/users.ts";
import type { Model } from "../model/model.ts";
import type { LoginFailures } from "../store/failed_logins.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import { userOf } from "./known_user.ts";
import { countedLogin, countFailure, secondsLeft } from "./login_back_off.ts";
import { dummyHash, isPasswordHash, type PasswordCost, verifyPasswordLater } from "./password.ts";
import { type StoredValues, valuesOfFound } from "./stored_values.ts";
import type { KnownUser } from "./user.ts";
import { STATUS_ENABLED, USER } from "./user_classes.ts";
import type { VerifiedPasswords } from "./verified_passwords.ts";

export interface LoginRequest {
  readonly login: string;
  /** In clear: never printed or logged. */
  readonly password: string;
}

/** What a login is checked against. */
export interface LoginWorld {
  readonly model: Model;
  /** Where the users are. */
  readonly objects: ObjectSearches;
  readonly failures: LoginFailures;
  /** Asked again whenever the time matters: the check of a password takes long, and may have to wait. */
  now(): Date;
  /** The work that is done for a login that is not there; undefined: that of new passwords. */
  readonly cost?: PasswordCost | undefined;
  /** Tests count the work with it. */
  readonly verify?: (clear: string, stored: string) => boolean | Promise<boolean>;
  /** Passwords that were right before, which are not checked again; undefined: none. Everything else is looked at each time. */
  readonly verified?: VerifiedPasswords | undefined;
}

export type LoginResult =
  | { readonly ok: true; readonly user: KnownUser }
  /** Unknown login, wrong password, or a user who is not enabled: nobody is told which. */
  | { readonly ok: false; readonly reason: "refused" }
  /** Too many failures in a row: the password was not even looked at. */
  | { readonly ok: false; readonly reason: "backing_off"; readonly seconds: number };

/** Checks a login and its password, and counts failures in a row. A good login after no failure writes nothing. */
export async function logIn(request: LoginRequest, world: LoginWorld): Promise<LoginResult> {
  return await (await startLogin(request, world)).finish();
}

/** A login whose password another thread is checking. */
export interface StartedLogin {
  /** To be called once. */
  finish(): Promise<LoginResult>;
}

/** The first part of `logIn`: there are other things to do while a password is checked. */
export async function startLogin(request: LoginRequest, world: LoginWorld): Promise<StartedLogin> {
  const { verify = verifyPasswordLater, verified } = world;
  const { password } = request;
  const begun = await beginLogin(request, world);
  if (!("stored" in begun)) return { finish: () => Promise.resolve(begun) };
  if (begun.isEnabled && verified?.has(password, begun.stored)) return { finish: () => begun.finish(true) };
  const check = Promise.resolve(verify(password, begun.stored));
  // Who finishes it hears of a failure.
  check.catch(() => {});
  return {
    async finish() {
      const result = await begun.finish(await check);
      if (result.ok) verified?.add(password, begun.stored);
      return result;
    },
  };
}

/** A login whose password is yet to be checked: it takes long, and the caller may have other things to do. */
export interface BegunLogin {
  /** What the password is checked against: of an unknown or disabled user too, so that it takes the same time whatever is wrong. */
  readonly stored: string;
  /** Whether there is such a user who may log in. */
  readonly isEnabled: boolean;
  /** At most once. An attempt that is never finished counts as none. */
  finish(isRight: boolean): Promise<LoginResult>;
}

/** What comes before the check. */
export async function beginLogin(
  request: LoginRequest,
  world: LoginWorld,
): Promise<BegunLogin | Exclude<LoginResult, { readonly ok: true }>> {
  const { failures, now } = world;
  const before = await failures.read(countedLogin(request.login));
  const seconds = secondsLeft(before, now());
  if (seconds > 0) return { ok: false, reason: "backing_off", seconds };
  const found = await findUser(request, world);
  return {
    stored: storedPassword(found, world),
    isEnabled: found !== null && isEnabled(found),
    async finish(isRight) {
      if (found !== null && isRight && isEnabled(found)) return await goodLogin(request, found, world);
      await countFailure(request.login, failures, now());
      return { ok: false, reason: "refused" };
    },
  };
}

async function goodLogin(request: LoginRequest, found: FoundUser, world: LoginWorld): Promise<LoginResult> {
  const { failures, now } = world;
  // Whoever guesses with many processes at once must wait as well, even for the guess that was right.
  const meanwhile = await failures.read(countedLogin(request.login));
  const seconds = secondsLeft(meanwhile, now());
  if (seconds > 0) return { ok: false, reason: "backing_off", seconds };
  if (meanwhile !== null) await failures.clear(countedLogin(request.login));
  return { ok: true, user: await readUser(found, world) };
}

/** Ends the run of somebody who could not log in. */
export function loginRefusal(result: Exclude<LoginResult, { readonly ok: true }>, login: string): RunStop {
  const refused = { text: accessRefused(login) };
  if (result.reason === "refused") return new RunStop(EXIT.notAllowed, [refused]);
  return new RunStop(EXIT.notAllowed, [refused, { text: tooManyFailures(result.seconds) }]);
}

const READ = [USER.login, USER.password, USER.status, USER.language] as const;

interface FoundUser {
  readonly id: ObjectId;
  /** Those of `READ`. */
  readonly values: StoredValues;
}

async function findUser(request: LoginRequest, { objects }: LoginWorld): Promise<FoundUser | null> {
  const search = objects.search({ class: USER.class, conditions: [USER.login], read: READ, includeHidden: true });
  const [match] = await search.find([[request.login]]);
  if (match?.kind !== "one") return null;
  return { id: match.object.id, values: await valuesOfFound(search, match.object) };
}

/** A text that no password fits when there is no user, or none with a password. */
function storedPassword(found: FoundUser | null, { cost }: LoginWorld): string {
  const stored = found?.values[READ.indexOf(USER.password)];
  return typeof stored === "string" && isPasswordHash(stored) ? stored : dummyHash(cost);
}

function isEnabled(found: FoundUser): boolean {
  return found.values[READ.indexOf(USER.status)] === STATUS_ENABLED;
}

async function readUser({ id, values }: FoundUser, { model, objects }: LoginWorld): Promise<KnownUser> {
  const account = {
    id,
    login: String(values[READ.indexOf(USER.login)]),
    password: String(values[READ.indexOf(USER.password)]),
    language: values[READ.indexOf(USER.language)],
  };
  return await userOf(account, model, objects);
}
