/** A whole database, from one place to another: what is read of the one, and written to the other, whatever they are. */
import type { Layout } from "../../store/layout.ts";
import type { Later } from "../shared/steps.ts";

/** Whole numbers and texts as such. Other numbers are texts, which are exact. */
export type CopiedValue = string | number | null;

/** Values in the order of a table's columns. */
export type CopiedRow = readonly CopiedValue[];

/** What a column is for. */
export type Holds = "integer" | "number" | "text";

export interface CopiedColumn {
  readonly name: string;
  readonly holds: Holds;
}

export interface CopiedTable {
  readonly name: string;
  readonly columns: readonly CopiedColumn[];
  /** The columns of its primary key, which put the rows in an order. */
  readonly key: readonly string[];
}

export type TablesByName = ReadonlyMap<string, CopiedTable>;

/** The largest id that each table has ever had, by its name. */
export type LastIds = ReadonlyMap<string, number>;

/** The model, as the database has it. */
export interface StoredModel {
  readonly text: string;
  /** When it was stored. */
  readonly created: string;
}

/** What there is at one moment. */
export interface CopySource {
  /** As messages name it. */
  readonly name: string;
  /** @throws RunStop 78 when there is none */
  storedModel(): Later<StoredModel>;
  tables(): Later<TablesByName>;
  views(): Later<readonly string[]>;
  /** Those that csvrecon has not made. */
  triggers(): Later<readonly string[]>;
  /** All rows in the order of the key, some at a time. @throws RunStop 78 when there is one that csvrecon cannot have written */
  pages(table: CopiedTable): AsyncIterable<readonly CopiedRow[]>;
  lastIds(layout: Layout): Later<LastIds>;
}

/** A new database, before it has anything but its tables. */
export interface CopyTarget {
  tables(): Later<TablesByName>;
  /** @throws RunStop 78 when a row is refused */
  insert(table: CopiedTable, rows: readonly CopiedRow[]): Promise<void>;
  keepLastIds(last: LastIds): Later<void>;
}

/** A source that somebody has opened. */
export interface OpenedSource {
  readonly source: CopySource;
  /** Tables that only its kind of database has. */
  readonly ofItsKind: readonly string[];
  /** Does work that sees the source as it was when it was first read. */
  atOneMoment<T>(work: () => Promise<T>): Promise<T>;
  close(): void | Promise<void>;
}
