/** All values of a deleted object as one text: a JSON object of the texts of those that are not empty, and `true` for a password. */
import { classOf, isColumn } from "../../model/look_up.ts";
import type { Attribute, AttributeCode, ClassCode } from "../../model/model.ts";
import type { Dialect, SpokenMapping } from "./dialect.ts";
import { dateAttribute, writtenColumn } from "./obsolescence.ts";
import { quoteName, quoteText } from "./sql_text.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";

/** So many values are put together before what comes of it is put together again: SQLite's expressions are at most 1,000 deep. */
const MOST_TOGETHER = 50;

/** The text of an object. @param prefix begins the names of its columns */
export function deletedValues(
  { model, layout, dialect = SQLITE_DIALECT }: SpokenMapping,
  code: ClassCode,
  prefix: string,
): string {
  const modelClass = classOf(model, code);
  const date = dateAttribute(layout, modelClass);
  const attributes: readonly Attribute[] = [
    ...[...modelClass.attributes.values()].filter(isColumn),
    ...date === null ? [] : [date],
  ];
  const members = attributes.map((attribute) =>
    memberExpression(dialect, attribute, prefix + quoteName(writtenColumn(layout, modelClass, attribute.code)))
  );
  const parts: string[] = [];
  for (let start = 0; start < members.length; start += MOST_TOGETHER) {
    parts.push(`(${members.slice(start, start + MOST_TOGETHER).join(" || ")})`);
  }
  // Each member begins with a comma. (SQLite's own functions for objects take twice as long.)
  return `('{' || substr(${["''", ...parts].join(" || ")}, 2) || '}')`;
}

/** Nothing for what is empty. */
function memberExpression(dialect: Dialect, attribute: Attribute, column: string): string {
  const name = quoteText(`,${JSON.stringify(attribute.code)}:`);
  const member = (text: string, value: string) => `CASE WHEN ${text} <> '' THEN ${name} || ${value} ELSE '' END`;
  if (attribute.kind === "password") return member(column, "'true'");
  const text = attribute.kind === "decimal"
    ? dialect.storedDecimal(column, attribute.decimals)
    : `CAST(${column} AS TEXT)`;
  return member(text, dialect.jsonText(text));
}

/** What such a text says, by attribute, in their order. */
export function readDeletedValues(text: string): readonly (readonly [AttributeCode, string | null])[] {
  const values: Readonly<Record<AttributeCode, string | true>> = JSON.parse(text);
  return Object.entries(values).map(([code, value]) => [code, value === true ? null : value]);
}
