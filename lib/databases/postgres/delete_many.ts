/** Deleting very many objects of a class: whatever can be done without a look at each of them is done by the database alone. */
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import { classExpression } from "../sql/class_condition.ts";
import { deletedValues } from "../sql/deleted_values.ts";
import { ID } from "../sql/own_layout.ts";
import { quoteName, quoteText } from "../sql/sql_text.ts";
import type { ManyEntries } from "../writes/group_writes.ts";
import {
  consequencesOf,
  type Deletion,
  logConsequences,
  noteGoing,
  remove,
  requireNoneLeft,
} from "./delete_objects.ts";
import type { WriteContext } from "./write_context.ts";

/** Imports do without. */
export type DeleteMany = typeof deleteManyObjects;

/**
 * The same as `deleteObjects` does, but the log gets one entry for each object, which has all its values.
 * @throws whatever the database refuses: then nothing of it may stay, the entries included
 */
export async function deleteManyObjects(
  context: WriteContext,
  log: ManyEntries,
  code: ClassCode,
  ids: readonly ObjectId[],
): Promise<Deletion> {
  const { database, layout } = context;
  const table = layout.tableOf(code);
  const consequences = await consequencesOf(database, layout, code, ids);
  let deleted = 0;
  for (const { real, count } of await countByClass(context, code, ids)) {
    deleted += count;
    await log.selected?.({ class: real, ...selectionOf(context, real, ids), count });
  }
  await logConsequences(context, log.others, consequences);
  await noteGoing(context, code, ids, consequences);
  await remove(database, table, ids);
  await requireNoneLeft(database, table, ids);
  return { deleted, consequences };
}

/** Those of the objects that are there. */
async function countByClass(
  { database, layout }: WriteContext,
  code: ClassCode,
  ids: readonly ObjectId[],
): Promise<readonly { readonly real: ClassCode; readonly count: number }[]> {
  const table = layout.tableOf(code);
  const rows = await database.rows(
    `SELECT ${classExpression(table, "")} AS class, count(*) FROM ${quoteName(table.name)} ` +
      `WHERE ${quoteName(ID)} = ANY($1::bigint[]) GROUP BY 1 ORDER BY 1`,
    ids,
  );
  return rows.map(([real, count]) => ({ real: String(real), count: Number(count) }));
}

/** The rows of one class, numbered from 1 in the order of the ids: `k.n`; `$4` stands for the ids. */
function selectionOf(context: WriteContext, real: ClassCode, ids: readonly ObjectId[]) {
  const table = context.layout.tableOf(real);
  const [name, id] = [quoteName(table.name), quoteName(ID)];
  const isOfClass = table.classes.length > 1 ? ` AND o.${quoteName(table.classColumn ?? "")} = ${quoteText(real)}` : "";
  const rows =
    `FROM (SELECT o.${id} AS id, row_number() OVER (ORDER BY g.n) AS n FROM unnest($4::bigint[]) WITH ORDINALITY AS g (id, n) ` +
    `JOIN ${name} AS o ON o.${id} = g.id${isOfClass}) AS k JOIN ${name} AS t ON t.${id} = k.id`;
  // Each is a value of one parameter: the list is an array of it.
  return {
    id: `t.${id}`,
    value: deletedValues(context, real, "t."),
    rows,
    parameters: [`{${ids.join(",")}}`],
  };
}
