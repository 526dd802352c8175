/** Reads a model file and checks it. */
import { EXIT, RunStop } from "../errors.ts";
import { modelFileMissing, modelFileProblem } from "../messages/commands.ts";
import { modelHint, modelProblem } from "../messages/model.ts";
import type { Model } from "../model/model.ts";
import { readModel } from "../model/read_model.ts";

/** A model, and its file as plain JSON. */
export interface CheckedModel {
  readonly model: Model;
  readonly json: string;
}

/** @throws RunStop 66 when the file is missing or unreadable */
export async function readModelFile(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new RunStop(EXIT.inputMissing, [modelFileMissing(path, detail)], { cause: error });
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
