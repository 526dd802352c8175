/** Whether a run has to look for namesakes. Few have: what looks is loaded for them only. */
import type { Namesakes } from "../reconcile/namesakes.ts";
import type { RunContext } from "../reconcile/run_context.ts";

/** Only who leaves the keys to us may be surprised by them. */
export async function namesakesIn(context: RunContext): Promise<Namesakes | null> {
  if (context.plan.keysAreNamed || context.plan.keys.length < 2) return null;
  return (await import("../reconcile/namesakes.ts")).createNamesakes(context);
}
