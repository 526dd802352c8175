/** Whether rows of a file may fail because of other rows of it. Few files refer to themselves: what looks is loaded for them only. */
import { isOrIsBelow } from "../model/look_up.ts";
import type { RowsBehind } from "../reconcile/rows_behind.ts";
import type { RunContext } from "../reconcile/run_context.ts";

export async function rowsBehindIn(context: RunContext): Promise<RowsBehind | null> {
  const { plan, model } = context;
  if (!plan.externalKeys.some(({ key }) => isOrIsBelow(model, plan.class.code, key.target))) return null;
  return (await import("../reconcile/rows_behind.ts")).createRowsBehind(context);
}
