/** Updating objects: neighbours of one class with one statement, in their order. */
import { classOf } from "../../model/look_up.ts";
import type { ClassCode, StoredValue } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectUpdate, ValueChange } from "../../store/objects.ts";
import { ID } from "../sql/own_layout.ts";
import { writtenColumn } from "../sql/obsolescence.ts";
import { quoteName } from "../sql/sql_text.ts";
import { doneLater } from "../shared/steps.ts";
import { NothingWritten } from "../writes/nothing_written.ts";
import { dateChange, isLost } from "../writes/update_entries.ts";
import { type ArrayValue, type ColumnType, typeOfColumn, unnest } from "./column_arrays.ts";
import type { WriteContext } from "./write_context.ts";

/** Told of each update that takes a date since when its object was obsolete. */
export type DateLost = (update: ObjectUpdate, date: ValueChange) => void;

/** What an update writes, by column. */
interface WrittenUpdate {
  readonly id: ObjectId;
  readonly values: ReadonlyMap<string, StoredValue>;
}

/** The log is not told. */
export async function updateObjects(
  context: WriteContext,
  updates: readonly ObjectUpdate[],
  onDateLost: DateLost,
): Promise<void> {
  for (const group of groupsOf(updates)) {
    const [first] = group;
    if (first === undefined) continue;
    const dates = new StoredDates(context, group);
    const written: WrittenUpdate[] = [];
    for (const update of group) {
      const date = await doneLater(dateChange(context, context.today, update, () => dates.of(update.id)));
      if (isLost(date)) onDateLost(update, date);
      written.push(writtenOf(context, update, date));
    }
    await write(context, first.class, written);
  }
}

/** Of one class, and each object once: a statement writes no row twice. */
function groupsOf(updates: readonly ObjectUpdate[]): readonly (readonly ObjectUpdate[])[] {
  const groups: ObjectUpdate[][] = [];
  let ids = new Set<ObjectId>();
  let code: ClassCode | null = null;
  for (const update of updates) {
    if (update.changes.length === 0) continue;
    if (update.class !== code || ids.has(update.id)) {
      groups.push([]);
      ids = new Set();
      code = update.class;
    }
    groups.at(-1)?.push(update);
    ids.add(update.id);
  }
  return groups;
}

function writtenOf(
  { model, layout }: WriteContext,
  { class: code, id, changes }: ObjectUpdate,
  date: ValueChange | null,
): WrittenUpdate {
  const modelClass = classOf(model, code);
  const values = new Map<string, StoredValue>();
  for (const { attribute, newValue } of changes) values.set(writtenColumn(layout, modelClass, attribute), newValue);
  const { obsolescenceDate } = layout.tableOf(code);
  if (date !== null && obsolescenceDate !== null) values.set(obsolescenceDate, date.newValue);
  return { id, values };
}

/** A column that an update does not change stays as it is. */
async function write({ database, layout }: WriteContext, code: ClassCode, updates: readonly WrittenUpdate[]) {
  const table = layout.tableOf(code);
  const byName = new Map(table.columns.map((column) => [column.name, column]));
  const names = [...new Set(updates.flatMap(({ values }) => [...values.keys()]))].sort();
  const types: ColumnType[] = ["bigint"];
  const columns: ArrayValue[][] = [updates.map(({ id }) => id)];
  const assignments = names.map((name) => {
    const column = byName.get(name);
    types.push(column === undefined ? "text" : typeOfColumn(column));
    columns.push(updates.map(({ values }) => values.get(name) ?? null));
    const [own, given] = [quoteName(name), `k.c${types.length - 1}`];
    if (updates.every(({ values }) => values.has(name))) return `${own} = ${given}`;
    types.push("bigint");
    columns.push(updates.map(({ values }) => values.has(name) ? 1 : 0));
    return `${own} = CASE k.c${types.length - 1} WHEN 1 THEN ${given} ELSE t.${own} END`;
  });
  const given = types.map((_, index) => `c${index}`).join(", ");
  const written = await database.run(
    `UPDATE ${quoteName(table.name)} AS t SET ${assignments.join(", ")} FROM ${unnest(types)} AS k (${given}) ` +
      `WHERE t.${quoteName(ID)} = k.c0`,
    ...columns,
  );
  if (written < updates.length) throw new NothingWritten();
}

/** The dates since when the objects of updates are obsolete: read at once, when the first is asked for. */
class StoredDates {
  #read: Promise<ReadonlyMap<number, StoredValue>> | null = null;

  constructor(private readonly context: WriteContext, private readonly updates: readonly ObjectUpdate[]) {}

  async of(id: ObjectId): Promise<StoredValue> {
    return (await (this.#read ??= this.#readAll())).get(Number(id)) ?? null;
  }

  async #readAll(): Promise<ReadonlyMap<number, StoredValue>> {
    const { database, layout } = this.context;
    const table = layout.tableOf(this.updates[0]?.class ?? "");
    const rows = await database.rows(
      `SELECT ${quoteName(ID)}, ${quoteName(table.obsolescenceDate ?? "")} FROM ${quoteName(table.name)} ` +
        `WHERE ${quoteName(ID)} = ANY($1::bigint[])`,
      this.updates.map(({ id }) => id),
    );
    return new Map(rows.map(([id, date]) => [Number(id), (date ?? null) as StoredValue]));
  }
}
