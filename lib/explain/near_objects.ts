/** Objects that may have been meant: their value is only a slip away from what was looked for. */
import type { ClassCode, StoredValue } from "../model/model.ts";
import { nearestNames } from "../nearest_name.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ObjectSearches } from "../store/objects.ts";
import type { NearObject } from "./lookup.ts";

/** Without its name, which is asked for when it is told. */
type Near = Omit<NearObject, "name">;

/** So many objects are looked through: more take longer than somebody who asks about one row wants to wait. */
const MOST_LOOKED_THROUGH = 50_000;
/** So many are told. */
const MOST_TOLD = 3;
/** Longer texts are no names. In UTF-16 code units. */
const LONGEST_NAME = 200;

export interface NearObjects {
  readonly near: readonly Near[];
  readonly hasMore: boolean;
}

export const NOTHING_NEAR: NearObjects = { near: [], hasMore: false };

/** @param objects only those that the user may see @param attribute or `id`, which some databases have as text @param asked its value, for which there is nothing */
export async function nearObjects(
  objects: Pick<ObjectSearches, "list" | "shownId">,
  modelClass: ClassCode,
  attribute: string,
  asked: StoredValue,
): Promise<NearObjects> {
  const isId = attribute === "id";
  const shown = (id: ObjectId) => objects.shownId(modelClass, id);
  const value = isId && typeof asked === "string" ? shown(asked as string & ObjectId) : asked;
  if (typeof value !== "string" || value === "" || value.length > LONGEST_NAME) return NOTHING_NEAR;
  const list = objects.list({ class: modelClass, orderedBy: [], read: isId ? [] : [attribute], textsOnly: true });
  const near = new Map<string, Near>();
  let count = 0;
  for await (const page of list.pages()) {
    for (const object of page) {
      const [found] = isId ? [shown(object.id)] : object.values ?? [];
      if (typeof found !== "string" || found.length > LONGEST_NAME || near.has(found)) continue;
      if (nearestNames(value, [found], 1).length === 0) continue;
      near.set(found, { class: object.class, id: object.id, attribute, value: found });
    }
    count += page.length;
    if (count >= MOST_LOOKED_THROUGH) break;
  }
  const names = nearestNames(value, [...near.keys()], MOST_TOLD);
  return {
    near: names.map((name) => near.get(name)).filter((one) => one !== undefined),
    hasMore: count >= MOST_LOOKED_THROUGH,
  };
}
