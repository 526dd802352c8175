/** Reading the change log, page by page. */
import { classOf } from "../../model/look_up.ts";
import type { ClassCode, Model, StoredValue } from "../../model/model.ts";
import type { Operation } from "../../store/changes.ts";
import type { FeedName } from "../../store/feeds.ts";
import type {
  EntryPage,
  LoggedEntry,
  LoggedRun,
  LoggedRuns,
  LogSpan,
  Touch,
  UndoOfRun,
} from "../../store/logged_runs.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { placeholders } from "../sql/sql_text.ts";
import { readDeletedValues } from "../sql/deleted_values.ts";
import type { Database, Row } from "./connection.ts";
import { schemaVersion } from "./database.ts";
import { readLogPage } from "./log_page.ts";
import { loggedRunOf, RUN_COLUMNS, textOf } from "./logged_run_row.ts";
import { FEEDS, LOG_OF_UNDO } from "./schema_step.ts";

const ENTRY_COLUMNS =
  "id, change, class, object_id, operation, attribute, CAST(old_value AS TEXT), CAST(new_value AS TEXT)";
type EntryRow = readonly [number, number, string, ObjectId, Operation, string | null, string | null, string | null];

/** The other columns are those of the row that has the minimum (https://sqlite.org/lang_select.html#bareagg). */
const FIRST_CHANGES =
  "SELECT min(o.id) AS id, o.change, o.class, o.object_id, o.operation, o.attribute, o.old_value, " +
  "o.new_value FROM json_each(?) AS k CROSS JOIN change_op AS o WHERE o.class = ? AND o.object_id = k.value AND o.id > ? " +
  "AND o.operation <> 'create' GROUP BY o.object_id, o.attribute";
const TOUCHES = "SELECT o.change, o.object_id, o.operation, " +
  "CASE o.operation WHEN 'update' THEN o.attribute END AS attribute, max(o.id) AS position " +
  "FROM json_each(?) AS k CROSS JOIN change_op AS o WHERE o.class = ? AND o.object_id = k.value AND o.id > ? AND o.id <= ? " +
  "GROUP BY o.change, o.object_id, o.operation, CASE o.operation WHEN 'update' THEN o.attribute END ORDER BY position";

export class SqliteLoggedRuns implements LoggedRuns {
  constructor(private readonly database: Database) {}

