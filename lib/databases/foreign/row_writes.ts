/** Every way in which rows are written, with what the log is told of it. */
import type { ClassCode } from "../../model/model.ts";
import type { LoggedRow } from "../../store/changes.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { NewObject, ObjectUpdate } from "../../store/objects.ts";
import type { GroupWrites } from "../writes/group_writes.ts";
import type { ChangeEntries } from "../writes/change_entries.ts";
import { createdRows } from "./created_rows.ts";
import { tableOf } from "./foreign_context.ts";
import type { RowContext } from "./row_context.ts";
import { hasTriggers, RowCreation } from "./row_creation.ts";
import { deleteRows } from "./row_deletion.ts";
import { RowUpdates } from "./row_updates.ts";

export class RowWrites implements GroupWrites {
  readonly areToldInOrder = true;
  readonly #creation: RowCreation;
  readonly #updates: RowUpdates;
  readonly #triggers = new Map<ClassCode, boolean>();

  constructor(private readonly context: RowContext) {
    this.#creation = new RowCreation(context);
    this.#updates = new RowUpdates(context);
  }

  /** What a trigger does may depend on what those before it have done. */
  isOrderSeen(writes: readonly { readonly class: ClassCode }[]): boolean {
    return [...new Set(writes.map((write) => write.class))].some((code) => this.#hasTriggers(code));
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

  /** Who knows: it is asked row by row. */
  takesAlong(): boolean {
    return true;
  }

  delete(code: ClassCode, ids: readonly ObjectId[], log: ChangeEntries): number {
    return deleteRows(this.context, log, code, ids);
  }

  /** Link sets: the entries of the links say the same. */
  log(): void {}

  #hasTriggers(code: ClassCode): boolean {
    let answer = this.#triggers.get(code);
    if (answer === undefined) {
      answer = hasTriggers(this.context.database, tableOf(this.context, code));
      this.#triggers.set(code, answer);
    }
    return answer;
  }
}
