/** The ids of new objects, handed out in order. */
import type { ClassCode } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";

export interface IdSequence {
  /** The largest id that a root class had ever used when the run began. */
  lastBefore(root: ClassCode): number;
  next(root: ClassCode): number;
  /** Notes an id before it is written, wherever it comes from. */
  use(root: ClassCode, id: number): void;
  /** The largest id that a root class has used, or was handed out for it. */
  last(root: ClassCode): number;
}

/** The largest id that each root class has ever used, as they are now. */
export type UsedIds = (layout: Layout, root: ClassCode) => number;

/** @param lastBefore nobody else may write to the database meanwhile: the ids are counted in memory */
export function createIdSequence(lastBefore: (root: ClassCode) => number): IdSequence {
  const last = new Map<ClassCode, number>();
  return {
    lastBefore,
    next(root) {
      const id = (last.get(root) ?? lastBefore(root)) + 1;
      last.set(root, id);
      return id;
    },
    use(root, id) {
      if (id > (last.get(root) ?? lastBefore(root))) last.set(root, id);
    },
    last: (root) => last.get(root) ?? lastBefore(root),
  };
}
