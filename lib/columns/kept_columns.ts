/** The known columns of a class, worked out once: jobs and servers ask for the same ones again and again. */
import type { Model, ModelClass } from "../model/model.ts";
import { type KnownColumns, knownColumns, type Naming } from "./known_columns.ts";

/** By class, which belongs to one model, and by the names that are used. */
const found = new WeakMap<ModelClass, Map<string, KnownColumns>>();

/** The same as `knownColumns`. */
export function keptColumns(model: Model, modelClass: ModelClass, naming: Naming): KnownColumns {
  const names = naming.codes ? "codes" : `labels ${naming.language}`;
  const ofClass = found.get(modelClass) ?? new Map<string, KnownColumns>();
  found.set(modelClass, ofClass);
  const known = ofClass.get(names) ?? knownColumns(model, modelClass, naming);
  ofClass.set(names, known);
  return known;
}
