/** CREATE INDEX for what a model promises: uniqueness rules, and the links of an object. */
import { attributeOf, classOf, isColumn, isText } from "../../model/look_up.ts";
import type { AttributeCode, ModelClass, UniquenessRule } from "../../model/model.ts";
import type { Column, Mapping, Table } from "../../store/layout.ts";
import { classCondition } from "./class_condition.ts";
import type { IndexedColumn, SchemaDialect } from "./dialect.ts";
import { quoteName } from "./sql_text.ts";
import { SQLITE_DIALECT } from "./sqlite_dialect.ts";

export interface TableIndex {
  /** With a point, which no code has: an index cannot bear the name of a table. */
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
  /** Only rows that meet the condition are in the index; null: all. */
  readonly condition: string | null;
}

/** The indexes of a new database. Others are added for the reconciliation keys that are really used: see `search_index.ts`. */
export function indexesOf(mapping: Mapping): readonly TableIndex[] {
  const classes = [...mapping.model.classes.values()];
  const unique = classes.flatMap((modelClass) =>
    modelClass.uniquenessRules.flatMap((rule) => uniquenessIndex(mapping, modelClass, rule) ?? [])
  );
  const links = classes.flatMap((modelClass) => linkIndexes(mapping, modelClass));
  const byName = new Map(links.filter((link) => !isServedBy(link, unique)).map((link) => [link.name, link]));
  return [...unique, ...byName.values()];
}

export function createIndex(
  index: TableIndex,
  words: SchemaDialect = SQLITE_DIALECT.schema,
  indexed: (column: string) => IndexedColumn = plainColumn,
): string {
  const kind = index.unique ? "UNIQUE INDEX" : "INDEX";
  const where = index.condition === null ? "" : ` WHERE ${index.condition}`;
  const columns = index.columns.map((column) => words.indexed(indexed(column), index.unique)).join(", ");
  return `CREATE ${kind} ${quoteName(words.indexName(index.name))} ON ${quoteName(index.table)} (${columns})${where}`;
}

function plainColumn(name: string): IndexedColumn {
  return { name, ignoresCase: false, isLong: false };
}

/** What is to be known of the columns of a table, to index them. */
export function indexedColumns({ columns }: Table): (column: string) => IndexedColumn {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return (name) => {
    const column = byName.get(name);
    return column === undefined ? plainColumn(name) : { name, ignoresCase: column.ignoresCase, isLong: isLong(column) };
  };
}

/** In characters: longer texts do not surely fit into a page of an index. */
const LONGEST_INDEXED = 255;

export function isLong({ attributes }: Column): boolean {
  return [...attributes.values()].some((attribute) =>
    isText(attribute) && (!("maxLength" in attribute) || attribute.maxLength > LONGEST_INDEXED)
  );
}

/**
 * The index behind a blocking rule; null when the rule speaks of attributes of other objects, which no index can hold. It is
 * looser than the rule where a value is null: to SQLite two nulls differ.
 */
function uniquenessIndex({ layout }: Mapping, modelClass: ModelClass, rule: UniquenessRule): TableIndex | null {
  const codes = [...rule.attributes, ...rule.unlessEmpty];
  const areColumns = codes.every((code) => isColumn(attributeOf(modelClass, code)));
  if (rule.declaredBy !== modelClass.code || !rule.blocking || !areColumns) return null;
  const ofClass = classCondition(layout, modelClass, "");
  const conditions = [...(ofClass === null ? [] : [ofClass]), ...rule.unlessEmpty.map(notEmpty)];
  return {
    name: `unique_${modelClass.code}.${rule.name}`,
    table: layout.tableOf(modelClass.code).name,
    columns: rule.attributes.map((code) => layout.columnOf(modelClass.code, code).name),
    unique: true,
    condition: conditions.length === 0 ? null : conditions.join(" AND "),
  };

  function notEmpty(code: AttributeCode): string {
    const { name, emptyIsText } = layout.columnOf(modelClass.code, code);
    return emptyIsText ? `${quoteName(name)} <> ''` : `${quoteName(name)} IS NOT NULL`;
  }
}

/** Both external keys of the link classes that a class's link sets go through. */
function linkIndexes({ model, layout }: Mapping, modelClass: ModelClass): readonly TableIndex[] {
  return [...modelClass.attributes.values()].flatMap((attribute) => {
    if (attribute.kind !== "link_set") return [];
    const link = classOf(model, attribute.linkClass);
    const table = layout.tableOf(link.code).name;
    return [attribute.keyToThis, attribute.keyToRemote].map((key): TableIndex => {
      const column = layout.columnOf(link.code, key).name;
      return { name: `link_${table}.${column}`, table, columns: [column], unique: false, condition: null };
    });
  });
}

/** Whether one of the others begins with the index's only column, for all rows. */
function isServedBy(index: TableIndex, others: readonly TableIndex[]): boolean {
  return others.some((other) =>
    other.table === index.table && other.condition === null && other.columns[0] === index.columns[0]
  );
}
