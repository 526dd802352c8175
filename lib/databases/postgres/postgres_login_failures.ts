/** Failed logins in PostgreSQL. */
import type { CountedBy, FailedAttempts, WrittenFailures } from "../../store/failed_logins.ts";
import { FailureTable } from "../logged/login_failures.ts";
import { doneLater, type Steps } from "../shared/steps.ts";
import { askedDatabase } from "./asked_database.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { atomicIfFree } from "./postgres_transaction.ts";

/** Several logins may fail at once, and while something else is asked: what counts them has a connection to itself. */
export class PostgresLoginFailures implements WrittenFailures {
  readonly #read: FailureTable;

  /** @param writing gives the connection with which they are written, one after the other */
  constructor(
    database: PostgresDatabase,
    private readonly writing: <T>(write: (database: PostgresDatabase) => Promise<T>) => Promise<T>,
    private readonly now: () => number,
    private readonly by: CountedBy,
  ) {
    this.#read = new FailureTable(askedDatabase(database), now, by);
  }

  read(counted: string): Promise<FailedAttempts | null> {
    return doneLater(this.#read.read(counted));
  }

  write(counted: string, next: (before: FailedAttempts | null) => FailedAttempts): Promise<boolean> {
    return this.#inTransaction((table) => table.write(counted, next));
  }

  writeAll(all: ReadonlyMap<string, FailedAttempts | null>): Promise<boolean> {
    return this.#inTransaction((table) => table.writeAll(all));
  }

  async clear(counted: string): Promise<boolean> {
    // Nearly every login is good at once: it must not wait for a writer.
    return await this.read(counted) === null || await this.#inTransaction((table) => table.forget(counted));
  }

  #inTransaction(write: (table: FailureTable) => Steps<void>): Promise<boolean> {
    return this.writing((database) => {
      const table = new FailureTable(askedDatabase(database), this.now, this.by);
      return atomicIfFree(database, () => doneLater(write(table)));
    });
  }
}
