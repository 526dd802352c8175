/** Logging in over HTTP: as on the command line, without keeping the thread, and with failures counted by address too. */
import type { Model } from "../../model/model.ts";
import type { ObjectSearches } from "../../store/objects.ts";
import type { LoginFailures } from "../../store/failed_logins.ts";
import type { Store } from "../../store/store.ts";
import { beginLogin, type BegunLogin, type LoginResult } from "../../users/login.ts";
import { countAddressFailure, countedAddress, secondsLeft } from "../../users/login_back_off.ts";
import { type PasswordCost, verifyPasswordLater } from "../../users/password.ts";
import { AccountFailures } from "./account_failures.ts";
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

/** A login that is being tried. */
interface Attempt {
  readonly credentials: Credentials;
  readonly address: string | null;
  /** Where it is counted. */
  readonly failures: LoginFailures;
}

/** Each check takes one processor, and 16 MiB. */
const CHECKS_AT_A_TIME = 2;

/** Checks the logins of all requests to a server. */
export class HttpLogin {
  readonly #accounts: ObjectSearches;
  readonly #failures: RememberedFailures;
  readonly #clientFailures: RememberedFailures;
  /** Which of them count for whom. */
  readonly #counts: AccountFailures;
  readonly #addressFailures: RememberedFailures;
  readonly #checks = new Semaphore(CHECKS_AT_A_TIME);
  /** Guesses of one count come one after another, or many at once would be heard before the first has failed. */
  readonly #byCount = new NamedLocks();
  /** What became of a check is decided of one at a time, or two could be heard as the last before a wait. */
  readonly #decisions = new Semaphore(1);
  readonly #verified = new VerifiedPasswords();

  constructor(readonly options: LoginOptions) {
    const now = () => options.now().getTime();
    this.#accounts = options.store.accounts(options.model);
    this.#failures = new RememberedFailures(options.store.failedLogins("login", now));
    this.#clientFailures = new RememberedFailures(options.store.failedLogins("client", now));
    this.#counts = new AccountFailures(this.#failures, this.#clientFailures, now);
    this.#addressFailures = new RememberedFailures(options.store.failedLogins("address", now));
  }

  /**
   * Checks a login, in the same time whatever is wrong with it.
   * @param address null: not known, and nothing is counted under it
   */
  async logIn(credentials: Credentials, address: string | null): Promise<LoginResult> {
    const { name, failures } = await this.#counts.of(credentials.login, address);
    const attempt = { credentials, address, failures };
    const result = await this.#byCount.run(name, () => this.#logIn(attempt));
    if (result.ok) await this.#counts.noteGood(credentials.login, address);
    return result;
  }

  async #logIn(attempt: Attempt): Promise<LoginResult> {
    const begun = await this.#begin(attempt);
    if (!("stored" in begun)) return begun;
    if (begun.isEnabled && this.#verified.has(attempt.credentials.password, begun.stored)) {
      return await begun.finish(true);
    }
    return await this.#checks.run(() => this.#check(attempt));
  }

  /** Writes failures down that could not be written yet. */
  async close(): Promise<void> {
    await this.#failures.close();
    await this.#clientFailures.close();
    await this.#addressFailures.close();
  }

  /** Begins anew: much may have happened before it was its turn. */
  async #check(attempt: Attempt): Promise<LoginResult> {
    const { verify = verifyPasswordLater } = this.options;
    const { password } = attempt.credentials;
    const begun = await this.#begin(attempt);
    if (!("stored" in begun)) return begun;
    const isRight = await verify(password, begun.stored);
    const result = await this.#decisions.run(() => this.#decide(begun, isRight, attempt.address));
    if (result.ok) this.#verified.add(password, begun.stored);
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

  async #begin({ credentials, address, failures }: Attempt): Promise<BegunLogin | LoginRefused> {
    const { model, passwordCost: cost, now } = this.options;
    const world = { model, objects: this.#accounts, failures, now, cost };
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
