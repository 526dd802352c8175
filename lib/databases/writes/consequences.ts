/** What a database does by itself when objects are deleted (`ON DELETE`): which objects go with them, and which external keys are emptied. */
import type { AttributeCode, ClassCode } from "../../model/model.ts";
import type { Column, Layout, Table } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { Consequence } from "../../store/objects.ts";
import { answered, type Later, type Steps } from "../shared/steps.ts";

/** Objects of one table that go. */
interface Deleted {
  readonly table: Table;
  readonly ids: readonly ObjectId[];
}

/** An object that refers to one that goes. */
export interface Referring {
  readonly class: ClassCode;
  readonly id: ObjectId;
}

/** Those of a table whose column has one of the ids, by id. */
export type FindReferring = (table: Table, column: Column, ids: readonly ObjectId[]) => Later<readonly Referring[]>;

/**
 * Those of deleted objects, and of what goes with these, each once; the objects themselves are not among them. References that forbid a
 * deletion are not looked at: the database refuses it then.
 */
export function* consequencesIn(
  layout: Layout,
  code: ClassCode,
  ids: readonly ObjectId[],
  referring: FindReferring,
): Steps<readonly Consequence[]> {
  const consequences: Consequence[] = [];
  const seen = new Set<string>();
  const note = (table: Table, objects: readonly ObjectId[]): Deleted => {
    const fresh = objects.filter((id) => !seen.has(`${table.name}.${id}`));
    for (const id of fresh) seen.add(`${table.name}.${id}`);
    return { table, ids: fresh };
  };
  const going = [note(layout.tableOf(code), ids)];
  // What is pushed while the list is walked is walked, too.
  for (const deleted of going) {
    for (const { table, column, onDelete } of referencesTo(layout, deleted.table)) {
      const found = yield* answered(referring(table, column, deleted.ids));
      if (onDelete === "set_null") {
        consequences.push(...found.map((one) => ({ ...one, emptied: attributeIn(column, one.class) })));
        continue;
      }
      const next = note(table, found.map(({ id }) => id));
      const isNext = new Set(next.ids);
      consequences.push(...found.filter(({ id }) => isNext.has(id)).map((one) => ({ ...one, emptied: null })));
      if (next.ids.length > 0) going.push(next);
    }
  }
  // What goes has no key left to be emptied, be it one that refers to itself.
  return consequences.filter((one) => one.emptied === null || !seen.has(keyOf(layout, one)));
}

/** Whether there may be any. */
export function haveConsequences(layout: Layout, code: ClassCode): boolean {
  return referencesTo(layout, layout.tableOf(code)).next().done !== true;
}

function keyOf(layout: Layout, { class: code, id }: Consequence): string {
  return `${layout.tableOf(code).name}.${id}`;
}

function* referencesTo(layout: Layout, target: Table) {
  for (const table of layout.tables) {
    for (const column of table.columns) {
      if (column.references?.table !== target.name || column.references.onDelete === "restrict") continue;
      yield { table, column, onDelete: column.references.onDelete };
    }
  }
}

/** Every column that refers to the objects of a table. */
export function* keysTo(layout: Layout, target: Table): Generator<{ readonly table: Table; readonly column: Column }> {
  for (const table of layout.tables) {
    for (const column of table.columns) if (column.references?.table === target.name) yield { table, column };
  }
}

/** The attribute that a column holds for objects of a class. */
export function attributeIn(column: Column, code: ClassCode): AttributeCode {
  const attribute = column.attributes.get(code);
  if (attribute === undefined) throw new Error(`${code} has no attribute in the column ${column.name}`);
  return attribute.code;
}
