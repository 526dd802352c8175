/** Failed logins, kept in the database: see `users/login_back_off.ts` for what they lead to. */
import type { Database } from "./connection.ts";
import { addressFailureStatement } from "../sql/system_tables.ts";
import { atomicIfFree, atomicNow } from "./transaction.ts";
import type { FailedAttempts, WrittenFailures } from "../../store/failed_logins.ts";

/**
 * Makes the table of failures by address in a database that lacks it.
 * @throws RunStop 75 when it must be made while another writer holds the database
 */
export function prepareAddressFailures(database: Database): void {
  const found = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'address_failure'").get();
  if (found === undefined) atomicNow(database, () => database.exec(addressFailureStatement()));
}

const MINUTE = 60 * 1000;

/** What failures are counted by, and after how long they are forgotten, in milliseconds. */
const COUNTED_BY = {
  login: { table: "login_failure", column: "login", forgottenAfter: 24 * 60 * MINUTE },
  address: { table: "address_failure", column: "address", forgottenAfter: 15 * MINUTE },
} as const;

/**
 * The failed logins of a database, by login or by the address that they came from.
 * @param now tells the time, in milliseconds since 1970
 */
export function createLoginFailures(
  database: Database,
  now: () => number = Date.now,
  by: keyof typeof COUNTED_BY = "login",
): WrittenFailures {
  const { table, column, forgottenAfter } = COUNTED_BY[by];
  const forgetOld = () => void database.prepare(`DELETE FROM ${table} WHERE written < ?`).run(now() - forgottenAfter);
  const forget = (counted: string) => void database.prepare(`DELETE FROM ${table} WHERE ${column} = ?`).run(counted);
  const keep = (counted: string, { failures, blockedUntil }: FailedAttempts) =>
    void database.prepare(
      `INSERT OR REPLACE INTO ${table} (${column}, failures, blocked_until, written) VALUES (?, ?, ?, ?)`,
    ).run(counted, failures, blockedUntil, now());
  return {
    read(counted) {
      const row = database.prepare(`SELECT failures, blocked_until FROM ${table} WHERE ${column} = ? AND written >= ?`)
        .get(counted, now() - forgottenAfter);
      if (row === undefined) return null;
      return { failures: Number(row["failures"]), blockedUntil: Number(row["blocked_until"]) };
    },
    write(counted, next) {
      return atomicIfFree(database, () => {
        const attempts = next(this.read(counted));
        forgetOld();
        keep(counted, attempts);
      });
    },
    writeAll(all) {
      return atomicIfFree(database, () => {
        forgetOld();
        for (const [counted, attempts] of all) {
          if (attempts === null) forget(counted);
          else keep(counted, attempts);
        }
      });
    },
    clear(counted) {
      // Nearly every login is good at once: it must not wait for a writer.
      return this.read(counted) === null || atomicIfFree(database, () => forget(counted));
    },
  };
}
