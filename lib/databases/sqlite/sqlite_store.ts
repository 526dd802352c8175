/** One SQLite file as a store. */
import { dirname } from "node:path";
import type { Model } from "../../model/model.ts";
import type { CountedBy, WrittenFailures } from "../../store/failed_logins.ts";
import type { LayoutOf, Mapping } from "../../store/layout.ts";
import type { LoggedRuns } from "../../store/logged_runs.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectSearches } from "../../store/objects.ts";
import type { RunFacts, Store, StoreRun, StoreTransaction, TransactionOptions } from "../../store/store.ts";
import { pathFrom } from "../../working_folder.ts";
import { withSearchesKept } from "../shared/kept_searches.ts";
import type { Database } from "./connection.ts";
import { identityOf, madeOf } from "./database_identity.ts";
import type { UsedIds } from "../writes/id_sequence.ts";
import { KeptAnswer } from "./kept_answer.ts";
import { readUsedIds } from "./id_sequence.ts";
import { doneNow } from "../shared/steps.ts";
import { askedDatabase } from "./asked_database.ts";
import { insertChange, openChangeLog } from "./sqlite_change_log.ts";
import { createLoginFailures } from "./sqlite_login_failures.ts";
import { createObjectSearches, createObjectStore } from "./sqlite_objects.ts";
import { storedModel } from "./stored_model.ts";
import { atomic, atOneMoment, withSavepoint } from "./transaction.ts";

export class SqliteStore implements Store {
  readonly hasUsers = true;
  readonly mayConflict = false;
  readonly logFile = null;
  readonly #database: Database;
  readonly #file: string | null;
  readonly #layoutOf: LayoutOf;
  #folder: string | null = null;
  #accounts: { readonly model: Model; readonly objects: ObjectSearches } | null = null;
  readonly #model: KeptAnswer<Promise<Model>>;
  readonly #made: KeptAnswer<string>;

  /**
   * @param database open; closed by the store
   * @param file the file that stood at its path before (`fileAt`)
   * @param layoutOf where it keeps the objects of a model
   * @param begin what must be done first in every transaction
   */
  constructor(
    database: Database,
    file: string | null,
    layoutOf: LayoutOf,
    private readonly begin: (database: Database) => void = () => {},
  ) {
    this.#database = database;
    this.#file = file;
    this.#layoutOf = layoutOf;
    this.#model = new KeptAnswer(database, () => storedModel(database));
    this.#made = new KeptAnswer(database, () => madeOf(database));
  }

  get name(): string {
    return this.#database.path;
  }

  get folder(): string {
    return this.#folder ??= folderOf(pathFrom(this.#database, this.#database.path));
  }

  get interruption(): AbortSignal | undefined {
    return this.#database.interruption;
  }

  async model(): Promise<Model> {
    return await this.#model.now();
  }

  objects(model: Model, organizations: readonly ObjectId[] | null = null): ObjectSearches {
    return createObjectSearches(this.#database, { model, layout: this.#layoutOf(model) }, organizations);
  }

  accounts(model: Model): ObjectSearches {
    if (this.#accounts?.model !== model) this.#accounts = { model, objects: withSearchesKept(this.objects(model)) };
    return this.#accounts.objects;
  }

  async loggedRuns(): Promise<LoggedRuns> {
    const { sqliteLoggedRuns } = await import("./sqlite_logged_runs.ts");
    return sqliteLoggedRuns(this.#database);
  }

  failedLogins(by: CountedBy, now: () => number): WrittenFailures {
    return createLoginFailures(this.#database, now, by);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async identity(): Promise<string> {
    return this.identityNow();
  }

  /** The same at once. */
  identityNow(): string {
    return identityOf(this.#database, this.#file, () => this.#made.now());
  }

  async transaction<T>(
    work: (transaction: StoreTransaction) => Promise<T>,
    { rollback }: TransactionOptions,
  ): Promise<T> {
    const database = this.#database;
    return await atomic(database, () => {
      this.begin(database);
      // Only what is taken back in the end shows new objects without their ids.
      return work(transactionOf(database, this.#layoutOf, rollback ? readUsedIds(database) : undefined));
    }, { rollback });
  }

  async atOneMoment<T>(work: () => Promise<T>): Promise<T> {
    return await atOneMoment(this.#database, work);
  }

  close(): Promise<void> {
    this.#database.close();
    return Promise.resolve();
  }

  abandon(): void {
    this.#database.abandon();
  }
}

/** Where the file is, and not a link to it: there SQLite keeps its files, too. */
function folderOf(path: string): string {
  try {
    return dirname(Deno.realPathSync(path));
  } catch {
    // It was moved away meanwhile.
    return dirname(path);
  }
}

/** @param usedIds as they were when the transaction began; undefined: nobody asks */
function transactionOf(database: Database, layoutOf: LayoutOf, usedIds: UsedIds | undefined): StoreTransaction {
  return {
    async backUp(path) {
      await (await import("./backup_database.ts")).backUp(database, path);
      return null;
    },
    part: (work) => withSavepoint(database, work),
    async prune(before, facts) {
      const { OWN_LOG, pruneLog } = await import("../logged/prune_log.ts");
      return await pruneLog(askedDatabase(database), before, OWN_LOG, () => insertChange(database, facts));
    },
    async prepareSearches(model, searches) {
      const { prepareSearchesHere } = await import("./prepare_searches.ts");
      return await prepareSearchesHere(database, { model, layout: layoutOf(model) }, searches);
    },
    run: (model, facts) => Promise.resolve(runOf(database, { model, layout: layoutOf(model) }, facts, usedIds)),
  };
}

function runOf(database: Database, mapping: Mapping, facts: RunFacts, usedIds: UsedIds | undefined): StoreRun {
  const log = openChangeLog(database, facts);
  const { date: now, simulate } = facts;
  let ownFeed: number | null = null;
  const objects = createObjectStore(database, mapping, log, { now, usedIds, simulate });
  return {
    objects,
    searchesWithoutIndex: [],
    async feed(name) {
      const { openFeed } = await import("../logged/open_feed.ts");
      const opened = doneNow(openFeed(askedDatabase(database), mapping, log, name, now));
      ownFeed = opened.id;
      return opened.feed;
    },
    async takeBackFeeds(run) {
      const { takeBackFeeds } = await import("../logged/undone_feeds.ts");
      const taken = doneNow(takeBackFeeds(askedDatabase(database), log, run));
      ownFeed = taken.feed;
      return taken.count;
    },
    finish(counts, input) {
      objects.finish();
      return Promise.resolve(log.finish(counts, input, ownFeed));
    },
  };
}
