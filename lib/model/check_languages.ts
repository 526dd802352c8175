/** Labels and aliases name languages of the model only. */
import { isObject } from "./check_shape.ts";
import { itemPath, propertyPath } from "./json_path.ts";
import { DEFAULT_LANGUAGES, type ModelFile } from "./model_file.ts";
import type { Report } from "./model_problem.ts";
import { nearestName } from "./nearest_name.ts";

/** Looks through the whole file. */
export function checkLanguages(file: ModelFile, report: Report): void {
  const languages = file.languages ?? DEFAULT_LANGUAGES;
  const checkKeys = (value: unknown, path: string) => {
    if (!isObject(value)) return;
    for (const name of Object.keys(value)) {
      if (languages.includes(name)) continue;
      report({ kind: "unknown_language", path: propertyPath(path, name), name, nearest: nearestName(name, languages) });
    }
  };
  for (const [code, entry] of Object.entries(file.classes)) {
    const path = propertyPath("$.classes", code);
    for (const name of ["labels", "subclass_labels"] as const) checkKeys(entry[name], `${path}.${name}`);
    for (const [index, rule] of (entry.unique ?? []).entries()) {
      checkKeys(rule.messages, `${itemPath(`${path}.unique`, index)}.messages`);
    }
    for (const [attribute, own] of Object.entries(entry.attributes ?? {})) {
      const at = propertyPath(`${path}.attributes`, attribute);
      checkKeys(own.labels, `${at}.labels`);
      checkKeys(own.aliases, `${at}.aliases`);
      checkValues(own.values, `${at}.values`, checkKeys);
    }
  }
}

function checkValues(values: unknown, path: string, checkKeys: (value: unknown, path: string) => void): void {
  if (Array.isArray(values)) {
    for (const [index, value] of values.entries()) {
      if (isObject(value)) checkKeys(value["labels"], `${itemPath(path, index)}.labels`);
    }
  } else if (isObject(values)) {
    for (const [code, labels] of Object.entries(values)) checkKeys(labels, propertyPath(path, code));
  }
}
