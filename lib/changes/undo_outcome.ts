/** What becomes of the parts of a run that is taken back: kinds with facts. The words are in `messages/undo.ts`. */
import type { AttributeCode, ClassCode } from "../model/model.ts";
import type { RuleProblem } from "../reconcile/rule_problem.ts";
import type { ShownId } from "../store/object_id.ts";
import type { WriteRefusal } from "../store/write_refusal.ts";

/** An object, as people see it. */
export interface ShownObject {
  readonly class: ClassCode;
  readonly id: ShownId;
}

export type Reversal =
  | { readonly kind: "deleted" }
  | { readonly kind: "set_back"; readonly attributes: readonly AttributeCode[] }
  | { readonly kind: "created_again" };

export interface Reversed {
  readonly object: ShownObject;
  readonly reversal: Reversal;
}

/** What the run did, of which something is left as it is. */
export type LeftChange =
  | { readonly kind: "creation" }
  | { readonly kind: "update"; readonly attributes: readonly AttributeCode[] }
  | { readonly kind: "deletion" };

/** A run that wrote later. */
export interface LaterRun {
  readonly id: number;
  /** Null: it is not to be told. */
  readonly user: string | null;
  readonly date: Date;
}

export type KeptReason =
  | { readonly kind: "edited"; readonly by: LaterRun }
  | { readonly kind: "deleted"; readonly by: LaterRun }
  /** By something that leaves no entry in the log. */
  | { readonly kind: "edited_elsewhere" }
  | { readonly kind: "deleted_elsewhere" }
  /** The log does not know it. */
  | { readonly kind: "password" };

export interface Kept {
  readonly object: ShownObject;
  readonly change: LeftChange;
  readonly reason: KeptReason;
}

export type ImpossibleReason =
  /** `id` null: an object that the user may not see, of which the class is not told either. */
  | { readonly kind: "referred_to"; readonly by: ShownObject | null; readonly attribute: AttributeCode | null }
  /** What an external key referred to is no more. */
  | { readonly kind: "target_gone"; readonly attribute: AttributeCode; readonly target: ShownObject }
  /** Another object has the values that must be unique; null: one that the user may not see. */
  | { readonly kind: "duplicate"; readonly attributes: readonly AttributeCode[]; readonly other: ShownObject | null }
  /** A hierarchical key would lead back to its own object. */
  | { readonly kind: "loop"; readonly attribute: AttributeCode }
  /** Another object has the id. */
  | { readonly kind: "id_taken" }
  /** The model has no such class, or no such attribute, any more. */
  | { readonly kind: "not_in_model" }
  /** The rules of user accounts forbid it. */
  | { readonly kind: "account"; readonly problem: RuleProblem }
  | WriteRefusal;

export interface Impossible {
  readonly object: ShownObject;
  readonly change: LeftChange;
  readonly reason: ImpossibleReason;
}

/** Is told what becomes of each part. */
export interface UndoTelling {
  reversed(one: Reversed): void;
  kept(one: Kept): void;
  impossible(one: Impossible): void;
  /** Something was left of which the user may know nothing. */
  hidden(): void;
}
