/** `csvrecon undo`: takes a run back. */
import { undo, type UndoEnd } from "../changes/undo.ts";
import { printUndo, undoExitCode } from "../changes/undo_report.ts";
import type { ExitCode } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { undoNotTold } from "../messages/undo.ts";
import type { TypedArguments } from "../parameters/reading/parse_arguments.ts";
import { loggedParameters } from "../parameters/settings/logged_parameters.ts";
import type { MergedParameters } from "../parameters/reading/merge_parameters.ts";
import { type UndoSettings, undoSettings } from "../parameters/settings/undo_settings.ts";
import { printing } from "../report/printing.ts";
import { authenticate } from "../run/authenticate.ts";
import { refusedAsJson } from "./refused_as_json.ts";
import { openDatabase } from "./told_database.ts";

/** @throws RunStop 64, 66, 73, 74, 75, 77 or 78; with `output=json` standard output has said why already */
export async function undoCommand(typed: TypedArguments, io: ProgramIo): Promise<ExitCode> {
  return await refusedAsJson(typed, io, async (merged) => {
    return await undoInDatabase(await undoSettings(merged), merged, io);
  });
}

async function undoInDatabase(
  settings: UndoSettings,
  merged: MergedParameters,
  io: ProgramIo,
): Promise<ExitCode> {
  const store = await openDatabase(settings, merged, io);
  try {
    const end = await undo({
      change: settings.change,
      simulate: settings.simulate,
      comment: settings.comment,
      format: settings.output,
      parameters: loggedParameters(merged),
      origin: "csvrecon undo",
      store,
      logIn: (model) => authenticate(settings, store, model, io),
      now: io.now,
    });
    return await told(end, settings, io);
  } finally {
    await store.close();
  }
}

async function told(end: UndoEnd, { output, simulate }: UndoSettings, io: ProgramIo): Promise<ExitCode> {
  try {
    const done = simulate ? null : end.undo;
    await printing(() => printUndo(end, output, io.stdout), (reason) => undoNotTold(reason, done));
    return undoExitCode(end);
  } finally {
    end.record.close();
  }
}
