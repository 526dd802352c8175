/** Logging in: who may run an import, and who is refused for how long. */
import { EXIT, RunStop } from "../errors.ts";
import { accessRefused, tooManyFailures } from "../messages/users.ts";
import type { LanguageCode, Model } from "../model/model.ts";
import type { FoundObject, ObjectStore } from "../model/object_store.ts";
import type { LoginFailures } from "../store/login_failures.ts";
import { countedLogin, countFailure, secondsLeft } from "./login_back_off.ts";
import { dummyHash, isPasswordHash, type PasswordCost, verifyPassword } from "./password.ts";
import type { User } from "./user.ts";
import { STATUS_ENABLED, USER } from "./user_classes.ts";
import { allowedOrganizations, personName, profilesOf } from "./user_links.ts";

export interface LoginRequest {
  readonly login: string;
  /** In clear: never printed or logged. */
  readonly password: string;
}

/** What a login is checked against. */
export interface LoginWorld {
  readonly model: Model;
  readonly store: ObjectStore;
  readonly failures: LoginFailures;
  readonly now: Date;
  /** The work that is done for a login that is not there; undefined: that of new passwords. */
  readonly cost?: PasswordCost | undefined;
  /** Tests count the work with it. */
  readonly verify?: typeof verifyPassword;
}

export type LoginResult =
  | { readonly ok: true; readonly user: User }
  /** Unknown login, wrong password, or a user who is not enabled: nobody is told which. */
  | { readonly ok: false; readonly reason: "refused" }
  /** Too many failures in a row: the password was not even looked at. */
  | { readonly ok: false; readonly reason: "backing_off"; readonly seconds: number };

/** Checks a login and its password, and counts failures in a row. A good login after no failure writes nothing. */
export function logIn(request: LoginRequest, world: LoginWorld): LoginResult {
  const { failures, now } = world;
  const before = failures.read(countedLogin(request.login));
  const seconds = secondsLeft(before, now);
  if (seconds > 0) return { ok: false, reason: "backing_off", seconds };
  const found = userWithPassword(request, world);
  if (found === null) {
    countFailure(request.login, failures, now);
    return { ok: false, reason: "refused" };
  }
  // Whoever guesses with many processes at once must wait as well, even for the guess that was right.
  const meanwhile = failures.read(countedLogin(request.login));
  const more = secondsLeft(meanwhile, now);
  if (more > 0) return { ok: false, reason: "backing_off", seconds: more };
  if (meanwhile !== null) failures.clear(countedLogin(request.login));
  return { ok: true, user: readUser(found, world) };
}

/** Ends the run of somebody who could not log in. */
export function loginRefusal(result: Exclude<LoginResult, { readonly ok: true }>, login: string): RunStop {
  const refused = { text: accessRefused(login) };
  if (result.reason === "refused") return new RunStop(EXIT.notAllowed, [refused]);
  return new RunStop(EXIT.notAllowed, [refused, { text: tooManyFailures(result.seconds) }]);
}

const READ = [USER.login, USER.password, USER.status, USER.language] as const;

/** The user whose login and password these are, if they may log in. Takes the same time whatever is wrong. */
function userWithPassword(
  request: LoginRequest,
  { store, cost, verify = verifyPassword }: LoginWorld,
): FoundObject | null {
  const search = store.search({ class: USER.class, conditions: [USER.login], read: READ, includeHidden: true });
  const match = search.find([[request.login]])[0];
  const found = match?.kind === "one" ? match.object : null;
  const stored = found?.values[READ.indexOf(USER.password)];
  const isReadable = typeof stored === "string" && isPasswordHash(stored);
  const isRight = verify(request.password, isReadable ? stored : dummyHash(cost));
  const isEnabled = found?.values[READ.indexOf(USER.status)] === STATUS_ENABLED;
  return isRight && isEnabled ? found : null;
}

function readUser(found: FoundObject, { model, store }: LoginWorld): User {
  const login = String(found.values[READ.indexOf(USER.login)]);
  return {
    id: found.id,
    login,
    name: personName(found.id, model, store) ?? login,
    language: knownLanguage(found.values[READ.indexOf(USER.language)], model),
    profiles: profilesOf(found.id, store),
    allowedOrganizations: allowedOrganizations(found.id, model, store),
  };
}

function knownLanguage(language: unknown, model: Model): LanguageCode {
  return model.languages.find((known) => known === language) ?? model.languages[0] ?? "";
}
