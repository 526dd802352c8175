/** `csvrecon model check FILE`: whether a model file, or an overlay of a database that csvrecon did not make, can be used. */
import { databaseKind } from "../databases/database_kind.ts";
import { openStore } from "../databases/open_store.ts";
import { EXIT, RunStop, type StopMessage } from "../errors.ts";
import type { ProgramIo } from "../io.ts";
import { modelFileProblem, modelIsGood } from "../messages/commands.ts";
import { firstOfMany } from "../messages/first_of_many.ts";
import { notForOurs } from "../messages/foreign.ts";
import { overlayFormIsGood, overlayHint, overlayIsGood, overlayProblem } from "../messages/overlay.ts";
import { parameterProblem } from "../messages/parameters.ts";
import type { Overlay } from "../model/derive/overlay_type.ts";
import { isOverlayText } from "../model/overlay/is_overlay.ts";
import { readOverlay } from "../model/overlay/read_overlay.ts";
import type { ModelSettings } from "../parameters/settings/model_settings.ts";
import { checkModelText, readModelFile } from "./read_model_file.ts";

/** Seconds. */
const BUSY_TIMEOUT = 10;

/** @throws RunStop 64, 66, 73, 75 or 78 */
export async function checkModel(
  { file, database }: Extract<ModelSettings, { readonly action: "check" }>,
  io: ProgramIo,
): Promise<readonly string[]> {
  const text = await readModelFile(file, io);
  if (!isOverlayText(text, database !== null)) {
    const { model } = checkModelText(text, file);
    if (database === null) return [modelIsGood(file, model.name, model.classes.size)];
    throw new RunStop(EXIT.usage, [parameterProblem({ kind: "database_for_model_file", file })]);
  }
  const tables = Object.keys(overlayOf(text, file).classes).length;
  if (database === null) return [overlayFormIsGood(file, tables)];
  await layOver(database, { path: file, text }, io);
  return [overlayIsGood(file, database, tables)];
}

function overlayOf(text: string, file: string): Overlay {
  const reading = readOverlay(text);
  if (reading.ok) return reading.overlay;
  const mistakes = firstOfMany(reading.problems.map((problem): StopMessage => (
    { text: modelFileProblem(file, overlayProblem(problem)) }
  )));
  const last = mistakes.at(-1) ?? { text: "" };
  throw new RunStop(EXIT.databaseNotUsable, [...mistakes.slice(0, -1), { ...last, hint: overlayHint() }]);
}

/** As an import does it. @throws RunStop 78 with all that does not fit */
async function layOver(
  database: string,
  overlay: { readonly path: string; readonly text: string },
  { workingFolder, interruption }: ProgramIo,
): Promise<void> {
  const options = { busyTimeoutSeconds: BUSY_TIMEOUT, workingFolder, interruption };
  if (databaseKind(database, options) === "ours") throw new RunStop(EXIT.usage, [notForOurs(database)]);
  const store = await openStore(database, { ...options, foreign: { overlay, changeLog: "none", foreignKeys: true } });
  try {
    await store.model();
  } finally {
    await store.close();
  }
}
