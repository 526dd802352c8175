/** How large a model may be. */
import { type CheckContext, writtenClasses } from "./check_context.ts";
import type { ModelFile } from "../file/model_file.ts";
import type { Report } from "../file/model_problem.ts";

/** The whole of iTop has some two hundred. */
const MOST_CLASSES = 1000;

/**
 * Of one table, which has those of all subclasses. SQLite takes 2,000 (https://sqlite.org/limits.html), of which some are the program's
 * own.
 */
const MOST_ATTRIBUTES = 1900;

/** The other checks compare classes with each other: this one comes first. @returns whether there are so few */
export function checkClassCount({ classes }: ModelFile, report: Report): boolean {
  const found = Object.keys(classes).length;
  if (found > MOST_CLASSES) report({ kind: "too_many_classes", path: "$.classes", found, most: MOST_CLASSES });
  return found <= MOST_CLASSES;
}

/** Each attribute of a class and of the classes below it needs a column in one table. */
export function checkTableSizes(context: CheckContext): void {
  const codes = new Map<string, Set<string>>();
  for (const { root, attributes } of context.model.classes.values()) {
    const ofRoot = codes.get(root) ?? new Set();
    codes.set(root, ofRoot);
    for (const code of attributes.keys()) ofRoot.add(code);
  }
  for (const { code, path } of writtenClasses(context)) {
    const found = codes.get(code)?.size ?? 0;
    if (found > MOST_ATTRIBUTES) context.report({ kind: "too_many_attributes", path, found, most: MOST_ATTRIBUTES });
  }
}
