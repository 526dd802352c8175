/** An attribute of a row: what is selected for it, and what comes of that. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../../model/model.ts";
import { type Raw, storedOf } from "../sqlite/raw_value.ts";
import { quoteText } from "../sql/sql_text.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { columnOf, ROW } from "./foreign_table.ts";

export interface ReadAttribute {
  /** Pieces of SQL, the value itself first. */
  readonly expressions: readonly string[];
  /** Whether values may be long: any column may hold any text, but for a rowid. */
  readonly length: "short" | "number" | "text";
  /** @param values of the expressions */
  read(values: readonly Raw[]): StoredValue;
}

/** @throws Error when the attribute has no value */
export function readAttribute(context: ForeignContext, code: ClassCode, attribute: AttributeCode): ReadAttribute {
  const table = tableOf(context, code);
  const column = table.columns.get(attribute);
  if (column !== undefined) return readColumn(context, table, column);
  const { kind } = attributeOf(classOf(context.derived.model, code), attribute);
  if (kind === "friendly_name") {
    return {
      expressions: [friendlyName(context, code, ROW)],
      length: "text",
      read: ([value = null]) => storedOf(value) ?? "",
    };
  }
  if (kind !== "final_class") throw new Error(`${code}.${attribute} has no value: it is a ${kind}`);
  return { expressions: [quoteText(code)], length: "short", read: () => code };
}

function readColumn(
  { values, references }: ForeignContext,
  { key }: DerivedTable,
  column: DerivedColumn,
): ReadAttribute {
  const own = columnOf(column);
  const isRowid = key?.isRowid === true && key.columns[0]?.name === column.name;
  const length = isRowid ? "short" : column.affinity === "TEXT" ? "text" : "number";
  if (column.references === null) {
    const read = values.readerOf(column);
    return { expressions: [own], length, read: ([value = null]) => read(value) };
  }
  return {
    expressions: [own, ...references.expressions(column, ROW)],
    length,
    read: ([value = null, ...found]) => references.idOf(column, value, found),
  };
}

/** As text; what is not there is empty. @param of the name under which the row stands */
export function friendlyName(context: ForeignContext, code: ClassCode, of: string): string {
  const table = tableOf(context, code);
  const parts = classOf(context.derived.model, code).friendlyName.map((part) => {
    if ("text" in part) return quoteText(part.text);
    const column = table.columns.get(part.attribute) ?? keyColumn(table, part.attribute);
    return column === undefined ? "''" : `ifnull(CAST(${columnOf(column, of)} AS TEXT), '')`;
  });
  return parts.length === 0 ? "''" : `rtrim(${parts.join(" || ")})`;
}

/** A key may be the engine's `id`, and no attribute. */
function keyColumn({ key }: DerivedTable, attribute: AttributeCode): DerivedColumn | undefined {
  return key?.columns.find((column) => column.attribute === attribute);
}