  // deno-lint-ignore require-await -- what it throws must reject
  async runs(before: number | null, most: number): Promise<readonly LoggedRun[]> {
    const where = before === null ? "" : "WHERE id < ? ";
    const rows = this.#select(`${where}ORDER BY id DESC LIMIT ?`, before === null ? [most] : [before, most]);
    return rows.map((row) => this.#runOf(row));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async run(id: number): Promise<LoggedRun | null> {
    const [row] = this.#select("WHERE id = ?", [id]);
    return row === undefined ? null : this.#runOf(row);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async entries(run: number, page: EntryPage): Promise<readonly LoggedEntry[]> {
    return this.#page("change = ?", [run], page);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async entriesOf(model: Model, code: ClassCode, id: ObjectId, page: EntryPage): Promise<readonly LoggedEntry[]> {
    const classes = classOf(model, classOf(model, code).root).concreteClasses;
    return this.#page(`class IN ${placeholders(classes.length)} AND object_id = ?`, [...classes, id], page);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async firstChanges(code: ClassCode, ids: readonly ObjectId[], behind: number): Promise<readonly LoggedEntry[]> {
    return this.database.prepare(FIRST_CHANGES).all(JSON.stringify(ids), code, behind).flatMap((row) =>
      entriesOf(entryRow(row), true)
    );
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async classes(run: number): Promise<readonly ClassCode[]> {
    const rows = this.database.prepare("SELECT DISTINCT class FROM change_op WHERE change = ? ORDER BY class").all(run);
    return rows.map((row) => String(row["class"]));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async spanOf(run: number): Promise<LogSpan | null> {
    const end = (direction: string) =>
      this.database.prepare(`SELECT id FROM change_op WHERE change = ? ORDER BY id ${direction} LIMIT 1`).get(run)
        ?.["id"];
    const [first, last] = [end("ASC"), end("DESC")];
    return first === undefined ? null : { after: Number(first) - 1, upto: Number(last) };
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async end(): Promise<number> {
    return Number(this.database.prepare("SELECT max(id) AS last FROM change_op").get()?.["last"] ?? 0);
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async touches(code: ClassCode, ids: readonly ObjectId[], { after, upto }: LogSpan): Promise<readonly Touch[]> {
    const rows = this.database.prepare(TOUCHES).all(JSON.stringify(ids), code, after, upto);
    return rows.map((row) => ({
      run: Number(row["change"]),
      objectId: row["object_id"] as ObjectId,
      operation: row["operation"] as Operation,
      attribute: textOf(row["attribute"]),
    }));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async undosSince(run: number): Promise<ReadonlyMap<number, number>> {
    if (!this.#knowsUndo) return new Map();
    const rows = this.database.prepare("SELECT id, undoes FROM change WHERE undoes IS NOT NULL AND id > ?").all(run);
    return new Map(rows.map((row) => [Number(row["id"]), Number(row["undoes"])]));
  }

  // deno-lint-ignore require-await -- what it throws must reject
  async lastPruned(): Promise<number | null> {
    if (!this.#knowsUndo) return null;
    const row = this.database.prepare("SELECT id FROM change WHERE pruned = 1 ORDER BY id DESC LIMIT 1").get();
    return row === undefined ? null : Number(row["id"]);
  }

  /** Whether the database has the columns that older ones lack; the next transaction gives it them. */
  get #knowsUndo(): boolean {
    return schemaVersion(this.database) >= LOG_OF_UNDO;
  }

  #select(clauses: string, parameters: readonly StoredValue[]): readonly Row[] {
    const later = this.#knowsUndo ? "deleted, undoes, pruned" : "NULL AS deleted, NULL AS undoes, 0 AS pruned";
    const feeds = schemaVersion(this.database) >= FEEDS ? "feed, gone" : "NULL AS feed, NULL AS gone";
    return this.database.prepare(`SELECT ${RUN_COLUMNS}, user_id, user, ${later}, ${feeds} FROM change ${clauses}`).all(
      ...parameters,
    );
  }

  #runOf(row: Row): LoggedRun {
    const feed = row["feed"] === null ? null : this.#feedOf(Number(row["feed"]));
    return loggedRunOf(row, feed, this.#undoOf(Number(row["id"])));
  }

  #feedOf(feed: number): FeedName | null {
    const [row] = this.database.prepare("SELECT source, class FROM csvrecon_feed WHERE id = ?").all(feed);
    return row === undefined ? null : { source: String(row["source"]), class: String(row["class"]) };
  }

  /** The last one that stands. An undo is a run, too, and has undos of its own. */
  #undoOf(run: number): UndoOfRun | null {
    if (!this.#knowsUndo) return null;
    const undos = this.database.prepare(
      "SELECT id, in_error FROM change WHERE undoes = ? AND undoes IS NOT NULL ORDER BY id DESC",
    ).all(run);
    for (const row of undos) {
      const id = Number(row["id"]);
      if (this.#undoOf(id) === null) return { id, left: Number(row["in_error"]) };
    }
    return null;
  }

  #page(where: string, parameters: readonly StoredValue[], page: EntryPage): readonly LoggedEntry[] {
    const entries = { table: "change_op", columns: ENTRY_COLUMNS, where, parameters };
    const isForwards = page.order === "forwards";
    return readLogPage<EntryRow>(this.database, entries, page).flatMap((row) => entriesOf(row, isForwards));
  }
}

function entryRow(row: Row): EntryRow {
  const { id, change, class: code, object_id: objectId, operation, attribute } = row;
  const ids = [Number(id), Number(change), String(code), objectId as ObjectId] as const;
  return [...ids, operation as Operation, textOf(attribute), textOf(row["old_value"]), textOf(row["new_value"])];
}

/** An object that was deleted with many others is one row. */
function entriesOf(row: EntryRow, isForwards: boolean): readonly LoggedEntry[] {
  const entry = entryOf(row);
  if (entry.operation !== "delete" || entry.attribute !== null || entry.oldValue === null) return [entry];
  const values = readDeletedValues(entry.oldValue);
  const whole = { ...entry, oldValue: null };
  if (values.length === 0) return [whole];
  const entries = values.map(([attribute, oldValue]) => ({ ...whole, attribute, oldValue }));
  return isForwards ? entries : entries.reverse();
}

function entryOf(
  [position, run, code, objectId, operation, attribute, oldValue, newValue]: EntryRow,
): LoggedEntry {
  return { position, run, operation, class: code, objectId, attribute, oldValue, newValue };
}
