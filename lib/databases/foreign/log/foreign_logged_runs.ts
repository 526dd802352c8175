/** Reading the change log of a database that we did not make, page by page. */
import type { ClassCode, Model, StoredValue } from "../../../model/model.ts";
import type { Operation } from "../../../store/changes.ts";
import type { FeedName } from "../../../store/feeds.ts";
import type {
  EntryPage,
  LoggedEntry,
  LoggedRun,
  LoggedRuns,
  LogSpan,
  Touch,
  UndoOfRun,
} from "../../../store/logged_runs.ts";
import type { ObjectId } from "../../../store/object_id.ts";
import type { Database, Row } from "../../sqlite/connection.ts";
import { doneNow } from "../../shared/steps.ts";
import { askedDatabase } from "../../sqlite/asked_database.ts";
import { rawText } from "../../sqlite/raw_value.ts";
import { readLogPage } from "../../logged/log_page.ts";
import { loggedRunOf, RUN_COLUMNS, textOf } from "../../logged/logged_run_row.ts";
import { ENTRY_COLUMNS, type EntryReading, type EntryRow, ForeignEntries } from "./foreign_entries.ts";
import { type KeylessRow, KeylessRows } from "./keyless_rows.ts";
import { type LogTables, STATE } from "./log_tables.ts";
import { keyOfId } from "./logged_keys.ts";

export interface LogReading extends EntryReading {
  readonly tables: LogTables;
  /** The log as it is now; null: nothing was logged yet. */
  log(): Database | null;
  /** Runs that the log has, and whose rows the database has not. */
  undone(): readonly number[];
}

/** The columns that come with `RUN_COLUMNS`. */
const LATER_COLUMNS = "deleted, undoes, pruned, feed, gone, first_op, last_op";

export class ForeignLoggedRuns implements LoggedRuns {
  readonly exactNull = rawText(null);
  readonly #entries: ForeignEntries;
  readonly #keyless: KeylessRows;

