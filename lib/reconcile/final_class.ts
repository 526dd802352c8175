/** Classes in cells: what the class of an object is compared with. */
import { comparedForm } from "../compared_text.ts";
import { labelIn } from "../model/look_up.ts";
import type { ClassCode, ModelClass } from "../model/model.ts";
import type { RunContext } from "./run_context.ts";

/**
 * The code of the class that a cell names: by its code, or in a file with labels by its label. A cell that names none is given
 * back, and matches nothing.
 * @param modelClass the class itself or one below it is meant
 */
export function classNamed(context: RunContext, modelClass: ModelClass, cell: string): ClassCode {
  if (modelClass.concreteClasses.includes(cell)) return cell;
  const named = modelClass.concreteClasses.filter((code) => namesClass(context, cell, code));
  return named.find((code) => cell === labelOf(context, code)) ?? (named.length === 1 ? named[0] : undefined) ?? cell;
}

/** Whether a cell names this class. */
export function namesClass(context: RunContext, cell: string, code: ClassCode): boolean {
  const form = comparedForm(cell);
  return form === comparedForm(code) || (!context.codesNotLabels && form === comparedForm(labelOf(context, code)));
}

function labelOf({ model, language }: RunContext, code: ClassCode): string {
  return labelIn(model.classes.get(code)?.labels ?? new Map(), language, model, code);
}
