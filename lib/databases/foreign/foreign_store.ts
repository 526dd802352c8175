/** A database that we did not make as a store: nothing in it changes but rows. */
import { dirname } from "node:path";
import type { Model } from "../../model/model.ts";
import type { WrittenFailures } from "../../store/failed_logins.ts";
import type { LoggedRuns } from "../../store/logged_runs.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectSearches } from "../../store/objects.ts";
import type { Store, StoreTransaction, TransactionOptions } from "../../store/store.ts";
import { pathFrom } from "../../working_folder.ts";
import type { Database } from "../sqlite/connection.ts";
import { requireFileOf } from "../sqlite/database_identity.ts";
import { atOneMoment } from "../sqlite/transaction.ts";
import { createForeignContext } from "./foreign_context.ts";
import type { ForeignLogs } from "./foreign_log.ts";
import { type ForeignSchema, requireSame } from "./foreign_schema.ts";
import { createForeignSearches } from "./foreign_searches.ts";
import { foreignTransaction, transactionOf } from "./foreign_transaction.ts";
import { NO_ACCOUNTS, NO_FAILURES } from "./no_accounts.ts";

export interface ForeignStoreParts {
  /** Open; closed by the store. */
  readonly database: Database;
  /** The file that stood at its path before (`fileAt`). */
  readonly file: string | null;
  readonly schema: ForeignSchema;
  readonly logs: ForeignLogs;
  /** Whether the database checks foreign keys. */
  readonly foreignKeys: boolean;
}

export class ForeignStore implements Store {
  readonly hasUsers = false;
  readonly mayConflict = false;
  #schema: ForeignSchema;

  constructor(private readonly parts: ForeignStoreParts) {
    this.#schema = parts.schema;
  }

  get name(): string {
    return this.parts.database.path;
  }

  get folder(): string {
    return folderOf(pathFrom(this.parts.database, this.name));
  }

  get logFile(): string | null {
    return this.parts.logs.file;
  }

  get interruption(): AbortSignal | undefined {
    return this.parts.database.interruption;
  }

  model(): Promise<Model> {
    return Promise.resolve(this.#schema.derived.model);
  }

  objects(_model: Model, organizations: readonly ObjectId[] | null = null): ObjectSearches {
    if (organizations !== null) throw new Error("the database has no organisations to limit users to");
    const { database } = this.parts;
    const context = createForeignContext(database, this.#schema.derived, { flush: () => {}, isWriting: false });
    return createForeignSearches(context);
  }

  accounts(): ObjectSearches {
    return NO_ACCOUNTS;
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async loggedRuns(): Promise<LoggedRuns> {
    return this.parts.logs.loggedRuns();
  }

  failedLogins(): WrittenFailures {
    return NO_FAILURES;
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async identity(): Promise<string> {
    const identity = foreignIdentity(this.parts.file);
    requireFileOf(this.name, this.parts.database, identity);
    return identity;
  }

  async transaction<T>(
    work: (transaction: StoreTransaction) => Promise<T>,
    options: TransactionOptions,
  ): Promise<T> {
    return await foreignTransaction(this.parts, options, (log) => {
      this.#schema = requireSame(this.parts.database, this.#schema);
      return work(transactionOf({ ...this.parts, schema: this.#schema, log }));
    });
  }

  async atOneMoment<T>(work: () => Promise<T>): Promise<T> {
    return await atOneMoment(this.parts.database, work);
  }

  close(): Promise<void> {
    this.parts.logs.close();
    this.parts.database.close();
    return Promise.resolve();
  }

  abandon(): void {
    this.parts.logs.abandon();
    this.parts.database.abandon();
  }
}

/** Whatever is in the file. */
export function foreignIdentity(file: string | null): string {
  return `${file} foreign`;
}

/** Where the file is, and not a link to it: there SQLite keeps its files, too. */
export function folderOf(path: string): string {
  try {
    return dirname(Deno.realPathSync(path));
  } catch {
    // It was moved away meanwhile.
    return dirname(path);
  }
}
