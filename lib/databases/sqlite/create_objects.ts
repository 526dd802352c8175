/** Creating objects. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../../model/model.ts";
import type { NewObject } from "../../store/objects.ts";
import { type InsertRows, rowInserter } from "./insert_rows.ts";
import { NothingWritten } from "./sqlite_refusal.ts";
import { obsolescenceDate, watchedAttribute } from "../sql/obsolescence.ts";
import { placeholders, quoteName, quoteNames, quoteText } from "../sql/sql_text.ts";
import { columnName, FINAL_CLASS, OBSOLESCENCE_DATE, tableOf } from "../sql/own_layout.ts";
import type { WriteContext } from "./write_context.ts";

/** How objects of one class with the same attributes are written. */
interface Insertion {
  readonly modelClass: ModelClass;
  /** Where among the values the one stands that makes an object obsolete; -1: nowhere. */
  readonly watched: number;
  readonly insertRows: InsertRows;
}

/** Creates objects of one class with the same attributes; the log is not told. */
export type CreateObjects = (objects: readonly NewObject[]) => void;

export function createObjectCreator(context: WriteContext): CreateObjects {
  const insertions = new Map<string, Insertion>();

  const insertionOf = ({ class: code, attributes }: NewObject): Insertion => {
    const key = `${code}:${attributes.join()}`;
    let insertion = insertions.get(key);
    if (insertion === undefined) insertions.set(key, insertion = prepare(context, code, attributes));
    return insertion;
  };

  return (objects) => {
    const [first] = objects;
    if (first !== undefined) insert(context, insertionOf(first), objects);
  };
}

function insert(context: WriteContext, insertion: Insertion, objects: readonly NewObject[]): void {
  const { modelClass, watched, insertRows } = insertion;
  const values: StoredValue[] = [];
  for (const object of objects) {
    context.ids.use(modelClass.root, Number(object.id));
    values.push(object.id);
    for (const value of object.values) values.push(value);
    if (watched >= 0) values.push(obsolescenceDate(modelClass, object.values[watched] ?? null, context.today));
  }
  if (insertRows(values) < objects.length) throw new NothingWritten();
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
  const into = `INSERT INTO ${quoteName(tableOf(model, code).name)} ("${FINAL_CLASS}", ${quoteNames(columns)}) VALUES`;
  const row = placeholders(columns.length).replace("(", `(${quoteText(code)}, `);
  return { modelClass, watched, insertRows: rowInserter(database, { into, width: columns.length, row }) };
}
