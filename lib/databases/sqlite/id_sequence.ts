/** The ids of new objects, handed out in order. */
import type { ClassCode } from "../../model/model.ts";
import type { Layout } from "../../store/layout.ts";
import type { Database } from "./connection.ts";

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

export function readUsedIds(database: Database): UsedIds {
  const rows = database.prepare("SELECT name, seq FROM sqlite_sequence").all();
  const used = new Map(rows.map((row) => [row["name"], Number(row["seq"])]));
  return (layout, root) => used.get(layout.tableOf(root).name) ?? 0;
}

/** @param database nobody else may write to it meanwhile: the ids are counted in memory */
export function createIdSequence(database: Database, layout: Layout): IdSequence {
  const before = new Map<ClassCode, number>();
  const last = new Map<ClassCode, number>();
  const lastBefore = (root: ClassCode): number => {
    const known = before.get(root);
    if (known !== undefined) return known;
    const row = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = ?").get(layout.tableOf(root).name);
    const found = Number(row?.["seq"] ?? 0);
    before.set(root, found);
    return found;
  };
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
