/**
 * What the engine asks of a database. `databases/` implements it for SQLite; another database can be added without touching the engine.
 * Calls take and give arrays, so that an implementation may group its work. Everything happens inside one transaction: a search
 * sees whatever was written before it.
 */
import type { AttributeCode, ClassCode, StoredValue } from "../model/model.ts";

/** What identifies objects: conditions joined by AND. Any attribute of the class may be one, or `id`. */
export interface SearchPlan {
  /** Objects of this class and its subclasses. */
  readonly class: ClassCode;
  /** Compared as their columns' collation does; null finds objects without a value. */
  readonly conditions: readonly (AttributeCode | "id")[];
  /** Attributes to be read from a found object, in this order; external fields and computed ones too. */
  readonly read: readonly AttributeCode[];
  /** True: also objects that the user may not see (see `limitTo`). */
  readonly includeHidden: boolean;
}

export interface FoundObject {
  readonly id: number;
  /** The object's real class. */
  readonly class: ClassCode;
  /** The attributes of `SearchPlan.read`, in its order. Long ones are read when they are asked for. */
  readonly values: readonly StoredValue[];
}

export type Match =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly object: FoundObject }
  /** Counting takes time; it counts what is there when it is asked. */
  | { readonly kind: "several"; readonly count: () => number };

/** A search that was prepared once and is asked many times. */
export interface ObjectSearch {
  /** One answer for each key; a key has one value for each condition. */
  find(keys: readonly (readonly StoredValue[])[]): Match[];
  /** All objects that one key finds, by id. */
  all(key: readonly StoredValue[]): FoundObject[];
}

/** Objects to be created, all of one class and with the same attributes. */
export interface NewObjects {
  readonly class: ClassCode;
  /** Column attributes only; the others get their defaults from `values` too: the list must hold every column of the class that is not null. */
  readonly attributes: readonly AttributeCode[];
  readonly objects: readonly { readonly id: number; readonly values: readonly StoredValue[] }[];
}

/** An attribute's value before and after. */
export interface ValueChange {
  readonly attribute: AttributeCode;
  readonly oldValue: StoredValue;
  readonly newValue: StoredValue;
}

export interface ObjectUpdate {
  readonly class: ClassCode;
  readonly id: number;
  readonly changes: readonly ValueChange[];
}

/** An entry of the change log that is no column's: a link set before and after. */
export interface LoggedChange extends ValueChange {
  readonly class: ClassCode;
  readonly id: number;
}

/** Values of some objects, to show as examples. */
export interface Examples {
  /** The first ones by friendly name that the user may see, each with the values asked for. */
  readonly rows: readonly (readonly StoredValue[])[];
  /** There are more that the user may see. */
  readonly more: boolean;
  /** There are objects that the user may not see. */
  readonly hidden: boolean;
}

export interface ObjectStore {
  search(plan: SearchPlan): ObjectSearch;
  /** The next id of a root class. Ids are never used twice, not even after a deletion. */
  nextId(root: ClassCode): number;
  /** The largest id of a root class when the run began: larger ones were created by it. */
  lastIdBefore(root: ClassCode): number;
  create(objects: NewObjects): void;
  update(updates: readonly ObjectUpdate[]): void;
  /** Deletes objects of one class, logging the values of `attributes`. */
  delete(modelClass: ClassCode, ids: readonly number[]): void;
  /** Adds entries that no column stands for. */
  log(changes: readonly LoggedChange[]): void;
  /** The first `count` objects of a class by friendly name. */
  examples(modelClass: ClassCode, attributes: readonly (AttributeCode | "id")[], count: number): Examples;
  /** From now on searches see only objects of these organisations and of those below them, new ones included; null: all. */
  limitTo(organizations: readonly number[] | null): void;
}
