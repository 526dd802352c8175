/** What databases say otherwise of what every statement about objects of ours needs. */
import type { Mapping } from "../../store/layout.ts";

export interface Dialect {
  /** A number as text, with so many digits behind the point. */
  fixed(number: string, decimals: number): string;
  /** A value that is part of a text. */
  piece(value: string): string;
  /** The same as a value that is no null. */
  is(value: string, constant: string): string;
  /** A text whose ASCII letters have no case, to compare and to order by. */
  folded(text: string): string;
  /** A text by its bytes, to order by. */
  exact(text: string): string;
  /** What ORDER BY says of a value: nothing comes first. */
  ascending(value: string): string;
  /** A number that no index is to be searched by. */
  unindexed(value: string): string;
  /** A text in JSON. */
  jsonText(text: string): string;
  /** What a column of numbers has, as `loggedValue` tells it. */
  storedDecimal(column: string, decimals: number): string;
  /** The table that holds the ids of the organisations that the user may see. */
  readonly visibleOrganizations: string;
  readonly schema: SchemaDialect;
}

/** How tables and indexes are made. */
export interface SchemaDialect {
  readonly integer: string;
  readonly text: string;
  readonly number: string;
  /** A table may refer to one that is only made after it. */
  readonly refersAhead: boolean;
  /** Behind a column whose texts are the same in any case of ASCII letters. */
  readonly ignoresCase: string;
  /** A number that tells rows apart: given by the database, and never twice; counted by who writes. */
  readonly countedId: string;
  /** The same that may come again when its row is gone. */
  readonly reusedId: string;
  /** The column with the name of a user. */
  readonly userColumn: string;
  /** Behind a table whose rows stand by their keys alone. */
  readonly byKeyAlone: string;
  /** SQL of what stands for a long text in a key; null: the text itself. */
  readonly keyOfLongText: ((text: string) => string) | null;
  /** The name that an index can bear. */
  indexName(name: string): string;
  /** What an index has of a column. @param isUnique whether it holds no two rows alike */
  indexed(column: IndexedColumn, isUnique: boolean): string;
}

export interface IndexedColumn {
  readonly name: string;
  readonly ignoresCase: boolean;
  /** Its texts may be very long. */
  readonly isLong: boolean;
}

/** A model, where its objects are, and how the database is spoken to. Left out: as SQLite. */
export interface SpokenMapping extends Mapping {
  readonly dialect?: Dialect;
}
