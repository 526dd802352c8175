/**
 * What can be wrong with a row: kinds with facts. Nothing here is worded: `messages/` has the words (`cells.ts`, `values.ts`, `link_sets.ts`,
 * `duplicates.ts`, `write_problems.ts`), and the JSON report shows the facts as they are (`report/json_messages.ts`).
 */
import type { MadeCell } from "../columns/came_from.ts";
import type { Cell } from "../csv/record.ts";
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ShownId } from "../store/object_id.ts";
import type { WriteRefusal } from "../store/write_refusal.ts";
import type { ValueProblem } from "../values/value_reader.ts";
import type { RuleProblem } from "./rule_problem.ts";

/** Some objects, such as the user may see. */
export type NamedObjects = {
  readonly objects: readonly { readonly class: ClassCode; readonly id: ShownId }[];
  /** There are others. */
  readonly more: boolean;
};

/** What several columns of an external key look for, not joined. */
export interface SearchedApart {
  /** `title`, or `artist_id->name` for an external field. */
  readonly attributes: readonly string[];
  /** The values of each example. */
  readonly examples: readonly (readonly string[])[];
}

/** Why the columns of an external key mean no object, or several. */
export type KeyProblem =
  /** `examples` would have been found, each as one text; `more`: there are others. */
  | {
    readonly kind: "no_match";
    /** The cells of the key's columns, joined by a blank. */
    readonly searched: string;
    readonly target: ClassCode;
    readonly examples: readonly string[];
    readonly more: boolean;
    /** The column is to hold an id, and the cell holds none: the name of a column that would find the target; else null. */
    readonly columnByName: string | null;
    /** Only where several columns feed the key. */
    readonly apart?: SearchedApart & { readonly values: readonly string[] };
  }
  /** The same where there are objects that the user may not see: nothing is said of what was looked for. */
  | {
    readonly kind: "hidden_objects";
    readonly target: ClassCode;
    readonly examples: readonly string[];
    readonly more: boolean;
    /** Only where several columns feed the key. */
    readonly apart?: SearchedApart;
  }
  | { readonly kind: "no_objects"; readonly target: ClassCode }
  /** There are some, but none that the user may see. */
  | { readonly kind: "no_visible_objects"; readonly target: ClassCode }
  | NamedObjects & { readonly kind: "ambiguous_key"; readonly count: number }
  /** With `create_targets`: there is none, and none can be made. `searched`: the cells of the key's columns, joined by a blank. */
  | {
    readonly kind: "target_not_made";
    readonly searched: string;
    readonly target: ClassCode;
    readonly reasons: readonly NotMadeReason[];
  }
  /** With `second_pass`: what is looked for would be made by a row of the file, or renamed by it, and that row is in error. */
  | {
    readonly kind: "target_in_error";
    /** The cells of the key's columns, joined by a blank. */
    readonly searched: string;
    readonly target: ClassCode;
    /** Where that row stands. */
    readonly record: RowPlace["record"];
    readonly line: RowPlace["line"];
  }
  /** A mandatory key was left empty. */
  | { readonly kind: "key_is_null" }
  /** The same where it is a reconciliation key. */
  | { readonly kind: "missing_mandatory_key" };

/** Why a target cannot be created of the columns given for it. */
export type NotMadeReason =
  | { readonly kind: "value"; readonly attribute: AttributeCode; readonly problem: ValueProblem }
  /** Mandatory external keys of the target for which there are no columns. */
  | { readonly kind: "lacks_keys"; readonly codes: readonly AttributeCode[]; readonly labels: readonly string[] }
  /** An object has these of the class's own keys, and is otherwise in what else columns give. */
  | { readonly kind: "keys_taken"; readonly codes: readonly AttributeCode[] }
  /** What the checks of the whole object say. */
  | { readonly kind: "refused"; readonly problem: WriteProblem };

/** What an item of a link set looked for: `code=value`. */
export interface SearchedValue {
  readonly code: AttributeCode;
  readonly value: string;
}

/** The object that a link links to. */
type LinkPartner = {
  readonly key: AttributeCode;
  readonly target: ClassCode;
  readonly id: ShownId;
};

/** Why a cell is no link set. */
export type LinkProblem =
  /** A piece that is no `code:value`. */
  | { readonly kind: "link_format"; readonly found: string }
  /** A class that has no attribute `code` which a link set could give. */
  | { readonly kind: "no_link_attribute"; readonly class: ClassCode; readonly code: string }
  /** An external key's target, in which an item looks for the same attribute twice. */
  | { readonly kind: "link_attribute_twice"; readonly class: ClassCode; readonly code: string }
  | { readonly kind: "too_many_link_attributes"; readonly key: AttributeCode; readonly most: number }
  | {
    readonly kind: "link_target_not_found";
    readonly key: AttributeCode;
    readonly searched: readonly SearchedValue[];
  }
  | NamedObjects & {
    readonly kind: "link_target_ambiguous";
    readonly key: AttributeCode;
    readonly searched: readonly SearchedValue[];
    readonly count: number;
  }
  /** Mandatory attributes of the link that have no value. */
  | { readonly kind: "link_lacks"; readonly codes: readonly AttributeCode[] }
  | { readonly kind: "link_value"; readonly attribute: AttributeCode; readonly problem: ValueProblem }
  /** Two items for one object, which say different things of an attribute of the link. */
  | LinkPartner & {
    readonly kind: "link_items_disagree";
    readonly attribute: AttributeCode;
    /** As cells have them. */
    readonly values: readonly [string, string];
  }
  /** With `links=remove`: the link is there, but not as the item says; `values` as cells have them: of the link, and of the item. */
  | LinkPartner & {
    readonly kind: "link_differs";
    readonly attribute: AttributeCode;
    readonly values: readonly [string, string];
  }
  /** A link that this link set wants is in another one of the row too, which does not want it, or otherwise. */
  | LinkPartner & { readonly kind: "link_sets_disagree"; readonly other: AttributeCode }
  | DuplicateProblem;

