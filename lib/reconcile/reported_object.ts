/** Objects as reports name them. */
import type { ClassCode } from "../model/model.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import type { ReportedObject } from "./row_result.ts";

/** A key of several columns is told as one text, and for programs value by value. */
export function reportedObject(
  store: Pick<ObjectSearches, "shownId" | "shownKey">,
  modelClass: ClassCode,
  id: ObjectId,
): ReportedObject {
  const shown = store.shownId(modelClass, id);
  const key = typeof shown === "string" ? store.shownKey(modelClass, id) : null;
  return key === null ? { class: modelClass, id: shown } : { class: modelClass, id: shown, key };
}
