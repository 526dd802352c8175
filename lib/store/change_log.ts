/** What a run did, object by object: the tables `change` and `change_op`. */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { Database, Statement } from "./connection.ts";
import { placeholders } from "./sql_text.ts";

/** What is known of a run when it begins. */
export interface ChangeFacts {
  /** When the run began. */
  readonly date: Date;
  readonly userId: number | null;
  /** The user's name, for people. */
  readonly user: string;
  /** Empty: none. */
  readonly comment: string;
  /** The program that writes. */
  readonly origin: string;
  /** Path of the file; null when there is none. */
  readonly inputName: string | null;
  /** Parameters of the run as they were given, secrets left out. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Numbers of rows. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly inError: number;
}

/** What is known of the input when it was read to its end. */
export interface InputFacts {
  /** In bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export type Operation = "create" | "update" | "delete";

/** One change of one object. */
export interface LoggedOperation {
  readonly operation: Operation;
  readonly class: ClassCode;
  readonly objectId: number;
  /** Null: the object as a whole. */
  readonly attribute: AttributeCode | null;
  readonly oldValue: string | null;
  readonly newValue: string | null;
}

export interface ChangeLog {
  add(operation: LoggedOperation): void;
  /**
   * Writes what is still to be written; to be called before the transaction ends.
   * @param input null when nothing was read
   * @return the id of the run in the log; null when it changed nothing and had no row in error, and so left no trace
   */
  finish(counts: ChangeCounts, input: InputFacts | null): number | null;
}

/** Operations that are written with one statement: many of them in a row cost a third of one at a time. */
const BATCH = 64;
const COLUMNS = ["change", "class", "object_id", "operation", "attribute", "old_value", "new_value"];

/** The log of one run, inside its transaction. */
export function openChangeLog(database: Database, facts: ChangeFacts): ChangeLog {
  let change: number | null = null;
  /** The values of the operations that are still to be written, one after the other. */
  const waiting: StoredValue[] = [];

  return {
    add({ class: code, objectId, operation, attribute, oldValue, newValue }) {
      change ??= insertChange(database, facts);
      waiting.push(change, code, objectId, operation, attribute, oldValue, newValue);
      if (waiting.length < BATCH * COLUMNS.length) return;
      insertOperations(database, BATCH).run(...waiting);
      waiting.length = 0;
    },
    finish(counts, input) {
      if (change === null && counts.inError === 0) return null;
      change ??= insertChange(database, facts);
      if (waiting.length > 0) insertOperations(database, waiting.length / COLUMNS.length).run(...waiting);
      waiting.length = 0;
      updateChange(database, change, counts, input);
      return change;
    },
  };
}

function insertChange(database: Database, facts: ChangeFacts): number {
  const row = database.prepare(
    `INSERT INTO change (date, user_id, user, comment, origin, input_name, parameters) VALUES ${
      placeholders(7)
    } RETURNING id`,
  ).get(
    facts.date.toISOString(),
    facts.userId,
    facts.user,
    facts.comment,
    facts.origin,
    facts.inputName,
    JSON.stringify(facts.parameters),
  );
  return Number(row?.["id"]);
}

function insertOperations(database: Database, count: number): Statement {
  const rows = Array(count).fill(placeholders(COLUMNS.length)).join(", ");
  return database.prepare(`INSERT INTO change_op (${COLUMNS.join(", ")}) VALUES ${rows}`);
}

function updateChange(database: Database, id: number, counts: ChangeCounts, input: InputFacts | null): void {
  database.prepare(
    "UPDATE change SET created = ?, updated = ?, unchanged = ?, in_error = ?, input_size = ?, input_sha256 = ? WHERE id = ?",
  ).run(
    counts.created,
    counts.updated,
    counts.unchanged,
    counts.inError,
    input?.size ?? null,
    input?.sha256 ?? null,
    id,
  );
}
