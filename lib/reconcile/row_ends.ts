/** What is to be done when it is certain how a row ends. */
import type { HeardRows } from "./heard_rows.ts";
import type { Namesakes } from "./namesakes.ts";
import { createIdCheck } from "./other_ids.ts";
import type { ReachedObjects } from "./reached_objects.ts";
import type { RunContext } from "./run_context.ts";
import type { RowEnds } from "./told_rows.ts";

/** @param namesakes null: nothing is asked about them @param heard null: nobody asks which objects rows in error are about */
export function createRowEnds(
  context: RunContext,
  reached: ReachedObjects,
  namesakes: Namesakes | null,
  heard: HeardRows | null,
): RowEnds {
  const checkId = createIdCheck(context);
  return {
    loaded(row, isTwin, newId) {
      checkId?.(row);
      if (newId !== null) namesakes?.created(row, newId);
      if (isTwin) context.warnings.noteRow({ kind: "twin" }, row.record.line);
    },
    refused: ({ index }, id) => reached.forget(index, id),
    rejected: (row) => heard?.rejected(row),
    skipped: (row) => heard?.skipped(row),
  };
}
