/** No change log: nothing is kept, and nothing is known of earlier runs. */
import { EXIT, RunStop } from "../../../errors.ts";
import { needsChangeLog } from "../../../messages/foreign.ts";
import type { LoggedRuns } from "../../../store/logged_runs.ts";
import type { ChangeLog } from "../../sqlite/sqlite_change_log.ts";
import type { ForeignLog, ForeignLogs } from "../foreign_log.ts";
import { ForeignLoggedRuns } from "./foreign_logged_runs.ts";
import { TABLES_BESIDE } from "./log_tables.ts";
import type { Database } from "../../sqlite/connection.ts";
import type { ForeignLogOptions } from "./open_foreign_log.ts";

export function noLogs(database: Database, options: ForeignLogOptions): ForeignLogs {
  return {
    file: null,
    loggedRuns: (): LoggedRuns =>
      new ForeignLoggedRuns({ ...options, database, tables: TABLES_BESIDE, log: () => null, undone: () => [] }),
    begin: () => NO_LOG,
    close: () => {},
    abandon: () => {},
  };
}

const NO_LOG: ForeignLog = {
  openRun: () => NO_RUN,
  openFeed: () => {
    throw new RunStop(EXIT.usage, [needsChangeLog("source")]);
  },
  takeBackFeeds: () => ({ count: 0, feed: null }),
  prune: () => Promise.resolve({ id: null, runs: 0, entries: 0 }),
  part: (work) => work(),
  beforeCommit: () => {},
  committed: () => {},
  takenBack: () => {},
};

const NO_RUN: ChangeLog = {
  add: () => {},
  addObjects: () => {},
  addSelected: () => {},
  mark: () => () => {},
  begin: () => 0,
  finish: () => null,
};
