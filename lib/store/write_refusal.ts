/** What a database refuses to write: its own rules, beside those of the model. */
import type { NewObject, ObjectUpdate } from "./objects.ts";

/** Why a write was refused. The words are in `messages/write_problems.ts`. */
export interface WriteRefusal {
  readonly kind: "refused_write";
  /** `trigger`: a trigger raised it; `expression`: what the schema computes of the row cannot be; `stored`: what is stored cannot be told, and the text says why. */
  readonly rule: "unique" | "check" | "foreign_key" | "not_null" | "type" | "trigger" | "expression" | "stored";
  /** The name of the constraint, or of its columns, as the database tells it; null: it tells none. */
  readonly constraint: string | null;
  /** What the database says, in its own words. */
  readonly text: string;
}

/** A write that was handed over and refused. */
export interface RefusedWrite {
  /** The same object as was handed over. */
  readonly write: NewObject | ObjectUpdate;
  readonly refusal: WriteRefusal;
}
