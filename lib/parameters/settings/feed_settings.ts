/** What parameters say of the feed that a file belongs to (SPEC 17). `check_feed.ts` reads them. */
import type { Limit } from "./settings.ts";

/** What becomes of objects that are gone. */
export const GONE = ["keep", "report", "update", "delete"] as const;

export type Gone = typeof GONE[number];

/** A column, as a header would name it, and what its cell would hold. */
export interface Assignment {
  readonly column: string;
  /** Null: the cell `<NULL>`. */
  readonly cell: string | null;
}

export interface FeedSettings {
  readonly source: string;
  readonly gone: Gone;
  /** As typed; null: none. */
  readonly goneSetTyped: string | null;
  /** One at least with `update`, none otherwise. */
  readonly goneSet: readonly Assignment[];
  /** Days. */
  readonly goneAfter: number;
  /** Percent: of the objects that the feed has. */
  readonly goneLimit: Limit;
  /** The same file is not loaded again. */
  readonly once: boolean;
}
