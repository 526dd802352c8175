/** Looking for rows of a database that we did not make. */
import type { ClassCode } from "../../model/model.ts";
import type { ObjectId } from "../../store/object_id.ts";
import type { ObjectSearches } from "../../store/objects.ts";
import type { ForeignContext } from "./foreign_context.ts";

export interface ForeignSearches extends ObjectSearches {
  /** How many rows a class has. */
  count(modelClass: ClassCode): Promise<number>;
}

/** @param isShownAsNew whether an object is one that only a simulation has created, with an id that no file gives */
export function createForeignSearches(
  _context: ForeignContext,
  _isShownAsNew: (modelClass: ClassCode, id: ObjectId) => boolean,
): ForeignSearches {
  throw new Error("not built yet");
}
