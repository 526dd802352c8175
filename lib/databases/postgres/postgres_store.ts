/** A schema of a PostgreSQL server as a store. */
import { EXIT, RunStop } from "../../errors.ts";
import { noUsableModel } from "../../messages/database.ts";
import { backupIsOfServer } from "../../messages/postgres.ts";
import type { Model } from "../../model/model.ts";
import type { CountedBy, WrittenFailures } from "../../store/failed_logins.ts";
import type { ChangeFacts } from "../../store/changes.ts";
import type { LoggedRuns, PrunedLog } from "../../store/logged_runs.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectSearches } from "../../store/objects.ts";
import type { ExpectedSearch, PreparedSearch } from "../../store/prepared_searches.ts";
import type { RunFacts, Store, StoreRun, StoreTransaction, TransactionOptions } from "../../store/store.ts";
import { withSearchesKept } from "../shared/kept_searches.ts";
import { ownMapping } from "../sql/own_layout.ts";
import { doneLater } from "../shared/steps.ts";
import { modelOfText } from "../shared/stored_model.ts";
import type { UsedIds } from "../writes/id_sequence.ts";
import { askedDatabase } from "./asked_database.ts";
import type { OpenBeside } from "./commits.ts";
import { noteUsed, readUsedNumber, readUsedNumbers, type UsedNumbers } from "./id_table.ts";
import { identityOf } from "./marks.ts";
import { ChangeLog, insertChange, lastNumbers } from "./postgres_change_log.ts";
import type { PostgresDatabase } from "./postgres_database.ts";
import { PostgresLoginFailures } from "./postgres_login_failures.ts";
import { createObjectSearches, createObjectStore } from "./postgres_objects.ts";
import { atomic, atOneMoment, withSavepoint } from "./postgres_transaction.ts";

export class PostgresStore implements Store {
  readonly hasUsers = true;
  readonly logFile = null;
  #accounts: { readonly model: Model; readonly objects: ObjectSearches } | null = null;
  #side: Promise<PostgresDatabase> | null = null;
  #busy: Promise<void> = Promise.resolve();

  /** @param database open; closed by the store @param folder for temporary files */
  constructor(
    private readonly database: PostgresDatabase,
    private readonly openBeside: OpenBeside,
    readonly folder: string,
  ) {}

  get name(): string {
    return this.database.name;
  }

  get mayConflict(): boolean {
    return this.database.isPortable;
  }

  get interruption(): AbortSignal | undefined {
    return this.database.interruption;
  }

  async model(): Promise<Model> {
    const text = (await this.database.row("SELECT text FROM csvrecon_model"))?.[0];
    if (typeof text !== "string") throw new RunStop(EXIT.databaseNotUsable, [noUsableModel(this.name)]);
    return await modelOfText(text, this.name);
  }

  objects(model: Model, organizations: readonly ObjectId[] | null = null): ObjectSearches {
    return createObjectSearches(this.database, ownMapping(model), organizations);
  }

  accounts(model: Model): ObjectSearches {
    if (this.#accounts?.model !== model) this.#accounts = { model, objects: withSearchesKept(this.objects(model)) };
    return this.#accounts.objects;
  }

  async loggedRuns(): Promise<LoggedRuns> {
    const { KeptRuns, NEWEST } = await import("../logged/kept_runs.ts");
    return new KeptRuns(askedDatabase(this.database), NEWEST);
  }

  failedLogins(by: CountedBy, now: () => number): WrittenFailures {
    return new PostgresLoginFailures(this.database, (write) => this.#beside(write), now, by);
  }

  /** Work by a connection of its own, one after the other. */
  async #beside<T>(work: (database: PostgresDatabase) => Promise<T>): Promise<T> {
    const side = this.#side ??= this.#openSide();
    const before = this.#busy;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#busy = promise;
    try {
      await before;
      return await work(await side);
    } finally {
      resolve();
    }
  }

  /** Who cannot open it now may do so later. */
  async #openSide(): Promise<PostgresDatabase> {
    try {
      return await this.openBeside(this.interruption);
    } catch (error) {
      this.#side = null;
      throw error;
    }
  }

  identity(): Promise<string> {
    return identityOf(this.database);
  }

  transaction<T>(
    work: (transaction: StoreTransaction) => Promise<T>,
    { rollback }: TransactionOptions,
  ): Promise<T> {
    const { database, openBeside } = this;
    return atomic(database, () => work(new PostgresTransaction(database, rollback)), { rollback, openBeside });
  }

  atOneMoment<T>(work: () => Promise<T>): Promise<T> {
    return atOneMoment(this.database, work);
  }

  async close(): Promise<void> {
    await this.database.close();
    try {
      await (await this.#side)?.close();
    } catch {
      // It was never open.
    }
  }

  abandon(): void {
    this.close().catch(() => {});
  }
}

class PostgresTransaction implements StoreTransaction {
  /** As they were when the transaction began. */
  #first: UsedNumbers | null = null;

  constructor(private readonly database: PostgresDatabase, private readonly isRolledBack: boolean) {}

  backUp(): Promise<never> {
    return Promise.reject(new RunStop(EXIT.usage, [backupIsOfServer()]));
  }

  part<T>(work: () => Promise<T>): Promise<T> {
    return withSavepoint(this.database, work);
  }

  async prepareSearches(model: Model, searches: readonly ExpectedSearch[]): Promise<readonly PreparedSearch[]> {
    const { prepareSearchesThere } = await import("./prepare_searches.ts");
    return await prepareSearchesThere(this.database, ownMapping(model), searches);
  }

  async prune(before: Date, facts: ChangeFacts): Promise<PrunedLog> {
    const { OWN_LOG, pruneLog } = await import("../logged/prune_log.ts");
    const { database } = this;
    const insert = async () => await insertChange(database, facts, await readUsedNumber(database, "change") + 1);
    return await pruneLog(askedDatabase(database), before, OWN_LOG, insert);
  }

  async run(model: Model, facts: RunFacts): Promise<StoreRun> {
    const { database } = this;
    const mapping = ownMapping(model);
    const used = await readUsedNumbers(database, mapping.layout);
    const first = this.#first ??= used;
    const { date: now, simulate } = facts;
    const log = new ChangeLog(database, facts, await lastNumbers(database, used.get("change") ?? 0));
    // Only what is taken back in the end shows new objects without their ids.
    const before: UsedIds = (layout, root) => first.get(layout.tableOf(root).name) ?? 0;
    const usedIds = this.isRolledBack ? before : undefined;
    const objects = createObjectStore(database, mapping, log, { now, used, usedIds, simulate });
    let ownFeed: number | null = null;
    return {
      objects,
      get searchesWithoutIndex() {
        return objects.searchesWithoutIndex();
      },
      async feed(name) {
        const { openFeed } = await import("../logged/open_feed.ts");
        const opened = await doneLater(openFeed(askedDatabase(database), mapping, log, name, now));
        ownFeed = opened.id;
        return opened.feed;
      },
      async takeBackFeeds(run) {
        const { takeBackFeeds } = await import("../logged/undone_feeds.ts");
        const taken = await doneLater(takeBackFeeds(askedDatabase(database), log, run));
        ownFeed = taken.feed;
        return taken.count;
      },
      async finish(counts, input) {
        await objects.finish();
        const id = await log.finish(counts, input, ownFeed);
        if (id !== null) await noteUsed(database, "change", id);
        return id;
      },
    };
  }
}
