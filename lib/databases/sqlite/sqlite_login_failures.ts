/** Failed logins, kept in the database: see `users/login_back_off.ts` for what they lead to. */
import type { Database } from "./connection.ts";
import { systemTableStatement } from "../sql/system_tables.ts";
import { atomicIfFree, atomicNow } from "./transaction.ts";
import type { CountedBy, WrittenFailures } from "../../store/failed_logins.ts";
import { FailureTable } from "../logged/login_failures.ts";
import { doneNow, type Steps } from "../shared/steps.ts";
import { askedDatabase } from "./asked_database.ts";

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

/**
 * The failed logins of a database, by login or by the address that they came from.
 * @param now tells the time, in milliseconds since 1970
 */
export function createLoginFailures(
  database: Database,
  now: () => number = Date.now,
  by: CountedBy = "login",
): WrittenFailures {
  const table = new FailureTable(askedDatabase(database), now, by);
  const inTransaction = (steps: () => Steps<void>) => Promise.resolve(atomicIfFree(database, () => doneNow(steps())));
  return {
    read: (counted) => Promise.resolve(doneNow(table.read(counted))),
    write: (counted, next) => inTransaction(() => table.write(counted, next)),
    writeAll: (all) => inTransaction(() => table.writeAll(all)),
    clear(counted) {
      // Nearly every login is good at once: it must not wait for a writer.
      if (doneNow(table.read(counted)) === null) return Promise.resolve(true);
      return inTransaction(() => table.forget(counted));
    },
  };
}
