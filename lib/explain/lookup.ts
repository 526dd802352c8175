/** What was looked up for a row, and what came of it. */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";

/** What something is looked up for. */
export type Purpose =
  /** The object that the row means. */
  | { readonly kind: "key" }
  /** The target of an external key. */
  | { readonly kind: "external_key"; readonly attribute: AttributeCode; readonly columns: readonly string[] }
  | { readonly kind: "uniqueness"; readonly rule: string }
  /** What a link set needs, and whatever else the checks of a row ask. */
  | { readonly kind: "other" };

/** An object that was found. */
export interface LookedUpObject {
  readonly class: ClassCode;
  readonly id: ObjectId;
  /** The friendly name as the user sees it, before the row is written; null: none. */
  readonly name: string | null;
}

/** An object whose value is nearly the one that was looked for. */
export interface NearObject extends LookedUpObject {
  readonly attribute: AttributeCode;
  readonly value: string;
}

export interface Lookup {
  readonly purpose: Purpose;
  readonly class: ClassCode;
  /** Joined by AND. */
  readonly conditions: readonly { readonly attribute: AttributeCode | "id"; readonly value: StoredValue }[];
  readonly count: number;
  /** The first of them, by id. */
  readonly objects: readonly LookedUpObject[];
  /** When nothing was found: the nearest, among those that were looked through. */
  readonly near: readonly NearObject[];
  /** There are objects that were not looked through for that. */
  readonly hasMore: boolean;
}
