/** What a cliff is: one thing that is different from the base case, which should not cost much more than it. */
import type { Measure } from "../measured_process.ts";
import type { Workshop } from "./workshop.ts";

/** What is done to the base case in the same step. */
export type Kind = "create" | "unchanged" | "upd10" | "upd100";

/** How many rows a report must tell of. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly issues: number;
}

export interface Step {
  readonly name: string;
  readonly rows: number;
  /** The step of the base case, of as many rows, that it is held against. */
  readonly base: Kind;
  /** The name of the database that it finds. */
  start(shop: Workshop): Promise<string>;
  /** What it does to a copy of that database. */
  readonly work: ImportWork | OtherWork;
  /** The database that it leaves is kept under this name, for the steps behind it. */
  readonly keep?: string;
}

export interface ImportWork {
  /** Those of an import but for the database. */
  args(shop: Workshop): readonly string[];
  readonly exitCode: number;
  /** Null: the report does not tell, or nobody has counted. */
  readonly counts: Counts | null;
}

export interface OtherWork {
  measure(shop: Workshop, database: string): Promise<Measure>;
}

export interface Cliff {
  readonly name: string;
  readonly about: string;
  /** As many as show it best. */
  readonly rows: number;
  /** It is never tried with more rows than it has by itself. */
  readonly isSmall?: true;
  /** Times the processor time of the base case; null: it may take as long as it does. */
  readonly limit: number | null;
  steps(rows: number): readonly Step[];
}

/** Times the processor time of the base case that any case may take, unless more is said of it. */
export const USUAL_LIMIT = 1.5;
/** Times the ratio of 20,000 rows that the ratio of 80,000 may be. */
export const GROWTH_LIMIT = 1.2;
/** MiB that any step may hold at once, but for single rows that are larger. */
export const MEMORY_LIMIT = 160;
