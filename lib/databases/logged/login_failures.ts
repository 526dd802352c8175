/** Failed logins, kept in a database: see `users/login_back_off.ts` for what they lead to. */
import { type CountedBy, type FailedAttempts, HIDDEN_REFUSALS_MARK } from "../../store/failed_logins.ts";
import { answered, type Steps } from "../shared/steps.ts";
import { type AskedDatabase, firstRow } from "./asked_database.ts";

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;

/** What failures are counted by, and after how long they are forgotten, in milliseconds. */
const COUNTED_BY = {
  login: { table: "login_failure", column: "login", forgottenAfter: DAY },
  address: { table: "address_failure", column: "address", forgottenAfter: 15 * MINUTE },
  client: { table: "known_client", column: "client", forgottenAfter: 90 * DAY },
} as const;

/**
 * As many are kept, the newest: strangers must neither fill the database nor make it slow to look through. To have one's own forgotten takes
 * as many checks of a password, which is longer than to wait.
 */
const MOST_KEPT = 10_000;

/** The statements; those that write are for transactions. */
export class FailureTable {
  /** @param now tells the time, in milliseconds since 1970 */
  constructor(readonly database: AskedDatabase, readonly now: () => number, readonly by: CountedBy) {}

  *read(counted: string): Steps<FailedAttempts | null> {
    const { table, column, forgottenAfter } = COUNTED_BY[this.by];
    const row = yield* firstRow(
      this.database,
      `SELECT failures, blocked_until FROM ${table} WHERE ${column} = ? AND written >= ?`,
      counted,
      this.now() - forgottenAfter,
    );
    if (row === undefined) return null;
    return { failures: Number(row["failures"]), blockedUntil: Number(row["blocked_until"]) };
  }

  /** Counts one more, or whatever comes of what there was. */
  *write(counted: string, next: (before: FailedAttempts | null) => FailedAttempts): Steps<void> {
    const attempts = next(yield* this.read(counted));
    yield* this.#forgetOld();
    yield* this.#keep(counted, attempts);
  }

  *writeAll(all: ReadonlyMap<string, FailedAttempts | null>): Steps<void> {
    yield* this.#forgetOld();
    for (const [counted, attempts] of all) {
      if (attempts === null) yield* this.forget(counted);
      else yield* this.#keep(counted, attempts);
    }
  }

  *forget(counted: string): Steps<void> {
    const { table, column } = COUNTED_BY[this.by];
    yield* answered(this.database.run(`DELETE FROM ${table} WHERE ${column} = ?`, counted));
  }

  *#keep(counted: string, { failures, blockedUntil }: FailedAttempts): Steps<void> {
    const { table, column } = COUNTED_BY[this.by];
    yield* answered(this.database.run(
      `INSERT INTO ${table} (${column}, failures, blocked_until, written) VALUES (?, ?, ?, ?) ON CONFLICT (${column}) ` +
        "DO UPDATE SET failures = excluded.failures, blocked_until = excluded.blocked_until, written = excluded.written",
      counted,
      failures,
      blockedUntil,
      this.now(),
    ));
  }

  /** Those of long ago, and those that are too many. */
  *#forgetOld(): Steps<void> {
    const { table, column, forgottenAfter } = COUNTED_BY[this.by];
    yield* answered(this.database.run(`DELETE FROM ${table} WHERE written < ?`, this.now() - forgottenAfter));
    // Only a login that was good leaves such a mark, and one each.
    const ofStrangers = `FROM ${table} WHERE ${this.database.words.endsOtherwise(column)}`;
    const mark = HIDDEN_REFUSALS_MARK;
    const row = yield* firstRow(this.database, `SELECT count(*) AS count ${ofStrangers}`, mark, mark);
    const count = Number(row?.["count"]);
    if (count < MOST_KEPT) return;
    yield* answered(this.database.run(
      `DELETE FROM ${table} WHERE ${column} IN (SELECT ${column} ${ofStrangers} ORDER BY written LIMIT ?)`,
      mark,
      mark,
      count - MOST_KEPT + 1,
    ));
  }
}
