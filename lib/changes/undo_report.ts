/** Prints what an undo did, when it is done. */
import type { TextSink } from "../io.ts";
import { undoLine } from "../messages/undo.ts";
import type { UndoFormat } from "../parameters/settings/undo_settings.ts";
import { printedLines } from "../report/printed_lines.ts";
import { visibleJson } from "../messages/visible_text.ts";
import type { UndoEnd } from "./undo.ts";
import { UNDO_JSON_VERSION } from "./undo_json.ts";

/** @returns 1 when something of the run is left, else 0 */
export function undoExitCode({ record: { counts } }: UndoEnd): 0 | 1 {
  return counts.kept + counts.impossible > 0 || counts.isPartHidden ? 1 : 0;
}

export async function printUndo(end: UndoEnd, format: UndoFormat, sink: TextSink): Promise<void> {
  if (format === "json") return await printJson(end, sink);
  await sink.write(printedLines(headLines(end), sink));
  const { record } = end;
  const { deleted, setBack, createdAgain, kept, impossible } = record.counts;
  if (format === "details") await printList(undoLine.reversedList(), "reversed", deleted + setBack + createdAgain);
  await printList(undoLine.keptList(), "kept", kept);
  await printList(undoLine.impossibleList(), "impossible", impossible);

  async function printList(heading: string, list: "reversed" | "kept" | "impossible", count: number): Promise<void> {
    if (count === 0) return;
    await sink.write(printedLines([heading], sink));
    await record.copyTo(list, sink);
    const more = list === "reversed" ? 0 : record.notShown(list);
    if (more > 0) await sink.write(printedLines([undoLine.more(more)], sink));
  }
}

function headLines({ run, isToldWhole, record, undo, simulate }: UndoEnd): readonly string[] {
  const { deleted, setBack, createdAgain, remembered, kept, impossible, isPartHidden } = record.counts;
  return [
    undoLine.run(run.id, run.date, isToldWhole ? { ...run, input: run.inputName } : null),
    ...run.comment === "" || !isToldWhole ? [] : [undoLine.comment(run.comment)],
    ...simulate ? [undoLine.simulated()] : [],
    undoLine.reversed(deleted, setBack, createdAgain),
    ...run.feed === null || remembered === 0 ? [] : [undoLine.feed(isToldWhole ? run.feed.source : null, remembered)],
    undoLine.kept(kept),
    undoLine.impossible(impossible),
    ...isPartHidden ? [undoLine.hidden()] : [],
    ...simulate ? [] : [undo === null ? undoLine.nothingWritten() : undoLine.undo(undo)],
  ];
}

async function printJson(end: UndoEnd, sink: TextSink): Promise<void> {
  const { run, record, undo, simulate } = end;
  for (const list of ["reversed", "kept", "impossible"] as const) await record.copyTo(list, sink);
  const { isPartHidden, setBack, createdAgain, remembered, ...counts } = record.counts;
  const line = {
    type: "undo",
    version: UNDO_JSON_VERSION,
    change: run.id,
    simulate,
    undo: simulate ? null : undo,
    counts: { ...counts, set_back: setBack, created_again: createdAgain, ...run.feed === null ? {} : { remembered } },
    part_hidden: isPartHidden,
    exit_code: undoExitCode(end),
  };
  await sink.write(`${visibleJson(line)}\n`);
}
