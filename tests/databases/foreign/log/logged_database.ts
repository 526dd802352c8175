/** A small database that we did not make, and its change log, without the rest of the program. */
import { deriveModel } from "../../../../lib/model/derive/derive_model.ts";
import { readSchema } from "../../../../lib/databases/foreign/read_schema.ts";
import type { ForeignLog, ForeignLogs } from "../../../../lib/databases/foreign/foreign_log.ts";
import { openForeignLog } from "../../../../lib/databases/foreign/log/open_foreign_log.ts";
import { Database, type Row } from "../../../../lib/databases/sqlite/connection.ts";
import type { ChangeFacts, LoggedOperation } from "../../../../lib/store/changes.ts";
import type { ChangeLogPlace } from "../../../../lib/store/store.ts";
import type { ObjectId } from "../../../../lib/store/object_id.ts";

export const FACTS: ChangeFacts = {
  date: new Date("2024-02-29T23:30:00Z"),
  userId: null,
  user: "",
  comment: "spring prices",
  origin: "csvrecon import",
  inputName: "input.csv",
  parameters: { class: "part" },
};

export const COUNTS = { created: 1, updated: 1, unchanged: 1, inError: 0 };

const SCHEMA = "CREATE TABLE part (code TEXT PRIMARY KEY, price REAL, note TEXT); " +
  "INSERT INTO part VALUES ('P1', 1.5, NULL), ('P2', 2.5, 'x');";

export interface LoggedDatabase {
  readonly database: Database;
  readonly logs: ForeignLogs;
  /** Where the log is, if it is beside the database. */
  readonly logFile: string;
}

/** @param path of the database as it is opened; made, unless it is there */
export function open(path: string, place: ChangeLogPlace): LoggedDatabase {
  const isNew = !isThere(path);
  const database = new Database({ path, file: path, busyTimeoutSeconds: 1 });
  if (isNew) database.exec(SCHEMA);
  const { derived } = deriveModel(readSchema(database), null);
  const logs = openForeignLog(database, { place, derived: () => derived });
  return { database, logs, logFile: `${path}.csvrecon` };
}

export async function withDatabase(
  place: ChangeLogPlace,
  work: (opened: LoggedDatabase, path: string) => void | Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const opened = open(`${folder}/case.db`, place);
  try {
    await work(opened, `${folder}/case.db`);
  } finally {
    close(opened);
    await Deno.remove(folder, { recursive: true });
  }
}

export function close({ database, logs }: LoggedDatabase): void {
  logs.close();
  database.close();
}

/** What the rows of case 24 do, in a transaction that is not committed yet. */
export function change({ database, logs }: LoggedDatabase, rollback = false): ForeignLog {
  database.exec("BEGIN IMMEDIATE");
  const log = logs.begin(rollback);
  const run = log.openRun(FACTS);
  database.exec("UPDATE part SET price = 1.75 WHERE code = 'P1'");
  run.add(UPDATE);
  database.exec("INSERT OR IGNORE INTO part VALUES ('P3', NULL, 'new')");
  run.addObjects("create", "part", ["P3" as string & ObjectId], [{
    key: '["P3"]',
    values: () => '{"code":"P3","note":"new"}',
  }]);
  run.finish(COUNTS, { size: 120, sha256: "ab12" });
  return log;
}

export const UPDATE: LoggedOperation = {
  operation: "update",
  class: "part",
  objectId: "P1" as string & ObjectId,
  key: '["P1"]',
  attribute: "price",
  oldValue: "1.5",
  newValue: "1.75",
};

/** The same, committed. */
export function commit(opened: LoggedDatabase): void {
  const log = change(opened);
  log.beforeCommit();
  opened.database.exec("COMMIT");
  log.committed();
}

export function rowsIn(path: string, sql: string): readonly Row[] {
  const database = new Database({ path, file: path, busyTimeoutSeconds: 1 });
  try {
    return database.prepare(sql).all().map((row) => ({ ...row }));
  } finally {
    database.close();
  }
}

export function isThere(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch {
    return false;
  }
}
