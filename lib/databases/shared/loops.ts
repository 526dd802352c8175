/** Which of the objects that a key leads to no end lie in a loop themselves. */
import type { ObjectId } from "../../store/object_id.ts";

/** To all of these the key of one leads. @param above the object above each that has one */
export function withoutThoseBelow(above: ReadonlyMap<ObjectId, ObjectId>): readonly ObjectId[] {
  const waiting = new Map<ObjectId, number>();
  for (const target of above.values()) waiting.set(target, (waiting.get(target) ?? 0) + 1);
  const free = [...above.keys()].filter((id) => !waiting.has(id));
  const outside = new Set<ObjectId>();
  while (true) {
    const id = free.pop();
    if (id === undefined) return [...above.keys()].filter((one) => !outside.has(one));
    outside.add(id);
    const target = above.get(id);
    const left = target === undefined ? 0 : (waiting.get(target) ?? 0) - 1;
    if (target === undefined) continue;
    waiting.set(target, left);
    if (left === 0) free.push(target);
  }
}
