/** Sentences about objects and links that would break a uniqueness rule. */
import type { DuplicateProblem } from "../reconcile/problems.ts";
import { namedObjects } from "./named_objects.ts";

export function duplicate(problem: DuplicateProblem): string {
  if (problem.kind === "duplicates_hidden_object") {
    return `it would duplicate a '${problem.class}' object not visible with your current profile`;
  }
  const { template, values } = problem;
  const sentence = template.replace(
    /\{(\w+)\}/g,
    (_, code: string) => Object.hasOwn(values, code) ? String(values[code] ?? "") : "",
  );
  return sentence + namedObjects(problem);
}

/** The sentence of a uniqueness rule that has none of its own. */
export function duplicateMessage(classLabel: string, attributeLabels: readonly string[]): string {
  return `Another ${classLabel} has the same ${attributeLabels.join(", ")}`;
}
