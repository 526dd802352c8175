/** What a file says of a database that we did not make, which no schema can tell (`--model=FILE`), as plain data that was read and checked. */
import type { Labels, LanguageCode } from "../model.ts";
import type { DateStorage } from "./derived_model.ts";

/** It is laid over what is derived of the schema. Names are those of tables and columns, as they are. */
export interface Overlay {
  readonly classes: { readonly [table: string]: ClassOverlay };
}

/** Left out: as it is derived. */
export interface ClassOverlay {
  readonly labels?: Labels;
  /** Names of columns. */
  readonly reconciliationKeys?: readonly string[];
  /** `{first_name} {last_name}`; a brace is written twice. */
  readonly friendlyName?: string;
  /** It is no class. */
  readonly hidden?: boolean;
  readonly attributes?: { readonly [column: string]: AttributeOverlay };
}

export interface AttributeOverlay {
  readonly kind?: OverlayKind;
  /** How dates are stored; of a boolean what is no and what is yes. */
  readonly stored?: DateStorage | readonly [no: string | number, yes: string | number];
  readonly values?: readonly { readonly code: string; readonly labels: Labels }[];
  /** In characters. */
  readonly length?: number;
  readonly null?: boolean;
  /** An empty cell is the empty text. */
  readonly empty?: "text";
  /** `TABLE`, or `TABLE.COLUMN`: an external key that the schema does not declare. */
  readonly target?: string;
  readonly default?: { readonly sql: string };
  readonly generate?: "uuid" | "hex32";
  readonly collation?: string;
  readonly labels?: Labels;
  readonly aliases?: ReadonlyMap<LanguageCode, readonly string[]>;
}

/** Kinds that a column may have which was declared as another one. */
export type OverlayKind =
  | "string"
  | "text"
  | "html"
  | "email"
  | "phone"
  | "url"
  | "ip"
  | "ipv4"
  | "enum"
  | "boolean"
  | "integer"
  | "number"
  | "decimal"
  | "loose"
  | "date"
  | "datetime";

/** What an overlay names and the schema does not have, or what does not go with it. */
export type OverlayProblem =
  & {
    /** JSON path: `$.classes.Book.attributes.author_id.target`. */
    readonly path: string;
  }
  & (
    | { readonly kind: "unknown_table"; readonly name: string; readonly nearest: string | null }
    | { readonly kind: "no_table"; readonly name: string; readonly found: "view" | "virtual" | "shadow" | "no_handle" }
    | {
      readonly kind: "unknown_column";
      readonly table: string;
      readonly name: string;
      readonly nearest: string | null;
    }
    /** Rows of the target cannot be told apart by the column, or by a key of the table. */
    | { readonly kind: "target_not_unique"; readonly table: string; readonly column: string | null }
    /** A CHECK does not know the value. */
    | { readonly kind: "unknown_value"; readonly found: string; readonly allowed: readonly string[] }
    /** What is said goes with other kinds only. */
    | { readonly kind: "not_for_kind"; readonly property: string; readonly found: string }
    /** An enumeration without values, a decimal whose digits the column does not declare. */
    | { readonly kind: "incomplete_kind"; readonly found: "enum" | "decimal" }
    | { readonly kind: "bad_template"; readonly found: string }
  );
