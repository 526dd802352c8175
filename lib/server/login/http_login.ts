/** Logging in over HTTP: as on the command line, without keeping the thread, and with failures counted by address too. */
import type { Model } from "../../model/model.ts";
import type { ObjectSearches } from "../../store/objects.ts";
import type { Store } from "../../store/store.ts";
import { beginLogin, type BegunLogin, type LoginResult } from "../../users/login.ts";
import { countAddressFailure, countedAddress, countedLogin, secondsLeft } from "../../users/login_back_off.ts";
import { type PasswordCost, verifyPasswordLater } from "../../users/password.ts";
import type { Credentials } from "./credentials.ts";
import { RememberedFailures } from "./remembered_failures.ts";
import { NamedLocks, Semaphore } from "./semaphore.ts";
import { VerifiedPasswords } from "../../users/verified_passwords.ts";

/** What logins over HTTP are checked against. */
export interface LoginOptions {
  /**
   * Open, with no time to wait for a lock: this thread has other things to do. It was prepared for a server. Closed by the caller.
   */
  readonly store: Store;
  readonly model: Model;
  now(): Date;
  /** Undefined: that of new passwords. */
  readonly passwordCost: PasswordCost | undefined;
  /** Tests watch the work with it. */
  readonly verify?: typeof verifyPasswordLater;
}

type LoginRefused = Exclude<LoginResult, { readonly ok: true }>;

/** Each check takes one processor, and 16 MiB. */
const CHECKS_AT_A_TIME = 2;

/** Checks the logins of all requests to a server. */
export class HttpLogin {
  readonly #accounts: ObjectSearches;
  readonly #failures: RememberedFailures;
  readonly #addressFailures: RememberedFailures;
  readonly #checks = new Semaphore(CHECKS_AT_A_TIME);
  /** Guesses at one login come one after another, or many at once would be heard before the first has failed. */
  readonly #byLogin = new NamedLocks();
  /** What became of a check is decided of one at a time, or two could be heard as the last before a wait. */
  readonly #decisions = new Semaphore(1);
  readonly #verified = new VerifiedPasswords();

  constructor(readonly options: LoginOptions) {
    const now = () => options.now().getTime();
    this.#accounts = options.store.accounts(options.model);
    this.#failures = new RememberedFailures(options.store.failedLogins("login", now));
    this.#addressFailures = new RememberedFailures(options.store.failedLogins("address", now));
  }

  /**
   * Checks a login, in the same time whatever is wrong with it.
   * @param address null: not known, and nothing is counted under it
   */
  async logIn(credentials: Credentials, address: string | null): Promise<LoginResult> {
    return await this.#byLogin.run(countedLogin(credentials.login), async () => {
      const begun = await this.#begin(credentials, address);
      if (!("stored" in begun)) return begun;
      if (begun.isEnabled && this.#verified.has(credentials.password, begun.stored)) {
        return await begun.finish(true);
      }
      return await this.#checks.run(() => this.#check(credentials, address));
    });
  }

  /** Writes failures down that could not be written yet. */
  async close(): Promise<void> {
    await this.#failures.close();
    await this.#addressFailures.close();
  }

  /** Begins anew: much may have happened before it was its turn. */
  async #check(credentials: Credentials, address: string | null): Promise<LoginResult> {
    const { verify = verifyPasswordLater } = this.options;
    const begun = await this.#begin(credentials, address);
    if (!("stored" in begun)) return begun;
    const isRight = await verify(credentials.password, begun.stored);
    const result = await this.#decisions.run(() => this.#decide(begun, isRight, address));
    if (result.ok) this.#verified.add(credentials.password, begun.stored);
    return result;
  }

  async #decide(begun: BegunLogin, isRight: boolean, address: string | null): Promise<LoginResult> {
    // Guesses at other logins, from the same address, may have failed meanwhile.
    const result = await this.#waitAt(address) ?? await begun.finish(isRight);
    if (!result.ok && result.reason === "refused" && address !== null) {
      await countAddressFailure(address, this.#addressFailures, this.options.now());
    }
    return result;
  }

  async #begin(credentials: Credentials, address: string | null): Promise<BegunLogin | LoginRefused> {
    const { model, passwordCost: cost, now } = this.options;
    const world = { model, objects: this.#accounts, failures: this.#failures, now, cost };
    return await this.#waitAt(address) ?? await beginLogin(credentials, world);
  }

  /** @returns null: there is nothing to wait for */
  async #waitAt(address: string | null): Promise<LoginRefused | null> {
    if (address === null) return null;
    const failures = await this.#addressFailures.read(countedAddress(address));
    const seconds = secondsLeft(failures, this.options.now());
    return seconds > 0 ? { ok: false, reason: "backing_off", seconds } : null;
  }
}
