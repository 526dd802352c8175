/** What a log beside the database and one inside it have in common, in a transaction. */
import type { DerivedModel } from "../../../model/derive/derived_model.ts";
import type { ChangeFacts } from "../../../store/changes.ts";
import type { FeedName } from "../../../store/feeds.ts";
import type { PrunedLog } from "../../../store/logged_runs.ts";
import type { Database } from "../../sqlite/connection.ts";
import type { ChangeLog } from "../../sqlite/sqlite_change_log.ts";
import type { OpenFeed } from "../../logged/feed_objects.ts";
import { pruneLog } from "../../logged/prune_log.ts";
import { takeBackFeeds, type TakenBack } from "../../logged/undone_feeds.ts";
import { askedDatabase } from "../../sqlite/asked_database.ts";
import { doneNow } from "../../shared/steps.ts";
import type { ForeignLog } from "../foreign_log.ts";
import { insertForeignChange, type LogPlace, openForeignChangeLog } from "./foreign_change_log.ts";
import { hasFeeds, logFeedStatements, type LogTables } from "./log_tables.ts";
import { openForeignFeed } from "./foreign_feed.ts";

export abstract class WrittenLog implements ForeignLog, LogPlace {
  abstract readonly tables: LogTables;

  /** @param keepsEntries false: all of it is taken back in the end */
  constructor(readonly derived: () => DerivedModel, readonly keepsEntries: boolean) {}

  abstract writable(): Database;
  /** Null: nothing was logged yet. */
  abstract readable(): Database | null;
  abstract part<T>(work: () => Promise<T>): Promise<T>;
  abstract beforeCommit(): void;
  abstract committed(): void;
  abstract takenBack(): void;

  openRun(facts: ChangeFacts): ChangeLog {
    return openForeignChangeLog(this, facts);
  }

  openFeed(log: ChangeLog, name: FeedName, now: Date): OpenFeed {
    return openForeignFeed(this.#withFeeds(this.writable()), this.derived(), log, name, now);
  }

  takeBackFeeds(log: ChangeLog, run: number): TakenBack {
    const database = this.readable();
    if (database === null || !hasFeeds(database)) return { count: 0, feed: null };
    return doneNow(takeBackFeeds(askedDatabase(this.writable()), log, run, this.tables.change));
  }

  async prune(before: Date, facts: ChangeFacts): Promise<PrunedLog> {
    if (this.readable() === null) return { id: null, runs: 0, entries: 0 };
    const database = this.writable();
    const tables = {
      change: this.tables.change,
      operations: this.tables.operations,
      // Nothing but the run itself says where its entries are.
      isOfRun: "o.change = c.id AND o.id BETWEEN c.first_op AND c.last_op",
      hasFeeds: hasFeeds(database),
    };
    const insert = () => insertForeignChange(database, this.tables, facts);
    return await pruneLog(askedDatabase(database), before, tables, insert);
  }

  /** They are made when a run first has a feed. */
  #withFeeds(database: Database): Database {
    if (!hasFeeds(database)) { for (const statement of logFeedStatements()) database.exec(statement); }
    return database;
  }
}
