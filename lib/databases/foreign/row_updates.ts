/** Updating rows: only the columns that differ, each in the form in which the row has it. */
import { LEFT_OUT } from "../../messages/stored_values.ts";
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { ObjectUpdate } from "../../store/objects.ts";
import { quoteName } from "../sql/sql_text.ts";
import { jsonOf, parameterOf, type Raw } from "../sqlite/raw_value.ts";
import type { ChangeEntries } from "../writes/change_entries.ts";
import { NothingWritten } from "../sqlite/sqlite_refusal.ts";
import { requireDeferredKeys } from "./deferred_keys.ts";
import { tableOf } from "./foreign_context.ts";
import { tableName } from "./foreign_table.ts";
import { columnOfAttribute, type RowContext, writtenNames } from "./row_context.ts";
import type { RowConsequence } from "./row_consequences.ts";
import { conflictClause } from "./row_creation.ts";
import { logConsequence } from "./row_deletion.ts";
import { handleOf, hasValue, keyText } from "./row_keys.ts";
import { type SelectedRow, selectRows } from "./row_selection.ts";
import { valueWriter, type WriteValue } from "./row_values.ts";
import { requireTextKeys } from "./spoilt_keys.ts";
import { readableText } from "./spoilt_texts.ts";
import { isFollowed, updateConsequences } from "./update_consequences.ts";

/** What an update has done that may still be taken back. */
interface DoneUpdate {
  /** What tells the row apart: without a key all that it held. */
  readonly key: string;
  /** In the order of its changes. */
  readonly values: readonly { readonly oldValue: Raw; readonly newValue: Raw }[];
  /** What others lost by it. */
  readonly consequences: readonly RowConsequence[];
}

export class RowUpdates {
  readonly #done = new WeakMap<ObjectUpdate, DoneUpdate>();

  constructor(private readonly context: RowContext) {}

  /** In their order. */
  updateAll(updates: readonly ObjectUpdate[]): void {
    let start = 0;
    while (start < updates.length) {
      const code = updates[start]?.class;
      let end = start + 1;
      while (updates[end]?.class === code) end++;
      this.#updateGroup(updates.slice(start, end));
      start = end;
    }
  }

  /** To be called for an update that is written, and stays. */
  tell(update: ObjectUpdate, log: ChangeEntries): void {
    const done = this.#done.get(update);
    if (update.isUnlogged === true || done === undefined) return;
    const { class: code, id, changes } = update;
    // An undo goes backwards: what was lost can come back when what it refers to has.
    for (const one of done.consequences) logConsequence(log, one);
    changes.forEach(({ attribute }, place) => {
      const { oldValue = null, newValue = null } = done.values[place] ?? {};
      log.add({
        operation: "update",
        class: code,
        objectId: id,
        attribute,
        oldValue: jsonOf(oldValue),
        newValue: jsonOf(newValue),
        key: done.key,
      });
    });
  }

  /** @param updates of one class. An update of a row sees what those before it have made of it */
  #updateGroup(updates: readonly ObjectUpdate[]): void {
    if (this.#alterEachOther(updates)) return updates.forEach((update) => this.#updateRows([update]));
    for (let start = 0; start < updates.length;) {
      const seen = new Set<ObjectUpdate["id"]>();
      let end = start;
      for (let update = updates[end]; update !== undefined && !seen.has(update.id); update = updates[++end]) {
        seen.add(update.id);
      }
      this.#updateRows(updates.slice(start, end));
      start = end;
    }
  }

  /** Whether a trigger may write what is to be told of a later one. */
  #alterEachOther(updates: readonly ObjectUpdate[]): boolean {
    const [first] = updates;
    if (first === undefined || updates.length === 1) return false;
    const table = tableOf(this.context, first.class);
    const attributes = [...new Set(updates.flatMap(({ changes }) => changes.map(({ attribute }) => attribute)))];
    const altered = this.context.altered.byUpdate(table, attributes).get(table.class);
    if (altered === undefined) return false;
    return altered === null || table.key === null || attributes.some((attribute) => altered.has(attribute));
  }

  /** @param updates of one class, of different rows */
  #updateRows(updates: readonly ObjectUpdate[]): void {
    const [first] = updates;
    if (first === undefined) return;
    const table = tableOf(this.context, first.class);
    const columns = this.#columnsOf(table, updates);
    const read = table.key === null ? writtenNames(table) : [...columns.values()].map(({ column }) => column.name);
    const ids = updates.map(({ id }) => id);
    const rows = selectRows(this.context.database, table, ids, read);
    requireTextKeys(table, ids, rows);
    const canLose = isFollowed(this.context, table);
    const places = new Map(read.map((name, place) => [name, place]));
    for (const update of updates) {
      const row = rows.get(update.id);
      if (update.changes.length === 0) continue;
      // Whoever has deleted it meanwhile is a trigger.
      if (row === undefined) throw new NothingWritten(LEFT_OUT);
      const written = update.changes.map(({ attribute, newValue }) => {
        const { column, write } = columns.get(attribute) ?? missing(attribute);
        const oldValue = row.values[places.get(column.name) ?? -1] ?? null;
        return { column, oldValue, newValue: write(newValue, readableText(this.context.database, oldValue)) };
      });
      const changed = written.map(({ column: { name }, newValue }) => ({ name, newValue }));
      const consequences = canLose ? updateConsequences(this.context, table, update.id, changed) : [];
      this.#updateRow(table, row, written);
      const key = keyText(table.key === null ? row.values : row.key);
      this.#done.set(update, { key, values: written, consequences });
    }
    requireDeferredKeys(this.context, table, ids);
  }

  /** What is written by any of them. */
  #columnsOf(
    table: DerivedTable,
    updates: readonly ObjectUpdate[],
  ): ReadonlyMap<string, { readonly column: DerivedColumn; readonly write: WriteValue }> {
    const changes = Map.groupBy(updates.flatMap((update) => update.changes), ({ attribute }) => attribute);
    return new Map([...changes].map(([attribute, those]) => {
      const column = columnOfAttribute(table, attribute);
      return [attribute, { column, write: valueWriter(this.context, table, column, those.map((one) => one.newValue)) }];
    }));
  }

  #updateRow(
    table: DerivedTable,
    row: SelectedRow,
    written: readonly { readonly column: DerivedColumn; readonly newValue: Raw }[],
  ): void {
    const assignments = written.map(({ column, newValue }) => `${quoteName(column.name)} = ${parameterOf(newValue)}`)
      .join(", ");
    const where = handleOf(table).map((column) => hasValue(column, "", "?")).join(" AND ");
    const sql = `UPDATE ${conflictClause(table)}${tableName(table)} SET ${assignments} WHERE ${where}`;
    const handle = table.rowid === null ? row.key : [row.rowid];
    const count = this.context.database.prepareRaw(sql).run(...written.map(({ newValue }) => newValue), ...handle);
    if (count === 0) throw new NothingWritten(LEFT_OUT);
  }
}

function missing(attribute: string): never {
  throw new Error(`nothing is known of ${attribute}`);
}
