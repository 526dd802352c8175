/** An attribute of a row: what is selected for it, and what comes of that. */
import { attributeOf, classOf } from "../../model/look_up.ts";
import type { DerivedColumn, DerivedTable } from "../../model/derive/derived_model.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../../model/model.ts";
import { type Raw, storedOf } from "../sqlite/raw_value.ts";
import { quoteText } from "../sql/sql_text.ts";
import { encoded } from "./encoded_value.ts";
import { type ForeignContext, tableOf } from "./foreign_context.ts";
import { columnOf, ROW } from "./foreign_table.ts";

export interface ReadAttribute {
  /** SQL of the value as it is. */
  readonly value: string;
  /** What is selected, as elements of JSON: the value first. */
  readonly expressions: readonly string[];
  /** @param others what is selected beside the value */
  read(value: Raw, others: readonly Raw[]): StoredValue;
}

/** @throws Error when the attribute has no value */
export function readAttribute(context: ForeignContext, code: ClassCode, attribute: AttributeCode): ReadAttribute {
  const column = tableOf(context, code).columns.get(attribute);
  if (column !== undefined) return readColumn(context, column);
  const { kind } = attributeOf(classOf(context.derived.model, code), attribute);
  if (kind === "friendly_name") {
    const value = friendlyName(context, code, ROW);
    return { value, expressions: [value], read: (text) => storedOf(text) ?? "" };
  }
  if (kind !== "final_class") throw new Error(`${code}.${attribute} has no value: it is a ${kind}`);
  return { value: quoteText(code), expressions: [quoteText(code)], read: () => code };
}

function readColumn({ values, references, encoding }: ForeignContext, column: DerivedColumn): ReadAttribute {
  const value = columnOf(column);
  const own = encoded(value, column.affinity, encoding);
  if (column.references === null) return { value, expressions: [own], read: values.readerOf(column) };
  const others = references.expressions(column, ROW).map((one) => encoded(one, null, encoding));
  return {
    value,
    expressions: [own, ...others],
    read: (raw, found) => references.idOf(column, asInteger(raw), found),
  };
}

/** A value whose kind counts is an integer if it may be one. */
function asInteger(raw: Raw): Raw {
  return typeof raw === "number" && Number.isSafeInteger(raw) ? BigInt(raw) : raw;
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
