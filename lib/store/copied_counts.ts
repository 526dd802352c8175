/** What was copied of a database. */
import type { ClassCode } from "../model/model.ts";

export interface CopiedCounts {
  /** Of each class that has some, in the model's order. */
  readonly objects: ReadonlyMap<ClassCode, number>;
  /** Of the change log. */
  readonly runs: number;
  readonly entries: number;
  readonly feeds: number;
  readonly leftOut: readonly LeftOut[];
}

/** Something in the database that csvrecon has not made. */
export interface LeftOut {
  readonly kind: "table" | "column" | "view" | "trigger";
  readonly name: string;
}
