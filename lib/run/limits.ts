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
}

export type LimitSettings = Pick<RunSettings, "maxErrors" | "maxChanges" | "class">;

/** Whether a run may be taken back at its end. */
export function isLimited({ maxErrors, maxChanges }: LimitSettings): boolean {
  return maxErrors !== null || maxChanges !== null;
}

/** How many objects of the class there are before the first row is worked; 0 when nobody asks. */
export async function objectsBefore(settings: LimitSettings, objects: Pick<ObjectStore, "count">): Promise<number> {
  return settings.maxChanges?.unit === "percent" ? await objects.count(settings.class) : 0;
}

/** @param before as `objectsBefore` tells */
export function exceededLimits(
  { maxErrors, maxChanges }: LimitSettings,
  { rows, rowsInError, changes }: Done,
  before: number,
): readonly ExceededLimit[] {
  return [
    exceeded("max_errors", maxErrors, rowsInError, rows),
    exceeded("max_changes", maxChanges, changes, before),
  ].filter((one) => one !== null);
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
