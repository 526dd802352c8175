/** What a run did to a database that we did not make, row by row. */
import type { DerivedModel } from "../../../model/derive/derived_model.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../../../model/model.ts";
import type { ChangeCounts, ChangeFacts, InputFacts, LoggedOperation, LoggedRow } from "../../../store/changes.ts";
import type { ObjectId } from "../../../store/object_id.ts";
import { placeholders, quoteText } from "../../sql/sql_text.ts";
import type { Database } from "../../sqlite/connection.ts";
import { type InsertRows, rowInserter } from "../../sqlite/insert_rows.ts";
import { DeletedObjects } from "../../writes/deleted_objects.ts";
import { type ChangeLog, insertChange, MOST_TEXT_WAITING, updateChange } from "../../sqlite/sqlite_change_log.ts";
import type { LogTables } from "./log_tables.ts";

/** Where a run is logged. */
export interface LogPlace {
  readonly tables: LogTables;
  /** False: only runs are written, as all of it is taken back in the end. */
  readonly keepsEntries: boolean;
  /** What is in the database. */
  derived(): DerivedModel;
  /** To be called before each write, which may be the first: now it is made what is written to. @throws RunStop 73 or 78 */
  writable(): Database;
}

const OPERATION_COLUMNS = [
  "change",
  "class",
  "object_key",
  "operation",
  "attribute",
  "old_value",
  "new_value",
  "made",
];

/** So many values wait before they are written: those of 512 operations. */
const MOST_WAITING = 512 * OPERATION_COLUMNS.length;

/** From so many new rows on, statements of their own cost less than to wait for others: a row of theirs has two parameters. */
const MANY_ROWS = 64;

/** Inserts entries of rows that a run has created in a table. */
interface CreatedInserter {
  readonly database: Database;
  readonly change: number;
  readonly class: ClassCode;
  readonly insert: InsertRows;
}

export function openForeignChangeLog(place: LogPlace, facts: ChangeFacts): ChangeLog {
  return new ForeignChangeLog(place, facts);
}

class ForeignChangeLog implements ChangeLog {
  #change: number | null = null;
  /** The last entry of the log before this run. */
  #before = 0;
  /** The values of the operations that are still to be written, one after the other. */
  #waiting: StoredValue[] = [];
  #textWaiting = 0;
  readonly #deleted = new DeletedObjects();
  #inserter: { readonly database: Database; readonly insert: InsertRows } | null = null;
  #created: CreatedInserter | null = null;

  constructor(private readonly place: LogPlace, private readonly facts: ChangeFacts) {}

