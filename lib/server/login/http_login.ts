/** Logging in over HTTP: as on the command line, without keeping the thread, and with failures counted by address too. */
import type { Model } from "../../model/model.ts";
import type { Database } from "../../store/database.ts";
import { createLoginFailures, prepareAddressFailures } from "../../store/login_failures.ts";
import { createObjectStore } from "../../store/object_store.ts";
import { beginLogin, type LoginResult } from "../../users/login.ts";
import { countAddressFailure, countedAddress, countedLogin, secondsLeft } from "../../users/login_back_off.ts";
import { type PasswordCost, verifyPasswordLater } from "../../users/password.ts";
import type { Credentials } from "./credentials.ts";
import { RememberedFailures } from "./remembered_failures.ts";
import { Turns, TurnsByName } from "./turns.ts";
import { VerifiedPasswords } from "./verified_passwords.ts";

export interface LoginOptions {
  /** Open, with no time to wait for a lock: this thread has other things to do. Closed by the caller. */
  readonly database: Database;
  readonly model: Model;
  now(): Date;
  /** Undefined: that of new passwords. */
  readonly passwordCost: PasswordCost | undefined;
}

/** Each check takes one processor, and 16 MiB. */
const CHECKS_AT_A_TIME = 2;

export class HttpLogin {
  readonly #failures: RememberedFailures;
  readonly #addressFailures: RememberedFailures;
  readonly #checks = new Turns(CHECKS_AT_A_TIME);
  /** Guesses at one login come one after another, or many at once would be heard before the first has failed. */
  readonly #byLogin = new TurnsByName();
  readonly #verified = new VerifiedPasswords();

  /** @throws RunStop 75 when the database lacks a table and another writer holds it */
  constructor(readonly options: LoginOptions) {
    const now = () => options.now().getTime();
    prepareAddressFailures(options.database);
    this.#failures = new RememberedFailures(createLoginFailures(options.database, now));
    this.#addressFailures = new RememberedFailures(createLoginFailures(options.database, now, "address"));
  }

  /**
   * Checks a login, in the same time whatever is wrong with it.
   * @param address null: not known, and nothing is counted under it
   */
  async logIn(credentials: Credentials, address: string | null): Promise<LoginResult> {
    return await this.#byLogin.take(countedLogin(credentials.login), async () => {
      const seconds = address === null ? 0 : this.#secondsLeftAt(address);
      if (seconds > 0) return { ok: false, reason: "backing_off", seconds };
      const result = await this.#check(credentials);
      if (!result.ok && result.reason === "refused" && address !== null) {
        countAddressFailure(address, this.#addressFailures, this.options.now());
      }
      return result;
    });
  }

  /** Writes failures down that could not be written yet. */
  close(): void {
    this.#failures.close();
    this.#addressFailures.close();
  }

  #secondsLeftAt(address: string): number {
    return secondsLeft(this.#addressFailures.read(countedAddress(address)), this.options.now());
  }

  async #check(credentials: Credentials): Promise<LoginResult> {
    const { database, model, passwordCost } = this.options;
    const now = this.options.now();
    const store = createObjectStore(database, model, null, { now });
    const begun = beginLogin(credentials, { model, store, failures: this.#failures, now, cost: passwordCost });
    if (!("stored" in begun)) return begun;
    const isRight = this.#verified.has(credentials.password, begun.stored) ||
      await this.#checks.take(() => verifyPasswordLater(credentials.password, begun.stored));
    const result = begun.finish(isRight);
    if (result.ok) this.#verified.add(credentials.password, begun.stored);
    return result;
  }
}
