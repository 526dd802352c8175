/** All values of a deleted object as one text: a JSON object of the texts of those that are not empty, and `true` for a password. */
import { classOf, isColumn } from "../../model/look_up.ts";
import type { Attribute, AttributeCode, ClassCode } from "../../model/model.ts";
import type { Mapping } from "../../store/layout.ts";
import { dateAttribute, writtenColumn } from "./obsolescence.ts";
import { quoteName, quoteText } from "./sql_text.ts";

/** So many values are put together before what comes of it is put together again: SQLite's expressions are at most 1,000 deep. */
const MOST_TOGETHER = 50;

/** The text of an object. @param prefix begins the names of its columns */
export function deletedValues({ model, layout }: Mapping, code: ClassCode, prefix: string): string {
  const modelClass = classOf(model, code);
  const date = dateAttribute(layout, modelClass);
  const attributes: readonly Attribute[] = [
    ...[...modelClass.attributes.values()].filter(isColumn),
    ...date === null ? [] : [date],
  ];
  const members = attributes.map((attribute) =>
    memberExpression(attribute, prefix + quoteName(writtenColumn(layout, modelClass, attribute.code)))
  );
  const parts: string[] = [];
  for (let start = 0; start < members.length; start += MOST_TOGETHER) {
    parts.push(`(${members.slice(start, start + MOST_TOGETHER).join(" || ")})`);
  }
  // Each member begins with a comma. (SQLite's own functions for objects take twice as long.)
  return `('{' || substr(${["''", ...parts].join(" || ")}, 2) || '}')`;
}

/** Nothing for what is empty. */
function memberExpression(attribute: Attribute, column: string): string {
  const name = quoteText(`,${JSON.stringify(attribute.code)}:`);
  if (attribute.kind === "password") return `iif(${column} <> '', ${name} || 'true', '')`;
  const text = textExpression(attribute, column);
  return `iif(${text} <> '', ${name} || json_quote(${text}), '')`;
}

/** As `loggedValue` makes it. */
function textExpression(attribute: Attribute, column: string): string {
  const text = `CAST(${column} AS TEXT)`;
  if (attribute.kind !== "decimal") return text;
  return `CASE WHEN typeof(${column}) IN ('integer', 'real') ` +
    `THEN printf('%.${attribute.decimals}f', ${column}) ELSE ${text} END`;
}

/** What such a text says, by attribute, in their order. */
export function readDeletedValues(text: string): readonly (readonly [AttributeCode, string | null])[] {
  const values: Readonly<Record<AttributeCode, string | true>> = JSON.parse(text);
  return Object.entries(values).map(([code, value]) => [code, value === true ? null : value]);
}
