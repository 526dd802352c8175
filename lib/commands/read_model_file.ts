/** Reads a model file and checks it. */
import { EXIT, RunStop } from "../errors.ts";
import { systemReason } from "../messages/system_reason.ts";
import { modelFileMissing, modelFileNotUtf8, modelFileProblem } from "../messages/commands.ts";
import { modelHint, modelProblem } from "../messages/model.ts";
import type { Model } from "../model/model.ts";
import { readModel } from "../model/file/read_model.ts";
import { textLines } from "../parameters/reading/text_lines.ts";
import { LARGEST_MODEL_FILE, readSmallFile } from "../source/small_file.ts";
import type { WorkingFolder } from "../working_folder.ts";

/** A model, and its file as plain JSON. */
export interface CheckedModel {
  readonly model: Model;
  readonly json: string;
}

/**
 * @param at what the path is relative to
 * @throws RunStop 66 when the file is missing or unreadable; 78 when it is no UTF-8
 */
export async function readModelFile(path: string, at: WorkingFolder): Promise<string> {
  try {
    return textOf(await readSmallFile(path, LARGEST_MODEL_FILE, at), path);
  } catch (error) {
    if (error instanceof RunStop) throw error;
    const detail = systemReason(error);
    throw new RunStop(EXIT.inputMissing, [modelFileMissing(path, detail)], { cause: error });
  }
}

/** Without its byte order mark. @throws RunStop 78 when it is no UTF-8: a label must not lose its letters unseen */
function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const line = textLines(bytes).find(({ text }) => text === null)?.line ?? 1;
    throw new RunStop(EXIT.databaseNotUsable, [modelFileNotUtf8(path, line)], { cause: error });
  }
}

/**
 * @param name what messages call the file
 * @throws RunStop 78 with every mistake
 */
export function checkModelText(text: string, name: string): CheckedModel {
  const result = readModel(text);
  if (result.ok) return { model: result.model, json: JSON.stringify(result.file) };
  const mistakes = result.problems.map((problem) => ({ text: modelFileProblem(name, modelProblem(problem)) }));
  const [last = { text: "" }] = mistakes.splice(-1);
  throw new RunStop(EXIT.databaseNotUsable, [...mistakes, { ...last, hint: modelHint() }]);
}