  constructor(private readonly reading: LogReading) {
    this.#entries = new ForeignEntries(reading);
    this.#keyless = new KeylessRows(reading);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async runs(before: number | null, most: number): Promise<readonly LoggedRun[]> {
    const where = before === null ? "" : " AND id < ?";
    return this.#runs(`${where} ORDER BY id DESC LIMIT ?`, before === null ? [most] : [before, most]);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async run(id: number): Promise<LoggedRun | null> {
    return this.#runs(" AND id = ?", [id])[0] ?? null;
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async entries(run: number, page: EntryPage): Promise<readonly LoggedEntry[]> {
    const span = this.#spanOf(run);
    return span === null ? [] : this.#page("change = ? AND id > ? AND id <= ?", [run, span.after, span.upto], page);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async entriesOf(_: Model, code: ClassCode, id: ObjectId, page: EntryPage): Promise<readonly LoggedEntry[]> {
    const [key] = this.#keysOf(code, [id]).keys();
    if (key === undefined) return [];
    const undone = JSON.stringify(this.reading.undone());
    const where = "class = ? AND object_key = ? AND change NOT IN (SELECT value FROM json_each(?))";
    return this.#page(where, [code, key, undone], page, id);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async firstChanges(code: ClassCode, ids: readonly ObjectId[], behind: number): Promise<readonly LoggedEntry[]> {
    const keys = this.#keysOf(code, ids);
    // The other columns are those of the row that has the minimum (https://sqlite.org/lang_select.html#bareagg).
    const rows = this.#all(
      "SELECT min(o.id) AS id, o.change, o.class, o.object_key, o.operation, o.attribute, o.old_value, o.new_value " +
        `FROM json_each(?) AS k CROSS JOIN ${this.#operations} AS o WHERE o.class = ? AND o.object_key = k.value AND ` +
        "o.id > ? AND o.operation <> 'create' GROUP BY o.object_key, o.attribute",
      [JSON.stringify([...keys.keys()]), code, behind],
    );
    return rows.flatMap((row) => this.#entryOf(entryRow(row), keys.get(String(row["object_key"]))));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async classes(run: number): Promise<readonly ClassCode[]> {
    const span = this.#spanOf(run);
    if (span === null) return [];
    return this.#all(
      `SELECT DISTINCT class FROM ${this.#operations} WHERE id > ? AND id <= ? AND change = ? ORDER BY class`,
      [span.after, span.upto, run],
    ).map((row) => String(row["class"]));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async spanOf(run: number): Promise<LogSpan | null> {
    return this.#spanOf(run);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async end(): Promise<number> {
    return Number(this.#all(`SELECT max(id) AS last FROM ${this.#operations}`, [])[0]?.["last"] ?? 0);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async touches(code: ClassCode, ids: readonly ObjectId[], { after, upto }: LogSpan): Promise<readonly Touch[]> {
    const keys = this.#keysOf(code, ids);
    const attribute = "CASE o.operation WHEN 'update' THEN o.attribute END";
    const rows = this.#all(
      `SELECT o.change, o.object_key, o.operation, ${attribute} AS attribute, max(o.id) AS position ` +
        `FROM json_each(?) AS k CROSS JOIN ${this.#operations} AS o WHERE o.class = ? AND o.object_key = k.value AND ` +
        `o.id > ? AND o.id <= ? GROUP BY o.change, o.object_key, o.operation, ${attribute} ORDER BY position`,
      [JSON.stringify([...keys.keys()]), code, after, upto],
    );
    return rows.map((row) => ({
      run: Number(row["change"]),
      objectId: keys.get(String(row["object_key"])) as ObjectId,
      operation: row["operation"] as Operation,
      attribute: this.#entries.attributeOf(code, textOf(row["attribute"])),
    }));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async undosSince(run: number): Promise<ReadonlyMap<number, number>> {
    const rows = this.#selected("id, undoes", " AND undoes IS NOT NULL AND id > ?", [run]);
    return new Map(rows.map((row) => [Number(row["id"]), Number(row["undoes"])]));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async lastPruned(): Promise<number | null> {
    const [row] = this.#selected("id", " AND pruned = 1 ORDER BY id DESC LIMIT 1", []);
    return row === undefined ? null : Number(row["id"]);
  }

  get #operations(): string {
    return this.reading.tables.operations;
  }

  #all(sql: string, parameters: readonly StoredValue[]): readonly Row[] {
    return this.reading.log()?.prepare(sql).all(...parameters) ?? [];
  }

  /** Of runs whose rows are in the database. */
  #selected(columns: string, clauses: string, parameters: readonly StoredValue[]): readonly Row[] {
    const { change } = this.reading.tables;
    const isThere = `state <> '${STATE.takenBack}' AND id NOT IN (SELECT value FROM json_each(?))`;
    return this.#all(`SELECT ${columns} FROM ${change} WHERE ${isThere}${clauses}`, [
      JSON.stringify(this.reading.undone()),
      ...parameters,
    ]);
  }

  #runs(clauses: string, parameters: readonly StoredValue[]): readonly LoggedRun[] {
    return this.#selected(`${RUN_COLUMNS}, ${LATER_COLUMNS}`, clauses, parameters).map((row) => {
      const feed = row["feed"] === null ? null : this.#feedOf(Number(row["feed"]));
      return loggedRunOf(row, feed, this.#undoOf(Number(row["id"])));
    });
  }

  #feedOf(feed: number): FeedName | null {
    const [row] = this.#all("SELECT source, class FROM csvrecon_feed WHERE id = ?", [feed]);
    return row === undefined ? null : { source: String(row["source"]), class: String(row["class"]) };
  }

  /** The last one that stands. An undo is a run, too, and has undos of its own. */
  #undoOf(run: number): UndoOfRun | null {
    for (const row of this.#selected("id, in_error", " AND undoes = ? ORDER BY id DESC", [run])) {
      const id = Number(row["id"]);
      if (this.#undoOf(id) === null) return { id, left: Number(row["in_error"]) };
    }
    return null;
  }

  #spanOf(run: number): LogSpan | null {
    const [row] = this.#selected("first_op, last_op, pruned", " AND id = ?", [run]);
    const [first, last] = [row?.["first_op"] ?? null, row?.["last_op"] ?? null];
    if (first === null || last === null || row?.["pruned"] === 1) return null;
    return { after: Number(first) - 1, upto: Number(last) };
  }

  /** Those of a log, each with the id that it stands for; of rows without a key there are none. */
  #keysOf(code: ClassCode, ids: readonly ObjectId[]): ReadonlyMap<string, ObjectId> {
    const table = this.reading.derived().tables.get(code);
    if (table === undefined) return new Map();
    return new Map(ids.flatMap((id) => {
      const key = keyOfId(table, id);
      return key === null ? [] : [[key, id] as const];
    }));
  }

  #page(where: string, parameters: readonly StoredValue[], page: EntryPage, id?: ObjectId): readonly LoggedEntry[] {
    const log = this.reading.log();
    if (log === null) return [];
    const asked = { table: this.#operations, columns: ENTRY_COLUMNS, where, parameters };
    const rows = doneNow(readLogPage<EntryRow>(askedDatabase(log), asked, page));
    this.#keyless.find(rows.flatMap((row) => this.#keylessRow(row) ?? []));
    return rows.flatMap((row) => this.#entryOf(row, id));
  }

  /** Null: its key tells it, or it was deleted and is none any more. */
  #keylessRow([, run, code, key, operation]: EntryRow): KeylessRow | null {
    const table = this.reading.derived().tables.get(code);
    return table === undefined || table.key !== null || operation === "delete" ? null : { table, run, key };
  }

  #entryOf(row: EntryRow, id: ObjectId | undefined): readonly LoggedEntry[] {
    const keyless = this.#keylessRow(row);
    const entry = this.#entries.entryOf(
      row,
      id ?? (keyless === null ? null : this.#keyless.idOf(keyless)) ?? undefined,
    );
    return entry === null ? [] : [entry];
  }
}

function entryRow(row: Row): EntryRow {
  const { id, change, class: code, object_key: key, operation, attribute } = row;
  const ids = [Number(id), Number(change), String(code), String(key)] as const;
  return [...ids, operation as Operation, textOf(attribute), textOf(row["old_value"]), textOf(row["new_value"]), null];
}
