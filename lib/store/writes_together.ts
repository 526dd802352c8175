/** Writes that are done along with others, and of which all or none is done. */
import type { ClassCode } from "../model/model.ts";
import type { ObjectId } from "./object_id.ts";
import type { LoggedChange, NewObject, ObjectUpdate } from "./objects.ts";

/**
 * Writes that stand and fall together: what is deleted, an object, what refers to it. They are done in this order, but those of others may
 * stand in between: what others do must neither help nor hinder them.
 */
export interface WritesTogether {
  /** They are known by it when they are refused. An update without changes is not done. */
  readonly object: NewObject | ObjectUpdate;
  readonly deleted: readonly { readonly class: ClassCode; readonly deleted: readonly ObjectId[] }[];
  readonly others: readonly (NewObject | ObjectUpdate)[];
  /** As for `ObjectStore.log`. */
  readonly logged: readonly LoggedChange[];
}
