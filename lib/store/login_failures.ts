/** Failed logins, kept in the database: see `users/login_back_off.ts` for what they lead to. */
import type { Database } from "./connection.ts";
import { atomicNow } from "./transaction.ts";

/** The failed attempts at one login. */
export interface FailedAttempts {
  /** In a row. */
  readonly failures: number;
  /** Before this time no attempt counts, in milliseconds since 1970. */
  readonly blockedUntil: number;
}

/** Logins come in one spelling, and short. Every write is a transaction of its own: an import that comes to nothing must not take a failure back. */
export interface LoginFailures {
  read(login: string): FailedAttempts | null;
  /**
   * Reads and writes in one transaction, so that failures in processes side by side all count.
   * @throws RunStop 75 when another writer holds the database
   */
  write(login: string, next: (before: FailedAttempts | null) => FailedAttempts): void;
  /** @throws RunStop 75 when another writer holds the database */
  clear(login: string): void;
}

const DAY = 24 * 60 * 60 * 1000;

/**
 * The failed logins of a database. What is older than a day is forgotten with the next write.
 * @param now tells the time, in milliseconds since 1970
 */
export function createLoginFailures(database: Database, now: () => number = Date.now): LoginFailures {
  return {
    read(login) {
      const row = database.prepare("SELECT failures, blocked_until FROM login_failure WHERE login = ?").get(
        login,
      );
      if (row === undefined) return null;
      return { failures: Number(row["failures"]), blockedUntil: Number(row["blocked_until"]) };
    },
    write(login, next) {
      atomicNow(database, () => {
        const { failures, blockedUntil } = next(this.read(login));
        database.prepare("DELETE FROM login_failure WHERE written < ?").run(now() - DAY);
        database.prepare(
          "INSERT OR REPLACE INTO login_failure (login, failures, blocked_until, written) VALUES (?, ?, ?, ?)",
        )
          .run(login, failures, blockedUntil, now());
      });
    },
    clear(login) {
      // Nearly every login is good at once: it must not wait for a writer.
      if (this.read(login) === null) return;
      atomicNow(database, () => database.prepare("DELETE FROM login_failure WHERE login = ?").run(login));
    },
  };
}
