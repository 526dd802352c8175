/** A model that was derived of a database, and where in it everything is. */
import type { AttributeCode, ClassCode, Model } from "../model.ts";
import type { TableFacts } from "./schema_facts.ts";

export interface DerivedModel {
  readonly model: Model;
  /** Of each class. */
  readonly tables: ReadonlyMap<ClassCode, DerivedTable>;
  /** Those that an overlay hides, by their names: what refers to rows of others may go along with these all the same. */
  readonly hidden: ReadonlyMap<string, DerivedTable>;
  /** What is there and no class: views, virtual tables and the tables in which these keep their rows, tables that cannot be addressed. */
  readonly others: ReadonlyMap<string, "view" | "virtual" | "shadow" | "no_handle" | "hidden">;
}

/** What tells the rows of a table apart, in reports and in the log. */
export interface DerivedKey {
  /** One at least, in their order. */
  readonly columns: readonly DerivedColumn[];
  /** The only column is the rowid by another name. */
  readonly isRowid: boolean;
  /** Its columns can hold null nowhere. */
  readonly isNeverNull: boolean;
}

export interface DerivedTable {
  readonly class: ClassCode;
  /** As it is. */
  readonly name: string;
  /** Null: nothing but the rowid tells rows apart. */
  readonly key: DerivedKey | null;
  /** The name under which a statement finds the rowid; null: the table has none. */
  readonly rowid: "rowid" | "_rowid_" | "oid" | null;
  readonly isAutoincrement: boolean;
  /** Those that are attributes, by their code; bytes too. */
  readonly columns: ReadonlyMap<AttributeCode, DerivedColumn>;
  /** Unique constraints and indexes that are neither partial nor of expressions, in the order in which they were made. */
  readonly uniques: readonly { readonly name: string; readonly columns: readonly DerivedColumn[] }[];
  /** Names of columns by which an index of the database begins, or the table itself is sorted, each with the collation of that index. */
  readonly indexes: readonly (readonly { readonly name: string; readonly collation: string }[])[];
  readonly facts: TableFacts;
}

export interface DerivedColumn {
  /** As it is. */
  readonly name: string;
  readonly attribute: AttributeCode;
  readonly affinity: "TEXT" | "INTEGER" | "REAL" | "NUMERIC" | "BLOB";
  /** By which values are looked up (rule 24). */
  readonly collation: string;
  readonly isNotNull: boolean;
  readonly isGenerated: boolean;
  /** Holds the empty text where there is no value, and not null (rule 15). */
  readonly emptyIsText: boolean;
  /** SQL; null: there is none. */
  readonly default: string | null;
  /** SQL that an overlay has in its place: a statement that makes a row must give it; null: there is none. */
  readonly fill: string | null;
  /** What a new row gets there that the file does not give; null: what the database gives. */
  readonly generate: "uuid" | "hex32" | null;
  readonly form: StoredForm;
  /** The column whose value it holds; null: it is no external key. */
  readonly references: { readonly class: ClassCode; readonly column: string } | null;
}

/** How values of an attribute are stored. */
export type StoredForm =
  | { readonly kind: "text" }
  /** 64 bits. */
  | { readonly kind: "integer" }
  | { readonly kind: "number" }
  | { readonly kind: "decimal"; readonly decimals: number }
  /** Any value as it is; numeric: a plain number becomes one. */
  | { readonly kind: "loose"; readonly isNumeric: boolean }
  | { readonly kind: "boolean"; readonly no: number | string; readonly yes: number | string }
  | { readonly kind: "enum"; readonly areIntegers: boolean }
  | { readonly kind: "date"; readonly holds: "date" | "datetime"; readonly as: DateStorage }
  /** An external key: the value of the column that it refers to. */
  | { readonly kind: "reference" }
  | { readonly kind: "bytes" };

export type DateStorage =
  | "text"
  | "unix_seconds"
  | "unix_milliseconds"
  | "unix_microseconds"
  | "mac_seconds"
  | "julian_days";
