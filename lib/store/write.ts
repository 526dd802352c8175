/** Creating, updating and deleting objects, each with its entries in the change log. */
import { attributeOf, classOf, isColumn } from "../model/look_up.ts";
import type { AttributeCode, ClassCode, Model, ModelClass, StoredValue } from "../model/model.ts";
import type { LoggedChange, NewObjects, ObjectUpdate } from "../model/object_store.ts";
import type { ChangeLog } from "./change_log.ts";
import type { Database } from "./connection.ts";
import type { IdSequence } from "./id_sequence.ts";
import { isSecret, loggedValue } from "./logged_value.ts";
import { obsolescenceDate, watchedAttribute } from "./obsolescence.ts";
import { placeholders, quoteName, quoteNames, quoteText } from "./sql_text.ts";
import { columnName, FINAL_CLASS, OBSOLESCENCE_DATE, tableOf } from "./table_layout.ts";

export interface WriteContext {
  readonly database: Database;
  readonly model: Model;
  readonly ids: IdSequence;
  /** Null: nothing is logged. */
  readonly log: ChangeLog | null;
  /** `Y-m-d`, UTC. */
  readonly today: string;
}

/** Objects that are written with one statement: more of them in a row are hardly faster. */
const BATCH = 16;

/** Creates objects; each is one entry of the log. */
export function createObjects(context: WriteContext, { class: code, attributes, objects }: NewObjects): void {
  const modelClass = classOf(context.model, code);
  const watched = watchedAttribute(context.model, modelClass);
  const watchedIndex = watched === null ? -1 : attributes.indexOf(watched);
  const insert = insertStatements(context, modelClass, attributes, watchedIndex >= 0);
  for (let start = 0; start < objects.length; start += BATCH) {
    const batch = objects.slice(start, start + BATCH);
    const values: StoredValue[] = [];
    for (const object of batch) {
      context.ids.use(modelClass.root, object.id);
      values.push(object.id, ...object.values);
      const watchedValue = object.values[watchedIndex];
      if (watchedValue !== undefined) values.push(obsolescenceDate(modelClass, watchedValue, context.today));
    }
    insert(batch.length).run(...values);
    for (const { id } of batch) logObject(context, "create", code, id);
  }
}
