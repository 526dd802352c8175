/**
 * The model as it is written by hand: JSON with comments. `model.schema.json` says the same to editors and to `check_model_shape.ts`,
 * with the meaning of each property; `resolve_model.ts` turns it into a `Model`.
 */
import type { AttributeKind } from "../model.ts";

/** One text for the model's first language, or a text for each language. */
export type LabelsEntry = string | { readonly [language: string]: string };

/** The same for lists of names. */
export type AliasesEntry = readonly string[] | { readonly [language: string]: readonly string[] };

/** Codes alone, codes with their labels, or an object `code: labels`. */
export type EnumValuesEntry =
  | readonly (string | { readonly code: string; readonly labels?: LabelsEntry })[]
  | { readonly [code: string]: LabelsEntry };

/** Which of the properties an attribute may have depends on its kind. */
export interface AttributeEntry {
  /** Left out when the entry changes an inherited or a generated attribute. */
  readonly kind?: AttributeKind;
  readonly labels?: LabelsEntry;
  readonly aliases?: AliasesEntry;
  /** Default: true. */
  readonly null?: boolean;
  readonly default?: string | number | boolean | null;
  readonly length?: number;
  /** Case counts when texts are compared. Default: it does not. */
  readonly compare?: "exact";
  readonly digits?: number;
  readonly decimals?: number;
  readonly values?: EnumValuesEntry;
  readonly target?: string;
  readonly hierarchical?: boolean;
  readonly on_delete?: "restrict" | "cascade" | "set_null";
  readonly key?: string;
  readonly attribute?: string;
  readonly link_class?: string;
  readonly key_to_this?: string;
  readonly key_to_remote?: string;
  readonly listed_class?: string;
}

export interface UniquenessEntry {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly unless_empty?: readonly string[];
  /** Default: true. */
  readonly blocking?: boolean;
  readonly messages?: LabelsEntry;
}

export interface ClassEntry {
  readonly labels?: LabelsEntry;
  readonly parent?: string;
  /** Default: false. */
  readonly abstract?: boolean;
  /** Default: the parent's. */
  readonly reconciliation_keys?: readonly string[];
  /** Default: the parent's, else `{name}`, else the first reconciliation key. */
  readonly friendly_name?: string;
  /** Default: the parent's. */
  readonly organization?: string;
  /** Default: the parent's. */
  readonly obsolete_when?: { readonly attribute: string; readonly value: string };
  /** Labels of `finalclass`. Default: the parent's, else `<label> sub-class`. */
  readonly subclass_labels?: LabelsEntry;
  readonly unique?: readonly UniquenessEntry[];
  readonly attributes?: { readonly [code: string]: AttributeEntry };
}

export interface ProfileEntry {
  readonly id: number;
  readonly name: string;
  /** Default: the name. */
  readonly description?: string;
  /** Default: false. */
  readonly administrator?: boolean;
  readonly bulk_write?: readonly string[];
}

export interface ModelFile {
  readonly $schema?: string;
  readonly name: string;
  /** Default: `EN US` alone. */
  readonly languages?: readonly string[];
  readonly organizations?: { readonly class: string; readonly parent?: string };
  readonly classes: { readonly [code: string]: ClassEntry };
  /** Default: one profile, `1 Administrator`. */
  readonly profiles?: readonly ProfileEntry[];
}

/** The language of a model that names none. */
export const DEFAULT_LANGUAGES: readonly string[] = ["EN US"];
