/** The layout of databases that `init` makes: one table for each root class, with the columns of all its subclasses. */
import { classOf, FINAL_CLASS, isColumn, isText } from "../../model/look_up.ts";
import type { AttributeCode, ClassCode, ColumnAttribute, Model, ModelClass } from "../../model/model.ts";
import type { Column, Layout, Mapping, Table } from "../../store/layout.ts";

/** The column of an object's id. */
export const ID = "id";
const OBSOLESCENCE_DATE = "obsolescence_date";

/** Columns that no attribute of a model fills, in lower case; that of the class is called as the attribute which shows it. */
const OWN_COLUMNS: readonly string[] = [ID, FINAL_CLASS, OBSOLESCENCE_DATE];

export interface OwnMapping extends Mapping {
  readonly layout: OwnLayout;
}

export interface OwnLayout extends Layout {
  /** In the model's order of root classes. */
  readonly tables: readonly OwnTable[];
}

export interface OwnTable extends Table {
  readonly root: ClassCode;
  readonly classColumn: string;
  readonly columns: readonly OwnColumn[];
}

export interface OwnColumn extends Column {
  readonly storage: "TEXT" | "INTEGER" | "NUMERIC";
}

/** What a column holds. Two attributes share one column only when they agree in all of it. */
type ColumnType = Omit<OwnColumn, "name" | "attributes">;

/** A column of which more classes may still turn out to use it. */
interface GrowingColumn extends OwnColumn {
  readonly attributes: Map<ClassCode, ColumnAttribute>;
}

interface GrownTable extends OwnTable {
  /** The column of an attribute, by `columnKey`. */
  readonly places: ReadonlyMap<string, OwnColumn>;
}

interface Growth {
  readonly columns: GrowingColumn[];
  readonly places: Map<string, GrowingColumn>;
}

const layouts = new WeakMap<Model, OwnLayout>();

/** The layout of a model; the same for the same model, whose tables are worked out when they are first asked for. */
export function ownLayout(model: Model): OwnLayout {
  const known = layouts.get(model);
  if (known !== undefined) return known;
  const layout = createLayout(model);
  layouts.set(model, layout);
  return layout;
}

/** A model with its layout. */
export function ownMapping(model: Model): OwnMapping {
  return { model, layout: ownLayout(model) };
}

function createLayout(model: Model): OwnLayout {
  const tables = new Map<ClassCode, GrownTable>();
  const tableOf = (code: ClassCode): GrownTable => {
    const { root } = classOf(model, code);
    const known = tables.get(root);
    if (known !== undefined) return known;
    const table = createOwnTable(model, classOf(model, root));
    tables.set(root, table);
    return table;
  };
  let all: readonly OwnTable[] | null = null;
  return {
    comparesForms: true,
    get tables() {
      all ??= [...model.classes.values()].filter(({ parent }) => parent === null).map(({ code }) => tableOf(code));
      return all;
    },
    tableOf,
    columnOf(code, attribute) {
      const column = tableOf(code).places.get(columnKey(code, attribute));
      if (column === undefined) throw new Error(`${code}.${attribute} has no column`);
      return column;
    },
  };
}

function createOwnTable(model: Model, root: ModelClass): GrownTable {
  const members = membersOf(model, root);
  const keepsDate = members.some((member) =>
    [...member.attributes.values()].some(({ kind }) => kind === "obsolescence_date")
  );
  return {
    name: tableName(root.code),
    root: root.code,
    key: [ID],
    classes: root.concreteClasses,
    classColumn: FINAL_CLASS,
    obsolescenceDate: keepsDate ? OBSOLESCENCE_DATE : null,
    ...growColumns(model, members),
  };
}

/** The name of a root class's table. */
function tableName(root: ClassCode): string {
  return root.toLowerCase();
}

function columnKey(code: ClassCode, attribute: AttributeCode): string {
  return `${code}.${attribute}`;
}

/** The classes of a table, parents before their subclasses. */
function membersOf(model: Model, root: ModelClass): readonly ModelClass[] {
  const depth = (member: ModelClass): number => member.parent === null ? 0 : depth(classOf(model, member.parent)) + 1;
  const members = [...model.classes.values()].filter((member) => member.root === root.code);
  return members.sort((a, b) => depth(a) - depth(b));
}

function growColumns(model: Model, members: readonly ModelClass[]): Growth {
  const growth: Growth = { columns: [], places: new Map() };
  for (const member of members) {
    for (const attribute of member.attributes.values()) {
      if (!isColumn(attribute)) continue;
      const column = inheritedColumn(growth, member, attribute) ?? ownColumn(model, growth, member, attribute);
      growth.places.set(columnKey(member.code, attribute.code), column);
      if (!member.abstract) column.attributes.set(member.code, attribute);
    }
  }
  return growth;
}

function inheritedColumn(growth: Growth, member: ModelClass, attribute: ColumnAttribute): GrowingColumn | undefined {
  return member.parent === null ? undefined : growth.places.get(columnKey(member.parent, attribute.code));
}

/** A column for an attribute that the parent class does not have: that of a sibling which declares the same, or a new one. */
function ownColumn(model: Model, { columns }: Growth, member: ModelClass, attribute: ColumnAttribute): GrowingColumn {
  const type = columnType(model, attribute);
  const sibling = columns.find((column) => column.name === attribute.code && isSameType(column, type));
  if (sibling !== undefined) return sibling;
  const taken = new Set([...OWN_COLUMNS, ...columns.map((column) => column.name.toLowerCase())]);
  let name = attribute.code;
  if (taken.has(name.toLowerCase())) name = `${attribute.code}__${member.code}`;
  while (taken.has(name.toLowerCase())) name += "_";
  const column = { ...type, name, attributes: new Map() };
  columns.push(column);
  return column;
}

function isSameType(a: ColumnType, b: ColumnType): boolean {
  return a.storage === b.storage && a.ignoresCase === b.ignoresCase &&
    a.references?.table === b.references?.table && a.references?.onDelete === b.references?.onDelete;
}

function columnType(model: Model, attribute: ColumnAttribute): ColumnType {
  const plain = { ignoresCase: false, emptyIsText: false, references: null };
  switch (attribute.kind) {
    case "external_key": {
      const table = tableName(classOf(model, attribute.target).root);
      return { ...plain, storage: "INTEGER", references: { table, onDelete: attribute.onDelete } };
    }
    case "integer":
      return { ...plain, storage: "INTEGER" };
    case "decimal":
      return { ...plain, storage: "NUMERIC" };
    default:
      return { ...plain, storage: "TEXT", ignoresCase: ignoresCase(attribute), emptyIsText: isText(attribute) };
  }
}

function ignoresCase(attribute: ColumnAttribute): boolean {
  return isText(attribute) && !attribute.countsCase;
}
