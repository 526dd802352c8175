/** Every way in which objects are written, with what the log and the limits of a user are told of it. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { LoggedChange, NewObject, ObjectUpdate, ValueChange } from "../../store/objects.ts";
import { createObjectCreator, type CreateObjects } from "./create_objects.ts";
import type { DeleteMany } from "./delete_many.ts";
import { deleteObjects, type Deletion } from "./delete_objects.ts";
import type { GroupWrites, ManyEntries } from "../writes/group_writes.ts";
import type { ChangeEntries } from "../writes/change_entries.ts";
import { haveConsequences } from "../writes/consequences.ts";
import { logChange, logUpdate } from "../writes/update_entries.ts";
import { updateObject, updateTogether } from "./update_objects.ts";
import type { WrittenSpellings } from "../spellings/written_spellings.ts";
import { tellChangedTexts, tellNewTexts } from "../spellings/written_texts.ts";
import { doneNow } from "../shared/steps.ts";
import type { VisibleObjects } from "./visible_objects.ts";
import type { WriteContext } from "./write_context.ts";

/** What is written is told to the log that is given: only the caller knows whether it stays. */
export class ObjectWrites implements GroupWrites {
  readonly areToldInOrder = false;
  readonly #create: CreateObjects;
  /** What updates that may still be taken back have made of dates since when objects are obsolete. */
  readonly #dates = new WeakMap<ObjectUpdate, ValueChange>();

  /** @param spellings null: nobody need know what texts are written */
  constructor(
    private readonly context: WriteContext,
    private readonly visible: VisibleObjects,
    private readonly spellings: WrittenSpellings | null,
  ) {
    this.#create = createObjectCreator(context);
  }

  /** Our own triggers mind no order. */
  isOrderSeen(): boolean {
    return false;
  }

  create(objects: readonly NewObject[]): void {
    this.#create(objects);
    if (this.spellings === null) return;
    doneNow(tellNewTexts(this.context, this.spellings, objects));
    this.#tellOldIds(this.spellings, objects);
  }

  updateAll(updates: readonly ObjectUpdate[]): void {
    if (updateTogether(this.context, updates)) return;
    for (const update of updates) this.#update(update);
  }

  #update(update: ObjectUpdate): void {
    const date = updateObject(this.context, update);
    if (date !== null) this.#dates.set(update, date);
    if (this.spellings !== null) tellChangedTexts(this.spellings, update);
  }

  created(objects: readonly NewObject[], log: ChangeEntries): void {
    const [first] = objects;
    if (first === undefined) return;
    const ids = objects.map(({ id }) => id);
    log.addObjects("create", first.class, ids);
    this.visible.created(first.class, ids);
  }

  updated(update: ObjectUpdate, log: ChangeEntries): void {
    if (update.isUnlogged !== true) logUpdate(this.context.model, log, update);
    const date = this.#dates.get(update);
    if (date !== undefined) logChange(this.context.model, log, { ...date, class: update.class, id: update.id });
    this.#noteUpdate(update.class, update.changes.map(({ attribute }) => attribute));
  }

  takesAlong(modelClass: ClassCode): boolean {
    return haveConsequences(this.context.layout, modelClass);
  }

  delete(modelClass: ClassCode, ids: readonly ObjectId[], log: ChangeEntries): number {
    return this.#deleted(deleteObjects(this.context, log, modelClass, ids));
  }

  /** The same for very many objects. @param work loaded by who needs it */
  deleteMany(work: DeleteMany, modelClass: ClassCode, ids: readonly ObjectId[], log: ManyEntries): number {
    return this.#deleted(work(this.context, log, modelClass, ids));
  }

  #deleted({ deleted, consequences }: Deletion): number {
    for (const { class: other, emptied } of consequences) {
      if (emptied !== null) this.#noteUpdate(other, [emptied]);
    }
    return deleted + consequences.length;
  }

  log(change: LoggedChange, log: ChangeEntries): void {
    logChange(this.context.model, log, change);
  }

  /** Objects that were there before, and are made again: who looks for new texts by larger ids would not find theirs. */
  #tellOldIds(spellings: WrittenSpellings, objects: readonly NewObject[]): void {
    const [first] = objects;
    if (first === undefined) return;
    const { ids, model, layout } = this.context;
    const last = ids.lastBefore(classOf(model, first.class).root);
    if (Number(first.id) > last) return;
    const table = layout.tableOf(first.class).name;
    for (const { id } of objects) if (Number(id) <= last) spellings.createdAgain(table, Number(id));
  }

  #noteUpdate(modelClass: ClassCode, attributes: readonly AttributeCode[]): void {
    this.visible.updated(modelClass, attributes);
  }
}
