/** Creating objects: many with one statement. */
import { classOf } from "../../model/look_up.ts";
import type { ModelClass } from "../../model/model.ts";
import type { NewObject } from "../../store/objects.ts";
import { ID } from "../sql/own_layout.ts";
import { dateAttribute, obsolescenceDate, watchedAttribute, writtenColumn } from "../sql/obsolescence.ts";
import { quoteName, quoteNames, quoteText } from "../sql/sql_text.ts";
import { NothingWritten } from "../writes/nothing_written.ts";
import { type ArrayValue, type ColumnType, typeOfColumn, unnest } from "./column_arrays.ts";
import type { WriteContext } from "./write_context.ts";

/** How objects of one class with the same attributes are written. */
interface Insertion {
  readonly modelClass: ModelClass;
  readonly table: string;
  /** Where among the values the one stands that makes an object obsolete; -1: nowhere. */
  readonly watched: number;
  readonly sql: string;
}

/** Creates objects of one class with the same attributes; the log is not told. */
export class ObjectCreator {
  readonly #insertions = new Map<string, Insertion>();

  constructor(private readonly context: WriteContext) {}

  async create(objects: readonly NewObject[]): Promise<void> {
    const [first] = objects;
    if (first === undefined) return;
    const { database, ids, today } = this.context;
    const { modelClass, table, watched, sql } = this.#insertionOf(first);
    for (const { id } of objects) ids.use(modelClass.root, Number(id));
    const columns: ArrayValue[][] = [objects.map(({ id }) => id)];
    first.attributes.forEach((_, place) => columns.push(objects.map(({ values }) => values[place] ?? null)));
    if (watched >= 0) {
      columns.push(objects.map(({ values }) => obsolescenceDate(modelClass, values[watched] ?? null, today)));
    }
    if (await database.run(sql, ...columns) < objects.length) throw new NothingWritten();
    if (database.rulesOfTables.get(table)?.hasTriggers === true) await this.#requireAll(table, objects);
  }

  /** A trigger may take rows away again when they have just been inserted. */
  async #requireAll(table: string, objects: readonly NewObject[]): Promise<void> {
    const row = await this.context.database.row(
      `SELECT count(*) FROM ${quoteName(table)} WHERE ${quoteName(ID)} = ANY($1::bigint[])`,
      objects.map(({ id }) => id),
    );
    if (Number(row?.[0]) < objects.length) throw new NothingWritten();
  }

  #insertionOf(object: NewObject): Insertion {
    const key = `${object.class}:${object.attributes.join()}`;
    const known = this.#insertions.get(key);
    if (known !== undefined) return known;
    const made = prepare(this.context, object);
    this.#insertions.set(key, made);
    return made;
  }
}

function prepare({ model, layout }: WriteContext, { class: code, attributes }: NewObject): Insertion {
  const modelClass = classOf(model, code);
  const table = layout.tableOf(code);
  const watchedCode = watchedAttribute(layout, modelClass);
  const isDateGiven = attributes.includes(dateAttribute(layout, modelClass)?.code ?? "");
  const watched = watchedCode === null || isDateGiven ? -1 : attributes.indexOf(watchedCode);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const typeOf = (name: string): ColumnType => {
    const column = byName.get(name);
    return column === undefined ? "text" : typeOfColumn(column);
  };
  const held = attributes.map((attribute) => writtenColumn(layout, modelClass, attribute));
  const more = watched < 0 || table.obsolescenceDate === null ? [] : [table.obsolescenceDate];
  const columns = [ID, ...held, ...more];
  const types: readonly ColumnType[] = ["bigint", ...held.map(typeOf), ...more.map((): ColumnType => "text")];
  const sql = `INSERT INTO ${quoteName(table.name)} (${quoteNames([table.classColumn ?? "", ...columns])}) ` +
    `SELECT ${quoteText(code)}, k.* FROM ${unnest(types)} AS k`;
  return { modelClass, table: table.name, watched, sql };
}
