/**
 * Where a database keeps the objects of a model, as a value: names of tables and columns, and what SQL has to know of them. The layout of
 * a database that `init` made follows from its model; that of another one may be told as well as it likes.
 */
import type { AttributeCode, ClassCode, ColumnAttribute, ExternalKeyAttribute, Model } from "../model/model.ts";

/** A model, and where its objects are. */
export interface Mapping {
  readonly model: Model;
  readonly layout: Layout;
}

/** What a database gives of a model when it is asked for objects. */
export type LayoutOf = (model: Model) => Layout;

export interface Layout {
  /**
   * Texts are the same when `compared_text.ts` says so, for which the database has tables of its own. False: when the database's own
   * comparison finds them equal.
   */
  readonly comparesForms: boolean;
  /** Every table, for those who ask what refers to one; a table that is asked for by itself may cost less. */
  readonly tables: readonly Table[];
  /** The table that holds the objects of a class, abstract ones included. @throws Error when there is none */
  tableOf(code: ClassCode): Table;
  /**
   * The column that holds an attribute of a class.
   * @throws Error when the attribute is no column: the caller asks only for those that are
   */
  columnOf(code: ClassCode, attribute: AttributeCode): Column;
}

export interface Table {
  readonly name: string;
  /** The columns that tell one object from another: its id is their value, and what external keys hold. One at least. */
  readonly key: readonly string[];
  /** The concrete classes whose objects it holds. */
  readonly classes: readonly ClassCode[];
  /** The column that tells the real class of an object; null: there is one class only, and no column. */
  readonly classColumn: string | null;
  /** The column that tells since when an object is obsolete; null: no date is kept. */
  readonly obsolescenceDate: string | null;
  /** Those that hold attributes. */
  readonly columns: readonly Column[];
}

export interface Column {
  readonly name: string;
  /** Compared without regard to case: by the database to that of ASCII letters. */
  readonly ignoresCase: boolean;
  /** Holds the empty text where there is no value; false: holds null. */
  readonly emptyIsText: boolean;
  /** The table whose key it holds, and what happens to its object when that one is deleted; null: it is no external key. */
  readonly references: { readonly table: string; readonly onDelete: ExternalKeyAttribute["onDelete"] } | null;
  /** The attribute that the column holds for objects of each concrete class; null for objects of other classes. */
  readonly attributes: ReadonlyMap<ClassCode, ColumnAttribute>;
}
