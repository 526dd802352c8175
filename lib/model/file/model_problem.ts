/** What can be wrong with a model file. The words are in `messages/model.ts`. */

/** What an attribute was expected to be. */
export type ExpectedAttribute =
  | "value"
  | "stored_value"
  | "external_key"
  | "hierarchical_key"
  | "key_to_class"
  | "enum"
  | "organization"
  | "text"
  | "password"
  | "language"
  | "link_set";

/** Form of a text that a pattern checks: the schema's `format`. */
export type TextForm = "code" | "language" | "words";

/** The text is no JSON with comments. */
export interface SyntaxProblem {
  readonly kind: "syntax";
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** What stood there; null: the text ended too early. */
  readonly found: string | null;
}

/** Lists and objects in each other, more than any model needs. */
export interface DepthProblem {
  readonly kind: "too_deep";
  /** Of the first bracket that is too deep, from 1. */
  readonly line: number;
  readonly most: number;
}

interface At {
  /** JSON path of what is wrong: `$.classes.Book.attributes.author_id.target`. */
  readonly path: string;
}

type NameProblem =
  | { readonly kind: "repeated_property"; readonly name: string; readonly line: number }
  | {
    readonly kind: "unknown_property";
    readonly name: string;
    readonly nearest: string | null;
    readonly known: readonly string[];
  }
  | { readonly kind: "missing_property"; readonly name: string }
  | { readonly kind: "repeated_item"; readonly found: string }
  | { readonly kind: "wrong_form"; readonly found: string; readonly form: TextForm }
  | { readonly kind: "reserved_code"; readonly code: string }
  | { readonly kind: "reserved_class"; readonly code: string }
  | {
    readonly kind: "differs_in_case";
    readonly code: string;
    readonly other: string;
    readonly otherClass: string | null;
  };

type ValueProblem =
  | { readonly kind: "wrong_type"; readonly found: string; readonly expected: readonly string[] }
  | {
    readonly kind: "not_one_of";
    readonly found: string;
    readonly nearest: string | null;
    readonly allowed: readonly string[];
  }
  | { readonly kind: "out_of_range"; readonly found: number; readonly least: number; readonly most: number }
  | { readonly kind: "too_few_items"; readonly least: number }
  | { readonly kind: "too_many_items"; readonly most: number }
  | { readonly kind: "too_many_classes" | "too_many_attributes"; readonly found: number; readonly most: number }
  | { readonly kind: "default_too_long"; readonly found: number; readonly limit: number }
  | { readonly kind: "default_not_fitting"; readonly found: number; readonly digits: number; readonly decimals: number }
  | { readonly kind: "default_no_date"; readonly found: string; readonly expected: string }
  | { readonly kind: "repeated_value"; readonly found: string; readonly first: string }
  | { readonly kind: "template_braces"; readonly found: string }
  | { readonly kind: "template_without_attribute"; readonly found: string }
  | { readonly kind: "decimals_exceed_digits"; readonly digits: number; readonly decimals: number };

type ReferenceProblem =
  | {
    readonly kind: "unknown_language";
    readonly name: string;
    readonly nearest: string | null;
    /** In how many more places the language stands. */
    readonly more: number;
  }
  | { readonly kind: "unknown_class"; readonly name: string; readonly nearest: string | null }
  | {
    readonly kind: "unknown_attribute";
    readonly class: string;
    readonly name: string;
    readonly nearest: string | null;
  }
  | {
    readonly kind: "unsuitable_attribute";
    readonly class: string;
    readonly attribute: string;
    readonly found: string;
    readonly expected: ExpectedAttribute;
    /** The class that a key was expected to refer to. */
    readonly target?: string;
  }
  | { readonly kind: "parent_cycle"; readonly classes: readonly string[] }
  | { readonly kind: "name_cycle"; readonly attributes: readonly string[] }
  | { readonly kind: "hierarchy_elsewhere"; readonly class: string; readonly target: string }
  | { readonly kind: "set_null_not_allowed" }
  | { readonly kind: "link_class_abstract"; readonly class: string }
  | { readonly kind: "same_keys"; readonly key: string };

type InheritanceProblem =
  | { readonly kind: "other_kind"; readonly found: string; readonly inherited: string; readonly from: string }
  | { readonly kind: "not_overridable"; readonly name: string; readonly from: string }
  | { readonly kind: "computed_elsewhere"; readonly found: string; readonly code: string }
  | { readonly kind: "no_friendly_name"; readonly class: string };

type UsersProblem =
  | { readonly kind: "organizations_missing" }
  | { readonly kind: "organization_id_elsewhere"; readonly class: string; readonly organizations: string }
  | { readonly kind: "repeated_profile"; readonly found: string; readonly other: string }
  | { readonly kind: "no_administrator" }
  | { readonly kind: "users_incomplete"; readonly missing: string }
  | { readonly kind: "user_attribute_missing"; readonly class: string; readonly attribute: string }
  | { readonly kind: "user_class_abstract"; readonly class: string }
  | { readonly kind: "user_value_missing"; readonly value: string }
  | { readonly kind: "user_needs_value"; readonly attribute: string };

/** A mistake at one place of the file. */
export type PlacedProblem =
  & At
  & (NameProblem | ValueProblem | ReferenceProblem | InheritanceProblem | UsersProblem);

/** One mistake in a model file. */
export type ModelProblem = SyntaxProblem | DepthProblem | PlacedProblem;

/** Where the checks put what they find. */
export type Report = (problem: PlacedProblem) => void;
