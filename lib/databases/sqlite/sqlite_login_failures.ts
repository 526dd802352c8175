/** Failed logins, kept in the database: see `users/login_back_off.ts` for what they lead to. */
import type { Database } from "./connection.ts";
import { systemTableStatement } from "../sql/system_tables.ts";
import { atomicIfFree, atomicNow } from "./transaction.ts";
import {
  type CountedBy,
  type FailedAttempts,
  HIDDEN_REFUSALS_MARK,
  type WrittenFailures,
} from "../../store/failed_logins.ts";

/**
 * Makes the tables of failures over HTTP in a database that lacks them.
 * @throws RunStop 75 when one must be made while another writer holds the database
 */
export function prepareServedFailures(database: Database): void {
  const search = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
  const missing = SERVED_FAILURE_TABLES.filter((name) => search.get(name) === undefined);
  if (missing.length === 0) return;
  atomicNow(database, () => missing.forEach((name) => database.exec(systemTableStatement(name))));
}

const SERVED_FAILURE_TABLES = ["address_failure", "known_client"] as const;

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

/**
 * The failed logins of a database, by login or by the address that they came from.
 * @param now tells the time, in milliseconds since 1970
 */
export function createLoginFailures(
  database: Database,
  now: () => number = Date.now,
  by: CountedBy = "login",
): WrittenFailures {
  const table = new FailureTable(database, now, by);
  return {
    read: (counted) => Promise.resolve(table.read(counted)),
    write(counted, next) {
      const isWritten = atomicIfFree(database, () => {
        const attempts = next(table.read(counted));
        table.forgetOld();
        table.keep(counted, attempts);
      });
      return Promise.resolve(isWritten);
    },
    writeAll(all) {
      const isWritten = atomicIfFree(database, () => {
        table.forgetOld();
        for (const [counted, attempts] of all) {
          if (attempts === null) table.forget(counted);
          else table.keep(counted, attempts);
        }
      });
      return Promise.resolve(isWritten);
    },
    clear(counted) {
      // Nearly every login is good at once: it must not wait for a writer.
      return Promise.resolve(table.read(counted) === null || atomicIfFree(database, () => table.forget(counted)));
    },
  };
}

/** The statements; those that write are for transactions. */
class FailureTable {
  constructor(readonly database: Database, readonly now: () => number, readonly by: CountedBy) {}

  read(counted: string): FailedAttempts | null {
    const { table, column, forgottenAfter } = COUNTED_BY[this.by];
    const row = this.database.prepare(
      `SELECT failures, blocked_until FROM ${table} WHERE ${column} = ? AND written >= ?`,
    ).get(counted, this.now() - forgottenAfter);
    if (row === undefined) return null;
    return { failures: Number(row["failures"]), blockedUntil: Number(row["blocked_until"]) };
  }

  keep(counted: string, { failures, blockedUntil }: FailedAttempts): void {
    const { table, column } = COUNTED_BY[this.by];
    this.database.prepare(
      `INSERT OR REPLACE INTO ${table} (${column}, failures, blocked_until, written) VALUES (?, ?, ?, ?)`,
    ).run(counted, failures, blockedUntil, this.now());
  }

  forget(counted: string): void {
    const { table, column } = COUNTED_BY[this.by];
    this.database.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run(counted);
  }

  /** Those of long ago, and those that are too many. */
  forgetOld(): void {
    const { table, column, forgottenAfter } = COUNTED_BY[this.by];
    this.database.prepare(`DELETE FROM ${table} WHERE written < ?`).run(this.now() - forgottenAfter);
    // Only a login that was good leaves such a mark, and one each.
    const ofStrangers = `FROM ${table} WHERE substr(${column}, -length(?)) <> ?`;
    const mark = HIDDEN_REFUSALS_MARK;
    const count = Number(this.database.prepare(`SELECT count(*) AS count ${ofStrangers}`).get(mark, mark)?.["count"]);
    if (count < MOST_KEPT) return;
    this.database.prepare(
      `DELETE FROM ${table} WHERE rowid IN (SELECT rowid ${ofStrangers} ORDER BY written LIMIT ?)`,
    ).run(mark, mark, count - MOST_KEPT + 1);
  }
}
