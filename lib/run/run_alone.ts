/** An import that has a transaction of its own. */
import type { ExitCode } from "../errors.ts";
import { exitCodeFor } from "../report/totals.ts";
import type { ImportOutcome } from "./import_outcome.ts";
import type { ImportOrder } from "./import_order.ts";
import { runTogether } from "./run_together.ts";

/** An import that ran alone came to its end or failed: there is no other that could take it back. */
export type EndOfOne = Extract<ImportOutcome, { readonly kind: "done" | "failed" }>;

/**
 * Runs an import and prints its report, whatever becomes of it.
 * @returns the exit code of a run that came to its end
 * @throws RunStop when the run was stopped; the report has said why already
 */
export async function runAloneOrStop(order: ImportOrder): Promise<ExitCode> {
  return unlessStopped(await runAlone(order));
}

/** @returns the exit code @throws RunStop when the run was stopped */
export function unlessStopped(end: EndOfOne): ExitCode {
  if (end.kind === "done") return exitCodeFor(end.counts);
  throw end.stop;
}

/** The same as `runAloneOrStop`, for those who ask what became of it. */
export async function runAlone(order: ImportOrder): Promise<EndOfOne> {
  const options = { rollback: order.settings.simulate, afterFailure: "take_all_back" } as const;
  const [outcome] = await runTogether([order], options);
  if (outcome?.kind === "done" || outcome?.kind === "failed") return outcome;
  throw new Error("an import comes to its end or fails");
}
