/** Creating objects. */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode, ModelClass, StoredValue } from "../../model/model.ts";
import type { Table } from "../../store/layout.ts";
import type { NewObject } from "../../store/objects.ts";
import { type InsertRows, rowInserter } from "./insert_rows.ts";
import { type AreAllThere, rowsLeftCheck } from "./rows_left.ts";
import { NothingWritten } from "./sqlite_refusal.ts";
import { dateAttribute, obsolescenceDate, watchedAttribute, writtenColumn } from "../sql/obsolescence.ts";
import { placeholders, quoteName, quoteNames, quoteText } from "../sql/sql_text.ts";
import type { WriteContext } from "./write_context.ts";

/** How objects of one class with the same attributes are written. */
interface Insertion {
  readonly modelClass: ModelClass;
  /** How many values a row has. */
  readonly width: number;
  /** Where among the values the one stands that makes an object obsolete; -1: nowhere. */
  readonly watched: number;
  /** False: the attributes hold the key. */
  readonly writesId: boolean;
  readonly insertRows: InsertRows;
  /** Null: what was inserted stays. */
  readonly areAllThere: AreAllThere | null;
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
  const { modelClass, width, watched, writesId, insertRows, areAllThere } = insertion;
  // Of its full length at once: one that grows is copied again and again.
  const values = new Array<StoredValue>(objects.length * width);
  let next = 0;
  for (const object of objects) {
    context.ids.use(modelClass.root, Number(object.id));
    if (writesId) values[next++] = object.id;
    for (const value of object.values) values[next++] = value;
    if (watched >= 0) values[next++] = obsolescenceDate(modelClass, object.values[watched] ?? null, context.today);
  }
  if (insertRows(values) < objects.length) throw new NothingWritten();
  if (areAllThere !== null && !areAllThere(objects.map(({ id }) => id))) throw new NothingWritten();
}

function prepare(context: WriteContext, code: string, attributes: readonly AttributeCode[]): Insertion {
  const { database, model, layout } = context;
  const modelClass = classOf(model, code);
  const table = layout.tableOf(code);
  const watchedCode = watchedAttribute(layout, modelClass);
  const isDateGiven = attributes.includes(dateAttribute(layout, modelClass)?.code ?? "");
  const watched = watchedCode === null || isDateGiven ? -1 : attributes.indexOf(watchedCode);
  const held = attributes.map((attribute) => writtenColumn(layout, modelClass, attribute));
  // A key may be made of attributes.
  const key = table.key.filter((column) => !held.includes(column));
  const columns = [
    ...key,
    ...held,
    ...(watched < 0 || table.obsolescenceDate === null ? [] : [table.obsolescenceDate]),
  ];
  const width = columns.length;
  const insertion = table.classColumn === null
    ? { into: insertInto(table, columns), width }
    : { into: insertInto(table, [table.classColumn, ...columns]), width, row: rowOf(code, width) };
  const insertRows = rowInserter(database, insertion);
  const areAllThere = rowsLeftCheck(database, table);
  return { modelClass, width, watched, writesId: key.length > 0, insertRows, areAllThere };
}

function insertInto({ name }: Table, columns: readonly string[]): string {
  return `INSERT INTO ${quoteName(name)} (${quoteNames(columns)}) VALUES`;
}

/** The code of the class, and placeholders. */
function rowOf(code: string, width: number): string {
  return placeholders(width).replace("(", `(${quoteText(code)}, `);
}
