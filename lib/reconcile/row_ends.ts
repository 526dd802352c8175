/** What is to be done when it is certain how a row ends. */
import { createIdCheck } from "./other_ids.ts";
import type { ReachedObjects } from "./reached_objects.ts";
import type { RunContext } from "./run_context.ts";
import type { RowEnds } from "./told_rows.ts";

export function createRowEnds(context: RunContext, reached: ReachedObjects): RowEnds {
  const checkId = createIdCheck(context);
  return {
    loaded(row, isTwin) {
      checkId?.(row);
      if (isTwin) context.warnings.noteRow({ kind: "twin" }, row.record.line);
    },
    refused: ({ index }, id) => reached.forget(index, id),
  };
}
