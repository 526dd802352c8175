/** Every way in which rows are written, with what the log is told of it. */
import type { ClassCode } from "../../model/model.ts";
import type { LoggedRow } from "../../store/changes.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { NewObject, ObjectUpdate } from "../../store/objects.ts";
import type { GroupWrites } from "../sqlite/group_writes.ts";
import type { ChangeEntries } from "../sqlite/sqlite_change_log.ts";
import { createdRows } from "./created_rows.ts";
import type { RowContext } from "./row_context.ts";
import { RowCreation } from "./row_creation.ts";
import { deleteRows } from "./row_deletion.ts";
import { RowUpdates } from "./row_updates.ts";

export class RowWrites implements GroupWrites {
  readonly areToldInOrder = true;
  readonly #creation: RowCreation;
  readonly #updates: RowUpdates;

  constructor(private readonly context: RowContext) {
    this.#creation = new RowCreation(context);
    this.#updates = new RowUpdates(context);
  }

  create(objects: readonly NewObject[]): void {
    this.#creation.create(objects);
  }

  updateAll(updates: readonly ObjectUpdate[]): void {
    this.#updates.updateAll(updates);
  }

  created(objects: readonly NewObject[], log: ChangeEntries): void {
    const [first] = objects;
    if (first === undefined) return;
    const rows: readonly LoggedRow[] = createdRows(this.context, objects);
    log.addObjects("create", first.class, objects.map(({ id }) => id), rows);
  }

  updated(update: ObjectUpdate, log: ChangeEntries): void {
    this.#updates.tell(update, log);
  }

  delete(code: ClassCode, ids: readonly ObjectId[], log: ChangeEntries): number {
    return deleteRows(this.context, log, code, ids);
  }

  /** Link sets: the entries of the links say the same. */
  log(): void {}
}
