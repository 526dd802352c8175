/**
 * Listing all objects of a class. Their ids are put in order once, in a table of TEMP: neither the memory nor the time for a page grows with
 * their number, and no index is needed for the order.
 */
import type { Listing, ObjectList } from "../../store/object_list.ts";
import type { FoundObject } from "../../store/objects.ts";
import { attributeExpression, OBJECT, OBJECT_PREFIX } from "../sql/attribute_expression.ts";
import { classExpression } from "../sql/class_condition.ts";
import { listStatement } from "../sql/class_statements.ts";
import { hasId, idExpression } from "../sql/object_key.ts";
import { quoteName } from "../sql/sql_text.ts";
import { type FoundRows, prepareFoundRows } from "./found_rows.ts";
import { asked } from "./asked.ts";
import type { SearchContext } from "./search_statement.ts";

/** Objects of a page. */
const PAGE = 512;

/** Lists of a process: each has a table of its own. */
let lists = 0;

/** @throws Error when values of an object are asked for that no page has given */
export function createList(context: SearchContext, listing: Listing): ObjectList {
  let rows: FoundRows | null = null;
  return {
    async *pages(size = PAGE) {
      const name = quoteName(`listed_${++lists}`);
      try {
        await asked(context, () => context.database.exec(`CREATE TEMP TABLE ${name} AS ${idsOf(context, listing)}`));
        const { find, objectOf } = rows = prepareRows(context, listing, `temp.${name}`);
        for (let last = 0;;) {
          const found = await asked(context, () => find(String(last), size));
          if (found.length > 0) yield found.map(objectOf);
          if (found.length < size) return;
          last = found.at(-1)?.[0] ?? last;
        }
      } finally {
        context.database.exec(`DROP TABLE IF EXISTS temp.${name}`);
      }
    },
    valuesOf: (object: FoundObject) =>
      asked(context, () => {
        if (rows === null) throw new Error("nothing was listed yet");
        return rows.valuesOf(object);
      }),
  };
}

function idsOf({ model, layout, visible }: SearchContext, { class: code, orderedBy }: Listing): string {
  return listStatement({ mapping: { model, layout }, class: code, sees: visible.condition() }, orderedBy);
}

function prepareRows(context: SearchContext, { class: code, read, textsOnly }: Listing, listed: string): FoundRows {
  const { layout, visible } = context;
  const table = layout.tableOf(code);
  const from = `${quoteName(table.name)} AS ${OBJECT}`;
  const values = read.map((attribute) =>
    attributeExpression(context, code, attribute, { visible: visible.condition() })
  );
  const areTexts = textsOnly === true ? values.map((value) => ` AND typeof(${value}) = 'text'`).join("") : "";
  return prepareFoundRows(context.database, {
    head: ["k.rowid", idExpression(table, OBJECT_PREFIX), classExpression(table, OBJECT_PREFIX)],
    values,
    // CROSS JOIN keeps the order: that of the list.
    from: `FROM ${listed} AS k CROSS JOIN ${from} WHERE k.rowid > CAST(? AS INTEGER) AND ${
      hasId(table, OBJECT_PREFIX, "k.id")
    }${areTexts}`,
    fromId: `FROM ${from} WHERE ${hasId(table, OBJECT_PREFIX, "?")}`,
  });
}
