/** How the memory of feeds knows objects. */
import type { ClassCode } from "../../model/model.ts";
import type { Feed } from "../../store/feeds.ts";
import type { Mapping } from "../../store/layout.ts";
import type { ObjectId } from "../../store/object_id.ts";

/** What is kept of an object. */
export type Kept = number | string;

export interface FeedObjects {
  /** What is kept of objects; of some it may be nothing: they are never remembered. */
  keptOf(ids: readonly ObjectId[]): readonly Kept[];
  idOf(kept: Kept): ObjectId;
  /** Ids in their order are kept in that order. */
  readonly areInOrder: boolean;
  /** What has the objects of a class, by name; null: there is no such class. */
  tableOf(code: ClassCode): string | null;
}

/** The memory of a feed, and its number. */
export interface OpenFeed {
  readonly id: number;
  readonly feed: Feed;
}

/** Where ids are numbers that outlive their objects. */
export function ownFeedObjects({ model, layout }: Mapping): FeedObjects {
  return {
    keptOf: (ids) => ids,
    idOf: (kept) => kept as ObjectId,
    areInOrder: true,
    tableOf: (code) => model.classes.has(code) ? layout.tableOf(code).name : null,
  };
}
