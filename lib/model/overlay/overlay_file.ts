/** An overlay as it is written by hand: JSON with comments. `overlay.schema.json` says the same to editors and to `check_overlay_shape.ts`. */
import type { DateStorage } from "../derive/derived_model.ts";
import type { OverlayKind } from "../derive/overlay_type.ts";
import type { AliasesEntry, EnumValuesEntry, LabelsEntry } from "../file/model_file.ts";

export interface OverlayFile {
  readonly $schema?: string;
  readonly classes: { readonly [table: string]: ClassOverlayEntry };
}

export interface ClassOverlayEntry {
  readonly labels?: LabelsEntry;
  readonly reconciliation_keys?: readonly string[];
  readonly friendly_name?: string;
  readonly hidden?: boolean;
  readonly attributes?: { readonly [column: string]: AttributeOverlayEntry };
}

export interface AttributeOverlayEntry {
  readonly kind?: OverlayKind;
  readonly stored?: DateStorage | readonly [no: string | number, yes: string | number];
  readonly values?: EnumValuesEntry;
  readonly length?: number;
  readonly null?: boolean;
  readonly empty?: "text";
  readonly target?: string;
  readonly default?: { readonly sql: string };
  readonly generate?: "uuid" | "hex32";
  readonly collation?: string;
  readonly labels?: LabelsEntry;
  readonly aliases?: AliasesEntry;
}
