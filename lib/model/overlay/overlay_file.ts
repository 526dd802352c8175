/** An overlay as it is written by hand: JSON with comments. `overlay.schema.json` says the same to editors and to `check_overlay_shape.ts`. */
import type { AttributeOverlay } from "../derive/overlay_type.ts";
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

/** What an overlay says of a column, with texts and values as they are written. */
export interface AttributeOverlayEntry extends Omit<AttributeOverlay, "values" | "labels" | "aliases"> {
  readonly values?: EnumValuesEntry;
  readonly labels?: LabelsEntry;
  readonly aliases?: AliasesEntry;
}
