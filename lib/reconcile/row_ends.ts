/** What is to be done when it is certain how a row ends. */
import type { FixedCheck } from "./fixed_values.ts";
import type { HeardRows } from "./heard_rows.ts";
import type { ObjectWriter } from "./object_writer.ts";
import type { Namesakes } from "./namesakes.ts";
import { createIdCheck } from "./other_ids.ts";
import type { AskedRow } from "./row_questions.ts";
import type { ObjectId } from "../store/object_id.ts";
import type { ReachedObjects } from "./reached_objects.ts";
import type { Rejection } from "./row_result.ts";
import type { RunContext } from "./run_context.ts";

/** Hears how rows end, before their results are told. */
export interface RowEnds {
  /**
   * A row was written, or its object found unchanged.
   * @param isTwin it has changed an object that an earlier row had reached
   * @param newId of the object that it has created; null: it has created none
   */
  loaded(row: AskedRow, isTwin: boolean, newId: ObjectId | null): void;
  /** What was written for the row was refused: its object is what it was, or is not. */
  refused(row: AskedRow, id: ObjectId): void;
  /** The row is in error. @param others what else speaks against it */
  rejected(row: AskedRow, reason: Rejection, others: readonly Rejection[]): void;
  /** The row is passed over. */
  skipped(row: AskedRow): void;
}

/** Hears of rows in error only. */
export type RejectedRows = Pick<RowEnds, "rejected">;

/**
 * @param namesakes null: nothing is asked about them
 * @param heard null: nobody asks which objects rows in error are about
 * @param inError null: nobody asks what rows in error would have made
 * @param checkFixed null: nothing in the file is fixed
 * @param writer has handed over what was refused
 */
export function createRowEnds(
  context: RunContext,
  reached: ReachedObjects,
  namesakes: Namesakes | null,
  heard: HeardRows | null,
  inError: RejectedRows | null,
  checkFixed: FixedCheck | null,
  writer: Pick<ObjectWriter, "refused">,
): RowEnds {
  const checkId = createIdCheck(context);
  return {
    loaded(row, isTwin, newId) {
      checkId?.(row);
      checkFixed?.(row);
      if (newId !== null) namesakes?.created(row, newId);
      if (isTwin) context.warnings.noteRow({ kind: "twin" }, row.record.line);
    },
    refused({ index, read, plan }, id) {
      reached.forget(index, id);
      for (const links of read.linkSets) reached.forgetOthers(index, links.attribute.linkClass, links.reached);
      if (plan !== null) writer.refused(plan);
    },
    rejected(row, reason, others) {
      heard?.rejected(row);
      inError?.rejected(row, reason, others);
    },
    skipped: (row) => heard?.skipped(row),
  };
}
