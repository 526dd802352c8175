/** What is wrong with a model that somebody changed in the database. */
import type { StopMessage } from "../../errors.ts";
import { modelProblem } from "../../messages/model.ts";
import { readModel } from "../../model/file/read_model.ts";

/** Every mistake of a model file's text; null when there is none. */
export function modelMistakes(text: string): readonly StopMessage[] | null {
  const reading = readModel(text);
  return reading.ok ? null : reading.problems.map((problem) => ({ text: modelProblem(problem) }));
}
