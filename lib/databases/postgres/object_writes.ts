/** Every way in which objects are written, with what the log and the limits of a user are told of it. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { LoggedChange, NewObject, ObjectUpdate, ValueChange } from "../../store/objects.ts";
import type { WrittenSpellings } from "../spellings/written_spellings.ts";
import { tellChangedTexts, tellNewTexts, tellUntoldTexts } from "../spellings/written_texts.ts";
import { doneLater } from "../shared/steps.ts";
import type { ChangeEntries } from "../writes/change_entries.ts";
import { haveConsequences } from "../writes/consequences.ts";
import type { GroupWrites, ManyEntries } from "../writes/group_writes.ts";
import { logChange, logUpdate } from "../writes/update_entries.ts";
import { ObjectCreator } from "./create_objects.ts";
import type { DeleteMany } from "./delete_many.ts";
import { deleteObjects, type Deletion } from "./delete_objects.ts";
import { updateObjects } from "./update_objects.ts";
import type { VisibleObjects } from "./visible_objects.ts";
import type { WriteContext } from "./write_context.ts";

/** What is written is told to the log that is given: only the caller knows whether it stays. */
export class ObjectWrites implements GroupWrites {
  readonly areToldInOrder = false;
  readonly #creator: ObjectCreator;
  /** What updates that may still be taken back have made of dates since when objects are obsolete. */
  readonly #dates = new WeakMap<ObjectUpdate, ValueChange>();

  /** @param spellings null: nobody need know what texts are written */
  constructor(
    private readonly context: WriteContext,
    private readonly visible: VisibleObjects,
    private readonly spellings: WrittenSpellings | null,
  ) {
    this.#creator = new ObjectCreator(context);
  }

  /** Our own triggers mind no order. */
  isOrderSeen(): boolean {
    return false;
  }

  async create(objects: readonly NewObject[]): Promise<void> {
    await this.#creator.create(objects);
    if (this.spellings === null) return;
    await doneLater(tellNewTexts(this.context, this.spellings, objects));
    this.#tellOldIds(this.spellings, objects);
  }

  async updateAll(updates: readonly ObjectUpdate[]): Promise<void> {
    await updateObjects(this.context, updates, (update, date) => this.#dates.set(update, date));
    const { context, spellings } = this;
    if (spellings === null) return;
    for (const update of updates) tellChangedTexts(spellings, update);
    if (spellings.hasUntold) await doneLater(tellUntoldTexts(context, spellings, updates));
  }

  async created(objects: readonly NewObject[], log: ChangeEntries): Promise<void> {
    const [first] = objects;
    if (first === undefined) return;
    const ids = objects.map(({ id }) => id);
    log.addObjects("create", first.class, ids);
    await this.visible.created(first.class, ids);
  }

  async updated(update: ObjectUpdate, log: ChangeEntries): Promise<void> {
    if (update.isUnlogged !== true) logUpdate(this.context.model, log, update);
    const date = this.#dates.get(update);
    if (date !== undefined) logChange(this.context.model, log, { ...date, class: update.class, id: update.id });
    await this.visible.updated(update.class, update.changes.map(({ attribute }) => attribute));
  }

  takesAlong(modelClass: ClassCode): boolean {
    return haveConsequences(this.context.layout, modelClass);
  }

  async delete(modelClass: ClassCode, ids: readonly ObjectId[], log: ChangeEntries): Promise<number> {
    return await this.#deleted(await deleteObjects(this.context, log, modelClass, ids));
  }

  /** The same for very many objects. @param work loaded by who needs it */
  async deleteMany(
    work: DeleteMany,
    modelClass: ClassCode,
    ids: readonly ObjectId[],
    log: ManyEntries,
  ): Promise<number> {
    return await this.#deleted(await work(this.context, log, modelClass, ids));
  }

  async #deleted({ deleted, consequences }: Deletion): Promise<number> {
    for (const { class: other, emptied } of consequences) {
      if (emptied !== null) await this.#noteUpdate(other, [emptied]);
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

  #noteUpdate(modelClass: ClassCode, attributes: readonly AttributeCode[]): Promise<void> {
    return this.visible.updated(modelClass, attributes);
  }
}
