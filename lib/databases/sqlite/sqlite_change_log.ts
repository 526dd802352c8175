/** What a run did, object by object: the tables `change` and `change_op`. */
import type { StoredValue } from "../../model/model.ts";
import type { Database } from "./connection.ts";
import type { SelectedDeletions, TakenBackLog } from "../writes/change_entries.ts";
import { DeletedObjects } from "../writes/deleted_objects.ts";
import { begunRun, type EndedCounts, endedRun } from "../writes/run_values.ts";
import { MANY_OBJECTS, OBJECT_COLUMNS, operationInserters, writeOperations } from "./insert_operations.ts";
import { placeholders, quoteText } from "../sql/sql_text.ts";
import type { ChangeCounts, ChangeFacts, InputFacts } from "../../store/changes.ts";

export interface ChangeLog extends TakenBackLog {
  addSelected(deletions: SelectedDeletions): void;
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
  const values = { ...begunRun(facts), ...more };
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
  counts: EndedCounts,
  input: InputFacts | null,
  { table, more } = OWN_RUNS,
): void {
  const values = { ...endedRun(counts, input), ...more };
  const assignments = Object.keys(values).map((column) => `${column} = ?`).join(", ");
  database.prepare(`UPDATE ${table} SET ${assignments} WHERE id = ?`).run(...Object.values(values), id);
}
