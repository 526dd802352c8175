/** Logging in over HTTP: as on the command line, without keeping the thread, and with failures counted by address too. */
import type { Model } from "../../model/model.ts";
import type { Database } from "../../databases/sqlite/database.ts";
import { createLoginFailures } from "../../databases/sqlite/sqlite_login_failures.ts";
import { createObjectStore } from "../../databases/sqlite/sqlite_objects.ts";
import { accountStamp } from "../../users/account_stamp.ts";
import { beginLogin, type BegunLogin, type LoginResult } from "../../users/login.ts";
import { countAddressFailure, countedAddress, countedLogin, secondsLeft } from "../../users/login_back_off.ts";
import { type PasswordCost, verifyPasswordLater } from "../../users/password.ts";
import type { Credentials } from "./credentials.ts";
import { RememberedFailures } from "./remembered_failures.ts";
import { Turns, TurnsByName } from "./turns.ts";
import { VerifiedPasswords } from "./verified_passwords.ts";

/** What logins over HTTP are checked against. */
export interface LoginOptions {
  /**
   * Open, with no time to wait for a lock: this thread has other things to do. It has the table of failures by address. Closed by the
   * caller.
   */
  readonly database: Database;
  readonly model: Model;
  now(): Date;
  /** Undefined: that of new passwords. */
  readonly passwordCost: PasswordCost | undefined;
  /** Tests watch the work with it. */
  readonly verify?: typeof verifyPasswordLater;
}

type LoginRefused = Exclude<LoginResult, { readonly ok: true }>;

/** A good login comes with what the account was when it was checked: an import runs later. */
export type HttpLoginResult =
  | Extract<LoginResult, { readonly ok: true }> & { readonly stamp: string }
  | LoginRefused;

/** Each check takes one processor, and 16 MiB. */
const CHECKS_AT_A_TIME = 2;

/** Checks the logins of all requests to a server. */
export class HttpLogin {
  readonly #failures: RememberedFailures;
  readonly #addressFailures: RememberedFailures;
  readonly #checks = new Turns(CHECKS_AT_A_TIME);
  /** Guesses at one login come one after another, or many at once would be heard before the first has failed. */
  readonly #byLogin = new TurnsByName();
  readonly #verified = new VerifiedPasswords();

  constructor(readonly options: LoginOptions) {
    const now = () => options.now().getTime();
    this.#failures = new RememberedFailures(createLoginFailures(options.database, now));
    this.#addressFailures = new RememberedFailures(createLoginFailures(options.database, now, "address"));
  }

  /**
   * Checks a login, in the same time whatever is wrong with it.
   * @param address null: not known, and nothing is counted under it
   */
  async logIn(credentials: Credentials, address: string | null): Promise<HttpLoginResult> {
    return await this.#byLogin.take(countedLogin(credentials.login), async () => {
      const begun = this.#begin(credentials, address);
      if (!("stored" in begun)) return begun;
      if (begun.isEnabled && this.#verified.has(credentials.password, begun.stored)) {
        return stamped(begun.finish(true), begun.stored);
      }
      return await this.#checks.take(() => this.#check(credentials, address));
    });
  }

  /** Writes failures down that could not be written yet. */
  close(): void {
    this.#failures.close();
    this.#addressFailures.close();
  }

  /** Begins anew: much may have happened before it was its turn. */
  async #check(credentials: Credentials, address: string | null): Promise<HttpLoginResult> {
    const { verify = verifyPasswordLater } = this.options;
    const begun = this.#begin(credentials, address);
    if (!("stored" in begun)) return begun;
    const isRight = await verify(credentials.password, begun.stored);
    // Guesses at other logins, from the same address, may have failed meanwhile.
    const result = this.#waitAt(address) ?? begun.finish(isRight);
    if (result.ok) this.#verified.add(credentials.password, begun.stored);
    else if (result.reason === "refused" && address !== null) {
      countAddressFailure(address, this.#addressFailures, this.options.now());
    }
    return stamped(result, begun.stored);
  }

  #begin(credentials: Credentials, address: string | null): BegunLogin | LoginRefused {
    const { database, model, passwordCost, now } = this.options;
    const store = createObjectStore(database, model, null, { now: now() });
    return this.#waitAt(address) ??
      beginLogin(credentials, { model, store, failures: this.#failures, now, cost: passwordCost });
  }

  /** @returns null: there is nothing to wait for */
  #waitAt(address: string | null): LoginRefused | null {
    if (address === null) return null;
    const seconds = secondsLeft(this.#addressFailures.read(countedAddress(address)), this.options.now());
    return seconds > 0 ? { ok: false, reason: "backing_off", seconds } : null;
  }
}

/** @param stored what the password was checked against */
function stamped(result: LoginResult, stored: string): HttpLoginResult {
  return result.ok ? { ...result, stamp: accountStamp(result.user, stored) } : result;
}
