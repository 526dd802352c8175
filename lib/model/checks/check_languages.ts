/** Labels and aliases name languages of the model only. */
import { isObject } from "./check_shape.ts";
import { itemPath, propertyPath } from "../file/json_path.ts";
import { DEFAULT_LANGUAGES, type ModelFile } from "../file/model_file.ts";
import type { Report } from "../file/model_problem.ts";
import { nearestName } from "../../nearest_name.ts";

/** Looks through the whole file; a language that it lacks is reported once, where it stands first. */
export function checkLanguages(file: ModelFile, report: Report): void {
  const languages = file.languages ?? DEFAULT_LANGUAGES;
  const places = new Map<string, string[]>();
  forEachTranslation(file, (name, path) => {
    if (!languages.includes(name)) places.set(name, [...places.get(name) ?? [], path]);
  });
  for (const [name, [path = "$", ...others]] of places) {
    const nearest = nearestName(name, languages);
    report({ kind: "unknown_language", path, name, nearest, more: others.length });
  }
}

/** Calls `visit` for each language that a label, message or alias is given in. */
function forEachTranslation(file: ModelFile, visit: (language: string, path: string) => void): void {
  const visitLanguages = (value: unknown, path: string) => {
    if (!isObject(value)) return;
    for (const name of Object.keys(value)) visit(name, propertyPath(path, name));
  };
  for (const [code, entry] of Object.entries(file.classes)) {
    const path = propertyPath("$.classes", code);
    for (const name of ["labels", "subclass_labels"] as const) visitLanguages(entry[name], `${path}.${name}`);
    for (const [index, rule] of (entry.unique ?? []).entries()) {
      visitLanguages(rule.messages, `${itemPath(`${path}.unique`, index)}.messages`);
    }
    for (const [attribute, own] of Object.entries(entry.attributes ?? {})) {
      const at = propertyPath(`${path}.attributes`, attribute);
      visitLanguages(own.labels, `${at}.labels`);
      visitLanguages(own.aliases, `${at}.aliases`);
      visitValues(own.values, `${at}.values`, visitLanguages);
    }
  }
}

function visitValues(values: unknown, path: string, visitLanguages: (value: unknown, path: string) => void): void {
  if (Array.isArray(values)) {
    for (const [index, value] of values.entries()) {
      if (isObject(value)) visitLanguages(value["labels"], `${itemPath(path, index)}.labels`);
    }
  } else if (isObject(values)) {
    for (const [code, labels] of Object.entries(values)) visitLanguages(labels, propertyPath(path, code));
  }
}
