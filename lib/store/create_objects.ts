/** Creating objects. */
import { classOf } from "../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../model/model.ts";
import type { NewObjects } from "../model/object_store.ts";
import type { Statement } from "./connection.ts";
import { obsolescenceDate, watchedAttribute } from "./obsolescence.ts";
import { placeholders, quoteName, quoteNames, quoteText } from "./sql_text.ts";
import { columnName, FINAL_CLASS, OBSOLESCENCE_DATE, tableOf } from "./table_layout.ts";
import { logObject, type WriteContext } from "./write_context.ts";

/** Objects that are written with one statement: more of them in a row are hardly faster. */
const BATCH = 16;

/** How objects of one class with the same attributes are written. */
interface Insertion {
  readonly modelClass: ModelClass;
  /** Where among the values the one stands that makes an object obsolete; -1: nowhere. */
  readonly watched: number;
  readonly one: Statement;
  readonly batch: Statement;
}

/** Creates objects; each is one entry of the log. */
export type CreateObjects = (objects: NewObjects) => void;

export function createObjectCreator(context: WriteContext): CreateObjects {
  const insertions = new Map<string, Insertion>();

  const insertionOf = ({ class: code, attributes }: NewObjects): Insertion => {
    const key = `${code}:${attributes.join()}`;
    let insertion = insertions.get(key);
    if (insertion === undefined) insertions.set(key, insertion = prepare(context, code, attributes));
    return insertion;
  };

  return (created) => {
    const insertion = insertionOf(created);
    const { objects } = created;
    const whole = objects.length - objects.length % BATCH;
    for (let start = 0; start < whole; start += BATCH) insert(context, insertion, objects.slice(start, start + BATCH));
    for (const object of objects.slice(whole)) insert(context, insertion, [object]);
  };
}

function insert(context: WriteContext, insertion: Insertion, objects: NewObjects["objects"]): void {
  const { modelClass, watched } = insertion;
  const values: StoredValue[] = [];
  for (const object of objects) {
    context.ids.use(modelClass.root, object.id);
    values.push(object.id, ...object.values);
    if (watched >= 0) values.push(obsolescenceDate(modelClass, object.values[watched] ?? null, context.today));
  }
  const statement = objects.length === BATCH ? insertion.batch : insertion.one;
  statement.run(...values);
  for (const { id } of objects) logObject(context, "create", modelClass.code, id);
}

function prepare(context: WriteContext, code: string, attributes: readonly AttributeCode[]): Insertion {
  const { database, model } = context;
  const modelClass = classOf(model, code);
  const watchedCode = watchedAttribute(model, modelClass);
  const watched = watchedCode === null ? -1 : attributes.indexOf(watchedCode);
  const columns = [
    "id",
    ...attributes.map((attribute) => columnName(model, code, attribute)),
    ...(watched >= 0 ? [OBSOLESCENCE_DATE] : []),
  ];
  const into = `INSERT INTO ${quoteName(tableOf(model, code).name)} ("${FINAL_CLASS}", ${quoteNames(columns)}) VALUES `;
  const row = placeholders(columns.length).replace("(", `(${quoteText(code)}, `);
  return {
    modelClass,
    watched,
    one: database.prepare(into + row),
    batch: database.prepare(into + Array(BATCH).fill(row).join(", ")),
  };
}
