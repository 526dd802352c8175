/** Ids in tests, which know that they are numbers. */
import type { ObjectId } from "../../lib/store/object_id.ts";

export function objectId(id: number): ObjectId {
  return id as number & ObjectId;
}
