/** Why the rows of a table cannot be written, whatever they are. */
import type { BrokenKey } from "../model/derive/broken_keys.ts";

/** What of a schema calls a function, or compares by a collation. */
export interface SchemaPart {
  readonly type: "trigger" | "index" | "table" | "view";
  readonly name: string;
  /** The table that it belongs to. */
  readonly table: string;
}

export type WriteObstacle =
  & {
    /** The class that is to be written. */
    readonly class: string;
  }
  & (
    /** Only the program that owns the database has it. `by` null: nobody can be found who asks for it. */
    | { readonly kind: "function" | "collation"; readonly name: string; readonly by: SchemaPart | null }
    | { readonly kind: "foreign_key"; readonly key: BrokenKey }
    /** In SQLite's words. */
    | { readonly kind: "other"; readonly reason: string }
  );
