/**
 * Listing all objects of a class. Their ids are put in order once, by a cursor: neither the memory nor the time for a page grows with their
 * number, and no index is needed for the order.
 */
import { classOf } from "../../model/look_up.ts";
import type { AttributeCode } from "../../model/model.ts";
import type { Listing, ObjectList } from "../../store/object_list.ts";
import type { FoundObject } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX, type VisibleCondition } from "../sql/attribute_expression.ts";
import { classExpression } from "../sql/class_condition.ts";
import { listStatement } from "../sql/class_statements.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { foundObject } from "../sql/json_rows.ts";
import { quoteName } from "../sql/sql_text.ts";
import { typeOfAttribute } from "./column_arrays.ts";
import { seenClass } from "./examples.ts";
import { FoundRows } from "./found_rows.ts";
import type { SearchContext } from "./search.ts";

/** Objects of a page. */
const PAGE = 512;

/** Lists of a process: each has a cursor of its own. */
let lists = 0;

/** @throws Error when values of an object are asked for that no page has given */
export function createList(context: SearchContext, listing: Listing): ObjectList {
  let rows: FoundRows | null = null;
  return {
    async *pages(size = PAGE) {
      await context.flush();
      const seen = await seenClass(context, listing.class);
      rows = foundRows(context, listing, seen.sees);
      const query = pageQuery(context, listing, rows, seen.sees);
      const cursor = await openCursor(context, listStatement(seen, listing.orderedBy));
      try {
        for (;;) {
          await context.flush();
          const ids = (await context.database.rows(`FETCH ${size} FROM ${cursor}`)).map(([id]) => Number(id));
          const found = ids.length === 0 ? [] : await rows.find(query, [ids]);
          if (found.length > 0) yield found.toSorted(([a], [b]) => a - b).map(foundObject);
          if (ids.length < size) return;
        }
      } finally {
        await closeCursor(context, cursor);
      }
    },
    async valuesOf(object: FoundObject) {
      if (rows === null) throw new Error("nothing was listed yet");
      return await rows.valuesOf(object);
    },
  };
}

/** Outside of a transaction it has to keep what it has read. */
async function openCursor({ database }: SearchContext, query: string): Promise<string> {
  const cursor = quoteName(`listed_${++lists}`);
  const hold = database.isInTransaction ? "" : " WITH HOLD";
  await database.execute(`DECLARE ${cursor} NO SCROLL CURSOR${hold} FOR ${query}`);
  return cursor;
}

async function closeCursor({ database }: SearchContext, cursor: string): Promise<void> {
  try {
    await database.execute(`CLOSE ${cursor}`);
  } catch {
    // It has gone with the part of the transaction that opened it, or the reason is on its way to the caller.
  }
}

function foundRows(
  context: SearchContext,
  { class: code, read }: Listing,
  visible: VisibleCondition | null,
): FoundRows {
  const table = context.layout.tableOf(code);
  return new FoundRows(context.database, {
    head: ["k.n", idExpression(table, OBJECT_PREFIX), classExpression(table, OBJECT_PREFIX)],
    values: read.map((attribute) => attributeExpression(context, code, attribute, { visible })),
    fromId: `FROM ${quoteName(table.name)} AS ${OBJECT} WHERE ${hasId(table, OBJECT_PREFIX, "$1")}`,
  });
}

function pageQuery(
  context: SearchContext,
  { class: code, read, textsOnly }: Listing,
  rows: FoundRows,
  visible: VisibleCondition | null,
): string {
  const table = context.layout.tableOf(code);
  const values = read.map((attribute) => attributeExpression(context, code, attribute, { visible }));
  const modelClass = classOf(context.model, code);
  const isText = (attribute: AttributeCode) => typeOfAttribute(context, modelClass, attribute) === "text";
  const areTexts = textsOnly === true
    ? values.map((value, index) => ` AND ${isText(read[index] ?? "") ? `${value} IS NOT NULL` : "FALSE"}`).join("")
    : "";
  return rows.query(
    `FROM (SELECT ${rows.columns} FROM unnest($1::bigint[]) WITH ORDINALITY AS k (id, n) JOIN ${
      quoteName(table.name)
    } AS ${OBJECT} ON ${hasId(table, OBJECT_PREFIX, "k.id")}${areTexts}) AS r`,
  );
}
