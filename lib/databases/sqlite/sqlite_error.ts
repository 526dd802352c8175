/** What SQLite reports, turned into the ways a run may stop. Deno's errors carry no error number, so the text decides. */
import { EXIT, RunStop, type StopMessage } from "../../errors.ts";
import {
  databaseDamaged,
  databaseDiskError,
  databaseFull,
  databaseLocked,
  databaseNotOpened,
  databaseReadOnly,
  notADatabase,
} from "../../messages/database.ts";
import { ChangedSchema } from "../../store/changed_schema.ts";

type StopCode = RunStop["exitCode"];

/** Of which database an error speaks. */
export interface DatabaseFacts {
  /** As the operator gave it. */
  readonly path: string;
  /** How long a lock is waited for. */
  readonly busyTimeoutSeconds: number;
  /** `init` has made it, so it has what our statements name; left out: who knows. */
  readonly isOurs?: boolean;
}

const damaged = ({ path }: DatabaseFacts) => databaseDamaged(path, `sqlite3 ${path} 'PRAGMA integrity_check'`);

/** The beginnings of SQLite's messages (https://sqlite.org/rescode.html, `sqlite3_errstr`). */
const STOPS: readonly (readonly [string, StopCode, (facts: DatabaseFacts) => StopMessage])[] = [
  [
    "database is locked",
    EXIT.databaseLocked,
    ({ path, busyTimeoutSeconds }) => databaseLocked(path, busyTimeoutSeconds),
  ],
  ["locking protocol", EXIT.databaseLocked, ({ path, busyTimeoutSeconds }) => databaseLocked(path, busyTimeoutSeconds)],
  ["database or disk is full", EXIT.databaseNotWritable, ({ path }) => databaseFull(path)],
  ["attempt to write a readonly database", EXIT.databaseNotWritable, ({ path }) => databaseReadOnly(path)],
  ["disk I/O error", EXIT.databaseNotWritable, ({ path }) => databaseDiskError(path)],
  ["unable to open database file", EXIT.databaseNotWritable, ({ path }) => databaseNotOpened(path)],
  ["file is not a database", EXIT.databaseNotUsable, ({ path }) => notADatabase(path)],
  ["database disk image is malformed", EXIT.databaseNotUsable, damaged],
  ["malformed database schema", EXIT.databaseNotUsable, damaged],
  ["unsupported file format", EXIT.databaseNotUsable, damaged],
];

/** What SQLite says where a table, a column, a unique index or a function is missing that a statement names. */
const OF_SCHEMA =
  /^no such (?:table|column|view|function): |^table .* has no column named |^ON CONFLICT clause does not match |^foreign key mismatch - /s;

/** A `RunStop` for an error of the database or its disk; any other error as it is, because it is a bug. */
export function translateError(error: unknown, facts: DatabaseFacts): unknown {
  if (!(error instanceof Error) || !("code" in error) || error.code !== "ERR_SQLITE_ERROR") return error;
  const stop = STOPS.find(([beginning]) => error.message.startsWith(beginning));
  if (stop === undefined) {
    return facts.isOurs === true && OF_SCHEMA.test(error.message) ? new ChangedSchema(facts.path, error) : error;
  }
  const [, exitCode, message] = stop;
  return new RunStop(exitCode, [message(facts)], { cause: error });
}
