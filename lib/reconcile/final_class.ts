/** Classes in cells: what the class of an object is compared with. */
import { comparedForm } from "../compared_text.ts";
import { labelIn } from "../model/look_up.ts";
import type { ClassCode, ModelClass } from "../model/model.ts";
import type { ValueContext } from "../values/reader_for.ts";

/** What names of classes depend on. */
export type ClassNaming = Pick<ValueContext, "codesNotLabels" | "language" | "model">;

/**
 * The code of the class that a cell names: by its code, or in a file with labels by its label. A cell that names none is given
 * back, and matches nothing.
 * @param modelClass the class itself or one below it is meant
 */
export function classNamed(context: ClassNaming, modelClass: ModelClass, cell: string): ClassCode {
  if (modelClass.concreteClasses.includes(cell)) return cell;
  const named = modelClass.concreteClasses.filter((code) => namesClass(context, cell, code));
  return named.find((code) => cell === labelOf(context, code)) ?? (named.length === 1 ? named[0] : undefined) ?? cell;
}

/** Whether a cell names this class. */
export function namesClass(context: ClassNaming, cell: string, code: ClassCode): boolean {
  const form = comparedForm(cell);
  return form === comparedForm(code) || (!context.codesNotLabels && form === comparedForm(labelOf(context, code)));
}

/** A cell that `classNamed` takes for the class: its label, unless codes are used or several classes bear it; then its code. */
export function nameOfClass(context: ClassNaming, modelClass: ModelClass, code: ClassCode): string {
  if (context.codesNotLabels) return code;
  const label = labelOf(context, code);
  return classNamed(context, modelClass, label) === code && label.trim() === label ? label : code;
}

function labelOf({ model, language }: ClassNaming, code: ClassCode): string {
  return labelIn(model.classes.get(code)?.labels ?? new Map(), language, model, code);
}
