/** How much a run may do before it is taken back (SPEC 15: `max_errors`, `max_changes`): judged at its end, so that its report is whole. */
import { type Limit, PERCENT_PARTS } from "../parameters/settings/settings.ts";
import type { ExceededLimit } from "../report/run_facts.ts";
import type { ObjectStore } from "../store/objects.ts";
import type { RunSettings } from "./import_order.ts";

/** What a run has done. */
export interface Done {
  readonly rows: number;
  readonly rowsInError: number;
  /** Objects that were there and were updated or deleted. */
  readonly changes: number;
  /** Null: nobody asked what is gone. */
  readonly gone: GoneOfFeed | null;
}

/** Objects that became gone from a feed, of so many that it had. */
export interface GoneOfFeed {
  readonly newlyGone: number;
  readonly had: number;
}

export type LimitSettings = Pick<RunSettings, "maxErrors" | "maxChanges" | "class" | "feed">;

/** Whether a run may be taken back at its end. */
export function isLimited({ maxErrors, maxChanges, feed }: LimitSettings): boolean {
  return maxErrors !== null || maxChanges !== null || (feed !== null && feed.gone !== "keep");
}

/** How many objects of the class there are before the first row is worked; 0 when nobody asks. */
export async function objectsBefore(settings: LimitSettings, objects: Pick<ObjectStore, "count">): Promise<number> {
  return settings.maxChanges?.unit === "percent" ? await objects.count(settings.class) : 0;
}

/** @param before as `objectsBefore` tells */
export function exceededLimits(
  settings: LimitSettings,
  { rows, rowsInError, changes, gone }: Done,
  before: number,
): readonly ExceededLimit[] {
  return [
    exceeded("max_errors", settings.maxErrors, rowsInError, rows),
    exceeded("max_changes", settings.maxChanges, changes, before),
    gone === null ? null : exceededByGone(settings, gone),
  ].filter((one) => one !== null);
}

/** Null: as many may be gone. */
export function exceededByGone({ feed }: LimitSettings, { newlyGone, had }: GoneOfFeed): ExceededLimit | null {
  return exceeded("gone_limit", feed === null || feed.gone === "keep" ? null : feed.goneLimit, newlyGone, had);
}

function exceeded(
  name: ExceededLimit["limit"],
  limit: Limit | null,
  found: number,
  whole: number,
): ExceededLimit | null {
  if (limit === null) return null;
  const isPercent = limit.unit === "percent";
  const most = isPercent ? Math.floor(limit.most * whole / (100 * PERCENT_PARTS)) : limit.most;
  return found <= most ? null : { limit: name, typed: limit.typed, found, most, of: isPercent ? whole : null };
}