/** An object that would break a uniqueness rule. */
export type DuplicateProblem =
  /** `objects` have the values already; none of them is stored where links of one row break the rule. */
  | NamedObjects & {
    readonly kind: "duplicate";
    /** The class that declares the rule. */
    readonly class: ClassCode;
    /** The rule's name. */
    readonly rule: string;
    /** The model's sentence in the user's language; `{code}` stands for a value. */
    readonly template: string;
    /** What the sentence tells, by code. */
    readonly values: Readonly<Record<AttributeCode, StoredValue>>;
  }
  /** By an object that the user may not see: nothing of it may be told. */
  | { readonly kind: "duplicates_hidden_object"; readonly class: ClassCode };

/** What is wrong with one cell, or with the cells of one external key. */
export type CellProblem =
  | ValueProblem
  | KeyProblem
  /** No object of an external key's target has the id. */
  | { readonly kind: "target_not_found"; readonly target: ClassCode; readonly id: string }
  /** The other columns of the key fit another object than its id. */
  | { readonly kind: "object_not_found" }
  | {
    readonly kind: "bad_link_set";
    /** The first one. */
    readonly problem: LinkProblem;
    /** Those of further items: the first ones, and how many more there are. Left out for none. */
    readonly others?: { readonly problems: readonly LinkProblem[]; readonly more: number };
  };

/** A problem and the place at which it stands. */
export interface CellTrouble {
  /** Code of the attribute or external key. */
  readonly attribute: AttributeCode;
  /** The columns as the file's header names them: several may feed an external key. */
  readonly columns: readonly string[];
  /** What was typed; null for an external key, which has no cell of its own in the report. */
  readonly cell: Cell;
  readonly problem: CellProblem;
  /** Which of the cells a map made, and of what; left out: none, or it is a password. */
  readonly made?: readonly MadeCell[];
}

/** A row, as the report names it: its index among the data records, from 0, and its line in the file, from 1. */
export interface RowPlace {
  readonly record: number;
  readonly line: number;
}

/** What removed links would take with them, or empty, by the model's `on_delete`. */
export type ConsequenceProblem = {
  readonly kind: "consequence";
  /**
   * `own_object`: it is the row's own object that would go; `earlier_row`: one that a row before it has reached; `other_feed`: one that
   * another feed still has.
   */
  readonly reason: "not_allowed" | "not_visible" | "own_object" | "earlier_row" | "other_feed";
  /** It would go along with an object that is gone from a feed; left out: with links. */
  readonly by?: "deletion";
  readonly class: ClassCode;
  /** Null: the user may not see it. */
  readonly id: ShownId | null;
  /** The external key that would be emptied; null: the object would be deleted. */
  readonly emptied: AttributeCode | null;
};

/** What speaks against writing an object whose cells are all good. */
export type WriteProblem =
  /** A mandatory attribute that has neither column nor default. */
  | { readonly kind: "missing_value"; readonly attribute: AttributeCode; readonly label: string }
  /** A row before it has reached the object, or what the row says of its links, and says otherwise (SPEC 14). */
  | { readonly kind: "twin"; readonly record: RowPlace["record"]; readonly line: RowPlace["line"] }
  /** All keys are empty, and another object without any is there: it would be changed (SPEC 14). `keys`: as the header names them. */
  | { readonly kind: "empty_keys"; readonly keys: readonly string[] }
  /** The new target of an external key would have the `keys` that another one's has, or the row's own object (null). */
  | {
    readonly kind: "target_twin";
    readonly attribute: AttributeCode;
    readonly class: ClassCode;
    readonly keys: readonly AttributeCode[];
    readonly other: AttributeCode | null;
  }
  /** A hierarchical external key that would lead back to its own object. */
  | { readonly kind: "loop"; readonly attribute: AttributeCode; readonly label: string; readonly id: ShownId }
  /** The same of one that is filled in the second reading of the file: this row and others would make a loop together. */
  | { readonly kind: "loop_of_rows"; readonly attribute: AttributeCode; readonly label: string }
  /** What the second reading would write was refused, and why is not known any more. */
  | { readonly kind: "held_back" }
  /** A case log whose cell has an entry of it otherwise. */
  | { readonly kind: "log_entry_changed"; readonly attribute: AttributeCode }
  /** An object refers to it by an external key that forbids its deletion. `id`: null: the user may not see it. */
  | {
    readonly kind: "referred_to";
    readonly class: ClassCode;
    readonly id: ShownId | null;
    readonly attribute: AttributeCode;
  }
  | DuplicateProblem
  | ConsequenceProblem
  | RuleProblem
  | WriteRefusal;
