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
import { readDeletedValues } from "../sql/deleted_values.ts";
import { placeholders } from "../sql/sql_text.ts";
import { doneLater } from "../shared/steps.ts";
import type { AskedDatabase, AskedRow } from "./asked_database.ts";
import { readLogPage } from "./log_page.ts";
import { loggedRunOf, RUN_COLUMNS, textOf } from "./logged_run_row.ts";

/** What the tables of a log have, which an older version may have made. */
export interface LogAge {
  /** What was undone, and what was removed. */
  knowsUndo(): boolean;
  /** The memory of feeds. */
  knowsFeeds(): boolean;
}

/** That of a log as this version makes it. */
export const NEWEST: LogAge = { knowsUndo: () => true, knowsFeeds: () => true };

const ENTRY_COLUMNS =
  "id, change, class, object_id, operation, attribute, CAST(old_value AS TEXT), CAST(new_value AS TEXT)";
type EntryRow = readonly [number, number, string, ObjectId, Operation, string | null, string | null, string | null];

const FIRST_COLUMNS = ["id", "change", "class", "object_id", "operation", "attribute", "old_value", "new_value"];

/** Entries of some objects of a class behind a position. @param list of the ids, `k` */
const ofObjects = (list: string) =>
  `FROM ${list} CROSS JOIN change_op AS o WHERE o.class = ? AND o.object_id = k.value AND o.id > ?`;

const CHANGED_ATTRIBUTE = "CASE o.operation WHEN 'update' THEN o.attribute END";

export class KeptRuns implements LoggedRuns {
  constructor(private readonly database: AskedDatabase, private readonly age: LogAge) {}

  async runs(before: number | null, most: number): Promise<readonly LoggedRun[]> {
    const where = before === null ? "" : "WHERE id < ? ";
    const rows = await this.#select(`${where}ORDER BY id DESC LIMIT ?`, before === null ? [most] : [before, most]);
    return await this.#runsOf(rows);
  }

  async run(id: number): Promise<LoggedRun | null> {
    const [run = null] = await this.#runsOf(await this.#select("WHERE id = ?", [id]));
    return run;
  }

  async entries(run: number, page: EntryPage): Promise<readonly LoggedEntry[]> {
    return await this.#page("change = ?", [run], page);
  }

  async entriesOf(model: Model, code: ClassCode, id: ObjectId, page: EntryPage): Promise<readonly LoggedEntry[]> {
    const classes = classOf(model, classOf(model, code).root).concreteClasses;
    return await this.#page(`class IN ${placeholders(classes.length)} AND object_id = ?`, [...classes, id], page);
  }

  async firstChanges(code: ClassCode, ids: readonly ObjectId[], behind: number): Promise<readonly LoggedEntry[]> {
    const { first, list } = this.database.words;
    const sql = first(FIRST_COLUMNS, `${ofObjects(list("k"))} AND o.operation <> 'create'`);
    const rows = await this.database.all(sql, JSON.stringify(ids), code, behind);
    return rows.flatMap((row) => entriesOf(entryRow(row), true));
  }

  async classes(run: number): Promise<readonly ClassCode[]> {
    const rows = await this.database.all("SELECT DISTINCT class FROM change_op WHERE change = ? ORDER BY class", run);
    return rows.map((row) => String(row["class"]));
  }

  async spanOf(run: number): Promise<LogSpan | null> {
    const end = async (direction: string) => {
      const sql = `SELECT id FROM change_op WHERE change = ? ORDER BY id ${direction} LIMIT 1`;
      return (await this.database.all(sql, run))[0]?.["id"];
    };
    const [first, last] = [await end("ASC"), await end("DESC")];
    return first === undefined ? null : { after: Number(first) - 1, upto: Number(last) };
  }

  async end(): Promise<number> {
    return Number((await this.database.all("SELECT max(id) AS last FROM change_op"))[0]?.["last"] ?? 0);
  }

  async touches(code: ClassCode, ids: readonly ObjectId[], { after, upto }: LogSpan): Promise<readonly Touch[]> {
    const rows = await this.database.all(
      `SELECT o.change, o.object_id, o.operation, ${CHANGED_ATTRIBUTE} AS attribute, max(o.id) AS position ` +
        `${ofObjects(this.database.words.list("k"))} AND o.id <= ? ` +
        `GROUP BY o.change, o.object_id, o.operation, ${CHANGED_ATTRIBUTE} ORDER BY position`,
      JSON.stringify(ids),
      code,
      after,
      upto,
    );
    return rows.map((row) => ({
      run: Number(row["change"]),
      objectId: row["object_id"] as ObjectId,
      operation: row["operation"] as Operation,
      attribute: textOf(row["attribute"]),
    }));
  }

  async undosSince(run: number): Promise<ReadonlyMap<number, number>> {
    if (!this.age.knowsUndo()) return new Map();
    const rows = await this.database.all("SELECT id, undoes FROM change WHERE undoes IS NOT NULL AND id > ?", run);
    return new Map(rows.map((row) => [Number(row["id"]), Number(row["undoes"])]));
  }

  async lastPruned(): Promise<number | null> {
    if (!this.age.knowsUndo()) return null;
    const [row] = await this.database.all("SELECT id FROM change WHERE pruned = 1 ORDER BY id DESC LIMIT 1");
    return row === undefined ? null : Number(row["id"]);
  }

  async #select(clauses: string, parameters: readonly StoredValue[]): Promise<readonly AskedRow[]> {
    const later = this.age.knowsUndo() ? "deleted, undoes, pruned" : "NULL AS deleted, NULL AS undoes, 0 AS pruned";
    const feeds = this.age.knowsFeeds() ? "feed, gone" : "NULL AS feed, NULL AS gone";
    return await this.database.all(
      `SELECT ${RUN_COLUMNS}, user_id, "user", ${later}, ${feeds} FROM change ${clauses}`,
      ...parameters,
    );
  }

  async #runsOf(rows: readonly AskedRow[]): Promise<readonly LoggedRun[]> {
    const runs: LoggedRun[] = [];
    for (const row of rows) {
      const feed = row["feed"] === null ? null : await this.#feedOf(Number(row["feed"]));
      runs.push(loggedRunOf(row, feed, await this.#undoOf(Number(row["id"]))));
    }
    return runs;
  }

  async #feedOf(feed: number): Promise<FeedName | null> {
    const [row] = await this.database.all("SELECT source, class FROM csvrecon_feed WHERE id = ?", feed);
    return row === undefined ? null : { source: String(row["source"]), class: String(row["class"]) };
  }

  /** The last one that stands. An undo is a run, too, and has undos of its own. */
  async #undoOf(run: number): Promise<UndoOfRun | null> {
    if (!this.age.knowsUndo()) return null;
    const undos = await this.database.all(
      "SELECT id, in_error FROM change WHERE undoes = ? AND undoes IS NOT NULL ORDER BY id DESC",
      run,
    );
    for (const row of undos) {
      const id = Number(row["id"]);
      if (await this.#undoOf(id) === null) return { id, left: Number(row["in_error"]) };
    }
    return null;
  }

  async #page(
    where: string,
    parameters: readonly StoredValue[],
    page: EntryPage,
  ): Promise<readonly LoggedEntry[]> {
    const entries = { table: "change_op", columns: ENTRY_COLUMNS, where, parameters };
    const isForwards = page.order === "forwards";
    const rows = await doneLater(readLogPage<EntryRow>(this.database, entries, page));
    return rows.flatMap((row) => entriesOf(row, isForwards));
  }
}

function entryRow(row: AskedRow): EntryRow {
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
