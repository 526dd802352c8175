/** Which table and column holds an attribute: one table for each root class, with the columns of all its subclasses. */
import { classOf, FINAL_CLASS, isColumn } from "../../model/look_up.ts";
import type {
  AttributeCode,
  ClassCode,
  ColumnAttribute,
  ExternalKeyAttribute,
  Model,
  ModelClass,
} from "../../model/model.ts";

/** Columns that no attribute of a model fills, in lower case; that of the class is called as the attribute which shows it. */
export { FINAL_CLASS };
export const OBSOLESCENCE_DATE = "obsolescence_date";
const OWN_COLUMNS: readonly string[] = ["id", FINAL_CLASS, OBSOLESCENCE_DATE];

/** What a column holds. Two attributes share one column only when they agree in all of it. */
export interface ColumnType {
  readonly storage: "TEXT" | "INTEGER" | "NUMERIC";
  /** Compared without regard to ASCII case. */
  readonly ignoresCase: boolean;
  readonly references: { readonly table: string; readonly onDelete: ExternalKeyAttribute["onDelete"] } | null;
}

export interface TableColumn extends ColumnType {
  readonly name: string;
  /** The attribute that the column holds for objects of each concrete class; null for objects of other classes. */
  readonly attributes: ReadonlyMap<ClassCode, ColumnAttribute>;
}

export interface Table {
  readonly name: string;
  readonly root: ModelClass;
  readonly columns: readonly TableColumn[];
  readonly hasObsolescenceDate: boolean;
}

/** A column of which more classes may still turn out to use it. */
interface GrowingColumn extends TableColumn {
  readonly attributes: Map<ClassCode, ColumnAttribute>;
}

interface GrowingTable {
  readonly columns: GrowingColumn[];
  /** The column of an attribute, by `columnKey`. */
  readonly places: Map<string, GrowingColumn>;
}

interface Layout {
  /** By root class. */
  readonly tables: ReadonlyMap<ClassCode, Table>;
  /** Column names by `columnKey`. */
  readonly columnNames: ReadonlyMap<string, string>;
}

const layouts = new WeakMap<Model, Layout>();

/** The tables of a model, in its order of root classes. */
export function tablesOf(model: Model): readonly Table[] {
  return [...layoutOf(model).tables.values()];
}

/** The table that holds the objects of a class. */
export function tableOf(model: Model, code: ClassCode): Table {
  const table = layoutOf(model).tables.get(classOf(model, code).root);
  if (table === undefined) throw new Error(`class ${code} has no table`);
  return table;
}

/**
 * The name of the column that holds an attribute of a class.
 * @throws Error when the attribute is no column: the caller asks only for those that are
 */
export function columnName(model: Model, code: ClassCode, attribute: AttributeCode): string {
  const name = layoutOf(model).columnNames.get(columnKey(code, attribute));
  if (name === undefined) throw new Error(`${code}.${attribute} has no column`);
  return name;
}

/** The name of a root class's table. */
export function tableName(root: ClassCode): string {
  return root.toLowerCase();
}

function columnKey(code: ClassCode, attribute: AttributeCode): string {
  return `${code}.${attribute}`;
}

function layoutOf(model: Model): Layout {
  const known = layouts.get(model);
  if (known !== undefined) return known;
  const tables = new Map<ClassCode, Table>();
  const columnNames = new Map<string, string>();
  for (const root of model.classes.values()) {
    if (root.parent !== null) continue;
    const { columns, places } = growTable(model, root);
    for (const [key, column] of places) columnNames.set(key, column.name);
    const members = membersOf(model, root);
    const hasObsolescenceDate = members.some((member) =>
      [...member.attributes.values()].some(({ kind }) => kind === "obsolescence_date")
    );
    tables.set(root.code, { name: tableName(root.code), root, columns, hasObsolescenceDate });
  }
  const layout = { tables, columnNames };
  layouts.set(model, layout);
  return layout;
}

/** The classes of a table, parents before their subclasses. */
function membersOf(model: Model, root: ModelClass): readonly ModelClass[] {
  const depth = (member: ModelClass): number => member.parent === null ? 0 : depth(classOf(model, member.parent)) + 1;
  const members = [...model.classes.values()].filter((member) => member.root === root.code);
  return members.sort((a, b) => depth(a) - depth(b));
}

function growTable(model: Model, root: ModelClass): GrowingTable {
  const table: GrowingTable = { columns: [], places: new Map() };
  for (const member of membersOf(model, root)) {
    for (const attribute of member.attributes.values()) {
      if (!isColumn(attribute)) continue;
      const column = inheritedColumn(table, member, attribute) ?? ownColumn(model, table, member, attribute);
      table.places.set(columnKey(member.code, attribute.code), column);
      if (!member.abstract) column.attributes.set(member.code, attribute);
    }
  }
  return table;
}

function inheritedColumn(
  table: GrowingTable,
  member: ModelClass,
  attribute: ColumnAttribute,
): GrowingColumn | undefined {
  return member.parent === null ? undefined : table.places.get(columnKey(member.parent, attribute.code));
}

/** A column for an attribute that the parent class does not have: that of a sibling which declares the same, or a new one. */
function ownColumn(
  model: Model,
  table: GrowingTable,
  member: ModelClass,
  attribute: ColumnAttribute,
): GrowingColumn {
  const type = columnType(model, attribute);
  const sibling = table.columns.find((column) => column.name === attribute.code && isSameType(column, type));
  if (sibling !== undefined) return sibling;
  const taken = new Set([...OWN_COLUMNS, ...table.columns.map((column) => column.name.toLowerCase())]);
  let name = attribute.code;
  if (taken.has(name.toLowerCase())) name = `${attribute.code}__${member.code}`;
  while (taken.has(name.toLowerCase())) name += "_";
  const column = { ...type, name, attributes: new Map() };
  table.columns.push(column);
  return column;
}

function isSameType(a: ColumnType, b: ColumnType): boolean {
  return a.storage === b.storage && a.ignoresCase === b.ignoresCase &&
    a.references?.table === b.references?.table && a.references?.onDelete === b.references?.onDelete;
}

function columnType(model: Model, attribute: ColumnAttribute): ColumnType {
  switch (attribute.kind) {
    case "external_key": {
      const table = tableName(classOf(model, attribute.target).root);
      return { storage: "INTEGER", ignoresCase: false, references: { table, onDelete: attribute.onDelete } };
    }
    case "integer":
      return { storage: "INTEGER", ignoresCase: false, references: null };
    case "decimal":
      return { storage: "NUMERIC", ignoresCase: false, references: null };
    default:
      return { storage: "TEXT", ignoresCase: isText(attribute), references: null };
  }
}

/** Whether the attribute is text of any kind: compared without regard to case, and never null. */
export function isText(attribute: ColumnAttribute): boolean {
  return TEXT_KINDS.has(attribute.kind);
}

const TEXT_KINDS: ReadonlySet<ColumnAttribute["kind"]> = new Set(
  ["string", "text", "html", "email", "phone", "url", "ip"] as const,
);
