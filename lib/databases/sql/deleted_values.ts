/** All values of a deleted object as one text: a JSON object of the texts of those that are not empty, and `true` for a password. */
import { classOf, isColumn } from "../../model/look_up.ts";
import type { Attribute, AttributeCode, ClassCode } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import { dateAttribute, writtenColumn } from "./obsolescence.ts";
import { hasId, idExpression } from "./object_key.ts";
import { quoteName, quoteText } from "./sql_text.ts";

/** SQLite's functions take 127 parameters (https://sqlite.org/limits.html#max_function_arg). */
const MOST_PAIRS = 50;

/** The statement that gives `id` and `value` of objects of a class, whose ids are its parameter, a JSON array. */
export function deletedValuesOf({ model, layout }: Mapping, code: ClassCode): string {
  const modelClass = classOf(model, code);
  const table = layout.tableOf(code);
  const date = dateAttribute(layout, modelClass);
  const attributes: readonly Attribute[] = [
    ...[...modelClass.attributes.values()].filter(isColumn),
    ...date === null ? [] : [date],
  ];
  const pairs = attributes.map((attribute) => {
    const column = `t.${quoteName(writtenColumn(layout, modelClass, attribute.code))}`;
    return `${quoteText(attribute.code)}, ${textExpression(attribute, column)}`;
  });
  // A patch leaves out what is null (RFC 7396).
  let value = "'{}'";
  for (let start = 0; start < pairs.length; start += MOST_PAIRS) {
    value = `json_patch(${value}, json_object(${pairs.slice(start, start + MOST_PAIRS).join(", ")}))`;
  }
  return `SELECT ${idExpression(table, "t.")} AS id, ${value} AS value FROM json_each(?) AS k CROSS JOIN ` +
    `${quoteName(table.name)} AS t WHERE ${hasId(table, "t.", "k.value")} ORDER BY k.key`;
}

/** As `loggedValue` makes it; null for what is empty. */
function textExpression(attribute: Attribute, column: string): string {
  if (attribute.kind === "password") return `CASE WHEN ${column} <> '' THEN json('true') END`;
  const text = `CAST(${column} AS TEXT)`;
  if (attribute.kind !== "decimal") return `nullif(${text}, '')`;
  return `CASE WHEN typeof(${column}) IN ('integer', 'real') ` +
    `THEN printf('%.${attribute.decimals}f', ${column}) ELSE nullif(${text}, '') END`;
}

/** What such a text says, by attribute, in their order. */
export function readDeletedValues(text: string): readonly (readonly [AttributeCode, string | null])[] {
  const values: Readonly<Record<AttributeCode, string | true>> = JSON.parse(text);
  return Object.entries(values).map(([code, value]) => [code, value === true ? null : value]);
}