  readonly begin = (): number => {
    const database = this.place.writable();
    if (this.#change !== null) return this.#change;
    this.#before = lastOperation(database, this.place.tables);
    return this.#change = insertForeignChange(database, this.place.tables, this.facts);
  };

  add({ class: code, objectId, key, operation, attribute, oldValue, newValue }: LoggedOperation): void {
    // The entries of the links say the same, and stand for columns.
    if (attribute !== null && this.#isLinkSet(code, attribute)) return;
    if (operation === "delete") this.#deleted.add(code, objectId);
    const column = attribute === null ? null : this.#columnOf(code, attribute);
    this.#wait(code, requireKey(key), operation, column, oldValue, newValue, null);
  }

  addObjects(
    operation: LoggedOperation["operation"],
    code: ClassCode,
    ids: readonly ObjectId[],
    rows: readonly LoggedRow[] = [],
  ): void {
    if (operation === "delete") { for (const id of ids) this.#deleted.add(code, id); }
    if (operation === "create" && rows.length >= MANY_ROWS && this.place.keepsEntries) {
      return this.#addCreated(code, rows);
    }
    for (const index of ids.keys()) {
      const row = rows[index];
      const made = operation === "create" && row !== undefined && this.place.keepsEntries ? row.values() : null;
      this.#wait(code, requireKey(row?.key), operation, null, null, null, made);
    }
  }

  /** Entries stand in the order in which they were handed over. */
  #addCreated(code: ClassCode, rows: readonly LoggedRow[]): void {
    const change = this.begin();
    this.#writeWaiting();
    this.#createdInserter(this.place.writable(), change, code)(rows.flatMap((row) => [row.key, row.values()]));
  }

  #createdInserter(database: Database, change: number, code: ClassCode): InsertRows {
    const of = this.#created;
    if (of?.database === database && of.change === change && of.class === code) return of.insert;
    const into = `INSERT INTO ${this.place.tables.operations} (change, class, operation, object_key, made) VALUES`;
    const row = `(${change}, ${quoteText(code)}, 'create', ?, ?)`;
    const insert = rowInserter(database, { into, width: 2, row });
    this.#created = { database, change, class: code, insert };
    return insert;
  }

  readonly addSelected = (): never => {
    throw new Error("rows of others are read before they are deleted: each has entries of its own");
  };

  mark(): () => void {
    // What is made now is not taken back with what comes.
    const log = this.place.writable();
    this.#writeWaiting();
    const [change, deleted] = [this.#change, this.#deleted.count];
    const last = change === null ? 0 : lastOperation(log, this.place.tables);
    return () => {
      this.#forget();
      this.#deleted.takeBackTo(deleted);
      if (this.#change === null) return;
      const { change: runs, operations } = this.place.tables;
      const database = this.place.writable();
      database.prepare(`DELETE FROM ${operations} WHERE change = ? AND id > ?`).run(
        this.#change,
        change === null ? this.#before : last,
      );
      if (change === null) database.prepare(`DELETE FROM ${runs} WHERE id = ?`).run(this.#change);
      this.#change = change;
    };
  }

  finish(counts: ChangeCounts, input: InputFacts | null, feed: number | null = null): number | null {
    if (this.#change === null && counts.inError === 0) return null;
    const change = this.begin();
    this.#writeWaiting();
    const database = this.place.writable();
    const { tables } = this.place;
    const last = lastOperation(database, tables);
    const ends = last > this.#before ? { first_op: this.#before + 1, last_op: last } : {};
    const all = { ...counts, deleted: this.#deleted.count, feed };
    updateChange(database, change, all, input, { table: tables.change, more: ends });
    return change;
  }

  #wait(...operation: readonly StoredValue[]): void {
    const change = this.#change ?? this.begin();
    if (!this.place.keepsEntries) return;
    this.#waiting.push(change);
    for (const value of operation) {
      if (typeof value === "string") this.#textWaiting += value.length;
      this.#waiting.push(value);
    }
    if (this.#waiting.length >= MOST_WAITING || this.#textWaiting > MOST_TEXT_WAITING) this.#writeWaiting();
  }

  #writeWaiting(): void {
    if (this.#waiting.length > 0) this.#insert(this.place.writable())(this.#waiting);
    this.#forget();
  }

  #forget(): void {
    this.#waiting = [];
    this.#textWaiting = 0;
  }

  #insert(database: Database): InsertRows {
    if (this.#inserter?.database !== database) {
      const into = `INSERT INTO ${this.place.tables.operations} (${OPERATION_COLUMNS.join(", ")}) VALUES`;
      const width = OPERATION_COLUMNS.length;
      this.#inserter = { database, insert: rowInserter(database, { into, width, row: placeholders(width) }) };
    }
    return this.#inserter.insert;
  }

  /** As the database calls it: an attribute may have another code. */
  #columnOf(code: ClassCode, attribute: AttributeCode): string {
    const { tables, hidden } = this.place.derived();
    return (tables.get(code) ?? hidden.get(code))?.columns.get(attribute)?.name ?? attribute;
  }

  #isLinkSet(code: ClassCode, attribute: AttributeCode): boolean {
    return this.place.derived().model.classes.get(code)?.attributes.get(attribute)?.kind === "link_set";
  }
}

function requireKey(key: string | undefined): string {
  if (key === undefined) throw new Error("an entry of the log needs a key");
  return key;
}

function lastOperation(database: Database, { operations }: LogTables): number {
  return Number(database.prepare(`SELECT max(id) AS last FROM ${operations}`).get()?.["last"] ?? 0);
}

/** A run of the log, as it begins. @returns its id */
export function insertForeignChange(
  database: Database,
  { change: table, stateOfNew: state }: LogTables,
  facts: ChangeFacts,
): number {
  return insertChange(database, facts, { table, more: { state } });
}
