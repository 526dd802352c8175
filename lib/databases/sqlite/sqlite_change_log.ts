/** What a run did, object by object: the tables `change` and `change_op`. */
import type { ClassCode, StoredValue } from "../../model/model.ts";
import type { Database } from "./connection.ts";
import { DeletedObjects } from "./deleted_objects.ts";
import { MANY_OBJECTS, OBJECT_COLUMNS, operationInserters, writeOperations } from "./insert_operations.ts";
import { placeholders, quoteText } from "../sql/sql_text.ts";
import type {
  ChangeCounts,
  ChangeFacts,
  InputFacts,
  LoggedOperation,
  LoggedRow,
  Operation,
} from "../../store/changes.ts";
import type { ObjectId } from "../../store/object_id.ts";

/** Takes entries of the log, in the order in which things happened. */
export interface ChangeEntries {
  add(operation: LoggedOperation): void;
  /** Objects of one class came or went, as a whole. @param rows one for each id; left out: the ids say all */
  addObjects(operation: Operation, code: ClassCode, ids: readonly ObjectId[], rows?: readonly LoggedRow[]): void;
}

/** Deletions whose entries the database makes by itself, of what is there before they are done. */
export interface SelectedDeletions {
  readonly class: ClassCode;
  /** SQL of an object's id, and of the text that has all its values. */
  readonly id: string;
  readonly value: string;
  /** SQL from FROM on: the objects, in their order. */
  readonly rows: string;
  readonly parameters: readonly StoredValue[];
  /** Of the objects. */
  readonly count: number;
}

export interface ChangeLog extends ChangeEntries {
  /** Writes entries at once: they go with what the database takes back (see `mark`). */
  addSelected(deletions: SelectedDeletions): void;
  /** To be called before a savepoint. @returns takes the log back to where it is now, when the database is: all that came since is gone */
  mark(): () => void;
  /** The id of the run, which leaves a trace from now on, whatever it writes. */
  begin(): number;
  /**
   * Writes what is still to be written; to be called before the transaction ends.
   * @param input null when nothing was read
   * @param feed of which the run loads a file: its id; null, or left out: of none
   * @returns the id of the run in the log; null when it changed nothing and had no row in error, and so left no trace
   */
  finish(counts: ChangeCounts, input: InputFacts | null, feed?: number | null): number | null;
}

/** Entries about writes that may still be taken back. */
export class PendingEntries implements ChangeEntries {
  #handOver: ((log: ChangeEntries) => void)[] = [];

  add(operation: LoggedOperation): void {
    this.#handOver.push((log) => log.add(operation));
  }

  addObjects(...objects: Parameters<ChangeEntries["addObjects"]>): void {
    this.#handOver.push((log) => log.addObjects(...objects));
  }

  /** The writes stay. */
  keep(log: ChangeEntries | null): void {
    if (log !== null) { for (const handOver of this.#handOver) handOver(log); }
    this.#handOver = [];
  }
}

/** So many values wait before they are written: those of 512 operations. */
const MOST_WAITING = 512 * 6;
/** Fewer of them, when they are long: in UTF-16 code units. */
export const MOST_TEXT_WAITING = 1024 * 1024;

/** The log of one run, inside its transaction. */
export function openChangeLog(database: Database, facts: ChangeFacts): ChangeLog {
  let change: number | null = null;
  /** The values of the operations that are still to be written, one after the other. */
  const waiting: StoredValue[] = [];
  let textWaiting = 0;
  const deleted = new DeletedObjects();
  const inserter = operationInserters(database);
  const writeWaiting = (): void => {
    writeOperations(inserter, change, waiting);
    waiting.length = textWaiting = 0;
  };

  const wait = (...operation: readonly StoredValue[]): void => {
    change ??= insertChange(database, facts);
    waiting.push(...operation);
    if (waiting.length >= MOST_WAITING || textWaiting > MOST_TEXT_WAITING) writeWaiting();
  };

  return {
    begin: () => change ??= insertChange(database, facts),
    add({ class: code, objectId, operation, attribute, oldValue, newValue }) {
      if (operation === "delete") deleted.add(code, objectId);
      textWaiting += (oldValue?.length ?? 0) + (newValue?.length ?? 0);
      wait(code, objectId, operation, attribute, oldValue, newValue);
    },
    addObjects(operation, code, ids) {
      if (operation === "delete") { for (const id of ids) deleted.add(code, id); }
      if (ids.length < MANY_OBJECTS) {
        for (const id of ids) wait(code, id, operation, null, null, null);
        return;
      }
      change ??= insertChange(database, facts);
      // Entries stand in the order in which they were handed over: of rows that are written together, creations come first.
      writeWaiting();
      inserter(OBJECT_COLUMNS, [String(change), quoteText(code), quoteText(operation)])(ids);
    },
    addSelected(deletions) {
      change ??= insertChange(database, facts);
      writeWaiting();
      deleted.addMany(deletions.count);
      insertSelected(database, change, deletions);
    },
    mark() {
      writeWaiting();
      const [changeNow, deletedNow] = [change, deleted.count];
      return () => {
        waiting.length = textWaiting = 0;
        change = changeNow;
        deleted.takeBackTo(deletedNow);
      };
    },
    finish(counts, input, feed = null) {
      if (change === null && counts.inError === 0) return null;
      change ??= insertChange(database, facts);
      writeWaiting();
      updateChange(database, change, { ...counts, deleted: deleted.count, feed }, input);
      return change;
    },
  };
}

function insertSelected(
  database: Database,
  change: number,
  { class: code, id, value, rows, parameters }: SelectedDeletions,
): void {
  database.prepare(
    `INSERT INTO change_op (change, class, object_id, operation, old_value) ` +
      `SELECT ?, ${quoteText(code)}, ${id}, 'delete', ${value} ${rows}`,
  ).run(change, ...parameters);
}

/** Where runs stand, and what a row of them has besides. */
export interface RunRows {
  readonly table: string;
  readonly more: Readonly<Record<string, StoredValue>>;
}

const OWN_RUNS: RunRows = { table: "change", more: {} };

function ownRuns({ userId, user }: ChangeFacts): RunRows {
  return { ...OWN_RUNS, more: { user_id: userId, user } };
}

/** A run of the log, as it begins. @returns its id */
export function insertChange(database: Database, facts: ChangeFacts, { table, more } = ownRuns(facts)): number {
  const values = {
    date: facts.date.toISOString(),
    comment: facts.comment,
    origin: facts.origin,
    input_name: facts.inputName,
    parameters: JSON.stringify(facts.parameters),
    undoes: facts.undoes ?? null,
    ...more,
  };
  const columns = Object.keys(values);
  const row = database.prepare(
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES ${placeholders(columns.length)} RETURNING id`,
  ).get(...Object.values(values));
  return Number(row?.["id"]);
}

/** What became of the run. */
export function updateChange(
  database: Database,
  id: number,
  counts: ChangeCounts & { readonly deleted: number; readonly feed: number | null },
  input: InputFacts | null,
  { table, more } = OWN_RUNS,
): void {
  const values = {
    created: counts.created,
    updated: counts.updated,
    unchanged: counts.unchanged,
    in_error: counts.inError,
    deleted: counts.deleted,
    feed: counts.feed,
    gone: counts.gone ?? null,
    input_size: input?.size ?? null,
    input_sha256: input?.sha256 ?? null,
    ...more,
  };
  const assignments = Object.keys(values).map((column) => `${column} = ?`).join(", ");
  database.prepare(`UPDATE ${table} SET ${assignments} WHERE id = ?`).run(...Object.values(values), id);
}
