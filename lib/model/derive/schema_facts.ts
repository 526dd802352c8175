/** What a database that we did not make tells of its tables, as plain data: a model is derived of it by a pure function. */

/** All that is in the database; the order is its own. */
export interface SchemaFacts {
  readonly tables: readonly TableFacts[];
  readonly triggers: readonly TriggerFacts[];
}

export interface TableFacts {
  readonly name: string;
  readonly type: "table" | "view" | "virtual" | "shadow";
  /** The rows of a strict table have the declared types; one without rowid is addressed by its key. */
  readonly isStrict: boolean;
  readonly hasRowid: boolean;
  /** A rowid is never used twice. */
  readonly isAutoincrement: boolean;
  /** Generated ones too. Of a view none. */
  readonly columns: readonly ColumnFacts[];
  readonly foreignKeys: readonly ForeignKeyFacts[];
  /** In the order in which they were made; that of the primary key too, where it has one. */
  readonly indexes: readonly IndexFacts[];
  /** The statement that made it; empty: unknown. */
  readonly sql: string;
}

export interface ColumnFacts {
  readonly name: string;
  /** As it was declared; empty: without a type. */
  readonly type: string;
  readonly isNotNull: boolean;
  /** SQL of the default; null: there is none. */
  readonly default: string | null;
  /** The place in the primary key, from 1; 0: it is not part of it. */
  readonly keyPlace: number;
  readonly isGenerated: boolean;
  /** `BINARY`, `NOCASE` … */
  readonly collation: string;
}

export interface ForeignKeyFacts {
  readonly table: string;
  readonly columns: readonly string[];
  /** Of the other table; null: its primary key is meant. */
  readonly referenced: readonly string[] | null;
  /** `NO ACTION`, `CASCADE`, `SET NULL`, `SET DEFAULT`, `RESTRICT` */
  readonly onDelete: string;
  /** The same of a row whose referenced columns change. */
  readonly onUpdate: string;
}

export interface IndexFacts {
  readonly name: string;
  readonly isUnique: boolean;
  readonly isPartial: boolean;
  /** Made by PRIMARY KEY (`pk`), by UNIQUE (`u`), by CREATE INDEX (`c`). */
  readonly origin: "pk" | "u" | "c";
  /** The columns that it is sorted by; the name is null where it is an expression. */
  readonly columns: readonly { readonly name: string | null; readonly collation: string }[];
}

export interface TriggerFacts {
  readonly name: string;
  readonly table: string;
  readonly sql: string;
}
