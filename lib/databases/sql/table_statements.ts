/** CREATE TABLE for the root classes of a model. */
import { isText } from "../../model/look_up.ts";
import type { ClassCode, ColumnAttribute, Model } from "../../model/model.ts";
import type { SchemaDialect } from "./dialect.ts";
import { quoteName, quoteText, quoteTexts } from "./sql_text.ts";
import { ID, type OwnColumn, type OwnTable } from "./own_layout.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";

const ON_DELETE = { restrict: "RESTRICT", cascade: "CASCADE", set_null: "SET NULL" } as const;

/**
 * The statement that makes a root class's table. `AUTOINCREMENT` keeps SQLite from using the id of a deleted object again. The
 * table is not STRICT: tools with an SQLite older than 3.37 could not even open the database.
 */
export function createTable(model: Model, table: OwnTable, words: SchemaDialect = SQLITE_DIALECT.schema): string {
  const realClass = quoteName(table.classColumn);
  const lines = [
    `${quoteName(ID)} ${words.countedId}`,
    `${realClass} ${words.text} NOT NULL CHECK (${realClass} IN (${quoteTexts(table.classes)}))`,
    ...table.columns.map((column) => columnDefinition(model, table, column, words)),
    ...(table.obsolescenceDate === null ? [] : [`${quoteName(table.obsolescenceDate)} ${words.text}`]),
  ];
  return `CREATE TABLE ${quoteName(table.name)} (\n  ${lines.join(",\n  ")}\n)`;
}

/** @param words for the types */
function columnDefinition(model: Model, table: OwnTable, column: OwnColumn, words: SchemaDialect): string {
  const parts = [quoteName(column.name), typeOf(column, words)];
  const isRequired = isRequiredIn(table, column);
  if (isRequired) parts.push("NOT NULL");
  if (column.references !== null && words.refersAhead) parts.push(referenceOf(column.references));
  for (const [condition, classes] of classesByCondition(model, column, isRequired)) {
    const isForAll = classes.length === table.classes.length;
    const unlessOther = isForAll ? "" : `${quoteName(table.classColumn)} NOT IN (${quoteTexts(classes)}) OR `;
    parts.push(`CHECK (${unlessOther}${condition})`);
  }
  return parts.join(" ");
}

/** Those of the id and of the real class: both are required, and this one is checked. */
const OWN_CONSTRAINTS = 3;

/** How many constraints a table has: NOT NULL, CHECK and external keys. */
export function constraintsOf(model: Model, table: OwnTable): number {
  return table.columns.reduce((count, column) => {
    const isRequired = isRequiredIn(table, column);
    const checks = classesByCondition(model, column, isRequired).size;
    return count + checks + (isRequired ? 1 : 0) + (column.references === null ? 0 : 1);
  }, OWN_CONSTRAINTS);
}

function isRequiredIn({ classes }: OwnTable, { attributes }: OwnColumn): boolean {
  return attributes.size === classes.length && [...attributes.values()].every(isNeverNull);
}

function referenceOf({ table, onDelete }: NonNullable<OwnColumn["references"]>): string {
  return `REFERENCES ${quoteName(table)} (${quoteName(ID)}) ON DELETE ${ON_DELETE[onDelete]}`;
}

/** The statements that give a table its external keys, when all tables are there. */
export function addReferences({ name, columns }: OwnTable): readonly string[] {
  return columns.flatMap((column) =>
    column.references === null
      ? []
      : [`ALTER TABLE ${quoteName(name)} ADD FOREIGN KEY (${quoteName(column.name)}) ${referenceOf(column.references)}`]
  );
}

function typeOf({ storage, ignoresCase }: OwnColumn, words: SchemaDialect): string {
  const type = { TEXT: words.text, INTEGER: words.integer, NUMERIC: words.number }[storage];
  return ignoresCase ? type + words.ignoresCase : type;
}

/** The conditions on a column's values, each with the classes for whose objects it holds. */
function classesByCondition(
  model: Model,
  column: OwnColumn,
  isRequired: boolean,
): ReadonlyMap<string, readonly ClassCode[]> {
  const groups = new Map<string, ClassCode[]>();
  for (const [code, attribute] of column.attributes) {
    for (const condition of conditionsOn(model, quoteName(column.name), attribute, isRequired)) {
      groups.set(condition, [...groups.get(condition) ?? [], code]);
    }
  }
  return groups;
}

/** A condition that is null, as any comparison with null is, does not refuse a value. */
function conditionsOn(model: Model, name: string, attribute: ColumnAttribute, isRequired: boolean): readonly string[] {
  const conditions: string[] = [];
  if (isNeverNull(attribute) && !isRequired) conditions.push(`${name} IS NOT NULL`);
  if (isText(attribute) && !attribute.nullAllowed) conditions.push(`${name} <> ''`);
  const values = allowedValues(model, attribute);
  if (values !== null) conditions.push(`${name} IN (${values.map(quoteText).join(", ")})`);
  return conditions;
}

function isNeverNull(attribute: ColumnAttribute): boolean {
  return isText(attribute) || !attribute.nullAllowed;
}

function allowedValues(model: Model, attribute: ColumnAttribute): readonly string[] | null {
  switch (attribute.kind) {
    case "enum":
      return attribute.values.map((value) => value.code);
    case "language":
      return model.languages;
    case "boolean":
      return ["yes", "no"];
    default:
      return null;
  }
}
