/**
 * Listing all rows of a table. Where they are is put in order once, in a table of TEMP: neither the memory nor the time for a page grows with
 * their number, and no index is needed for the order.
 */
import type { AttributeCode } from "../../model/model.ts";
import type { Listing, ObjectList } from "../../store/object_list.ts";
import type { FoundObject } from "../../store/objects.ts";
import { quoteName } from "../sql/sql_text.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { ROW, tableName } from "./foreign_table.ts";
import { type FoundRow, type FoundRows, foundRows } from "./found_rows.ts";
import { readAttribute } from "./read_attribute.ts";
import { addressColumns } from "./row_address.ts";
import { handleOf, hasValue } from "./row_keys.ts";
import { asked } from "../sqlite/asked.ts";
import { freeName } from "./temp_names.ts";

/** Rows of a page. */
const PAGE = 512;

/** @throws Error when values of a row are asked for that no page has given */
export function createList(context: ForeignContext, listing: Listing): ObjectList {
  let rows: FoundRows | null = null;
  return {
    async *pages(size = PAGE) {
      const name = freeName(context.database, "csvrecon_list");
      const listed = `temp.${quoteName(name)}`;
      try {
        await asked(context, () => context.database.exec(listStatement(context, listing, name)));
        const found = rows = foundRows(context, listing.class, listing.read);
        for (let last = 0;;) {
          const page = await asked(context, () => readPage(context, listing, listed, found, last, size));
          if (page.length > 0) yield page.map((row) => found.objectOf(row));
          if (page.length < size) return;
          last = page.at(-1)?.[0] ?? last;
        }
      } finally {
        context.database.exec(`DROP TABLE IF EXISTS ${listed}`);
      }
    },
    valuesOf: (object: FoundObject) =>
      asked(context, () => {
        if (rows === null) throw new Error("nothing was listed yet");
        return rows.valuesOf(object);
      }),
  };
}

function listStatement(context: ForeignContext, listing: Listing, name: string): string {
  const table = tableOf(context, listing.class);
  const columns = handleOf(table).map((column, index) => `${ROW}.${quoteName(column.name)} AS h${index}`);
  const order = [
    ...listing.orderedBy.flatMap((attribute) => orderOf(context, listing, attribute)),
    ...addressColumns(table),
  ];
  return `CREATE TEMP TABLE ${quoteName(name)} AS SELECT ${columns.join(", ")} FROM ${tableName(table)} AS ${ROW} ` +
    `ORDER BY ${order.join(", ")}`;
}

/** Texts without regard to the case of ASCII letters first, so that it decides of those that are the same but for that. */
function orderOf(context: ForeignContext, { class: code }: Listing, attribute: AttributeCode): readonly string[] {
  const { value } = readAttribute(context, code, attribute);
  return [`${value} COLLATE NOCASE`, `${value} COLLATE BINARY`];
}

function readPage(
  context: ForeignContext,
  listing: Listing,
  listed: string,
  found: FoundRows,
  last: number,
  size: number,
): readonly FoundRow[] {
  const { class: code, read, textsOnly } = listing;
  const values = read.map((attribute) => readAttribute(context, code, attribute).value);
  const areTexts = textsOnly === true ? values.map((value) => ` AND typeof(${value}) = 'text'`).join("") : "";
  const table = tableOf(context, code);
  const isListed = handleOf(table).map((column, index) => hasValue(column, `${ROW}.`, `l.h${index}`)).join(" AND ");
  // CROSS JOIN keeps the order: that of the list.
  const from = `FROM ${listed} AS l CROSS JOIN ${tableName(table)} AS ${ROW} ` +
    `WHERE l.rowid > ? AND ${isListed}${areTexts} ORDER BY l.rowid LIMIT ${size}`;
  return found.rowsIn(context.database.prepareRaw(found.select("l.rowid", from)).all(BigInt(last)));
}
