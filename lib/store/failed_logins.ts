/** Failed logins, as a database keeps them: see `users/login_back_off.ts` for what they lead to. */

/** The failed attempts at one login, or from one address. */
export interface FailedAttempts {
  /** In a row. */
  readonly failures: number;
  /** Before this time no attempt counts, in milliseconds since 1970. */
  readonly blockedUntil: number;
}

/**
 * Logins and addresses come in one spelling, and short. Every write is a transaction of its own: an import that comes to nothing must not
 * take a failure back. While another writer holds the database nothing is written, because whoever is refused is refused, and not told of
 * locks.
 */
export interface LoginFailures {
  read(counted: string): Promise<FailedAttempts | null>;
  /**
   * Reads and writes in one transaction, so that failures in processes side by side all count.
   * @returns whether it was written
   */
  write(counted: string, next: (before: FailedAttempts | null) => FailedAttempts): Promise<boolean>;
  /** @returns whether nothing is left of it */
  clear(counted: string): Promise<boolean>;
}

/**
 * What failures are counted by: the login that failed, the address that it came from, or both. By both only those are there from which the
 * login was good: they are kept for three months, with no failures, too.
 */
export type CountedBy = "login" | "address" | "client";

/**
 * Behind a login: rows that were refused because of objects which their user may not see. Failures of others, who may be strangers, never
 * make room for themselves at the cost of these.
 */
export const HIDDEN_REFUSALS_MARK = "\t(objects not visible)";

/** Those of a database. */
export interface WrittenFailures extends LoginFailures {
  /**
   * Writes many in one transaction, whatever there was.
   * @param all null: there are none any more
   * @returns whether they were written
   */
  writeAll(all: ReadonlyMap<string, FailedAttempts | null>): Promise<boolean>;
}
