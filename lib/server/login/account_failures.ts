/**
 * Which failures count for whom. Strangers must not lock people out of their account, and many strangers together must not guess faster than
 * one: so an address from which a login was good has a count of its own for it, and all others share one. (The command line has a
 * third: nobody reaches it from afar.)
 */
import type { FailedAttempts, LoginFailures } from "../../store/failed_logins.ts";
import { countedClient, countedElsewhere } from "../../users/login_back_off.ts";
import type { RememberedFailures } from "./remembered_failures.ts";

/** The count of one login from one address. */
export interface AccountCount {
  /** What is counted under: guesses at it come one after another. */
  readonly name: string;
  /** Those of this count, whatever is asked for. */
  readonly failures: LoginFailures;
}

const NONE: FailedAttempts = { failures: 0, blockedUntil: 0 };

const DAY = 24 * 60 * 60 * 1000;

/** As many are remembered to have been written down today. */
const MOST_WRITTEN = 10_000;

export class AccountFailures {
  /** When a known client was written down last, in milliseconds, the oldest first. */
  readonly #written = new Map<string, number>();

  /**
   * @param logins failures by login
   * @param clients failures by login and address, of those addresses only from which the login was good
   * @param now tells the time, in milliseconds
   */
  constructor(
    readonly logins: RememberedFailures,
    readonly clients: RememberedFailures,
    readonly now: () => number,
  ) {}

  /** @param address null: not known, and as good as a stranger's */
  async of(login: string, address: string | null): Promise<AccountCount> {
    const client = address === null ? null : countedClient(login, address);
    if (client !== null && await this.clients.read(client) !== null) return this.#ofClient(client);
    const name = countedElsewhere(login);
    const { logins } = this;
    return {
      name,
      failures: {
        read: () => logins.read(name),
        write: (_, next) => logins.write(name, next),
        clear: () => logins.clear(name),
      },
    };
  }

  /** The login was good from there. It is written down once a day: nearly every login is good, and must not wait for a writer. */
  async noteGood(login: string, address: string | null): Promise<void> {
    if (address === null) return;
    const client = countedClient(login, address);
    const now = this.now();
    if (Math.abs(now - (this.#written.get(client) ?? -Infinity)) < DAY) return;
    this.#written.delete(client);
    const [oldest] = this.#written.keys();
    if (this.#written.size >= MOST_WRITTEN && oldest !== undefined) this.#written.delete(oldest);
    this.#written.set(client, now);
    await this.clients.write(client, () => NONE);
  }

  #ofClient(name: string): AccountCount {
    const { clients } = this;
    return {
      name,
      failures: {
        async read() {
          const found = await clients.read(name);
          return found === null || found.failures === 0 ? null : found;
        },
        write: (_, next) => clients.write(name, next),
        // It stays known.
        clear: () => clients.write(name, () => NONE),
      },
    };
  }
}
