/** What is wrong with an overlay though its form is right, whatever the database is. */
import { attributePath, itemPath, propertyPath } from "../file/json_path.ts";
import type { PlacedProblem } from "../file/model_problem.ts";
import { DEFAULT_LANGUAGES } from "../file/model_file.ts";
import { enumValues } from "../file/resolve_attribute.ts";
import { unsafePart } from "./default_sql.ts";
import type { AttributeOverlayEntry, OverlayFile } from "./overlay_file.ts";
import type { OverlayMeaningProblem } from "./overlay_file_problem.ts";

type Report = (problem: OverlayMeaningProblem | PlacedProblem) => void;

export function checkOverlayMeaning({ classes }: OverlayFile, report: Report): void {
  for (const [table, { attributes }] of Object.entries(classes)) {
    for (const [column, entry] of Object.entries(attributes ?? {})) {
      const path = attributePath(table, column);
      checkDefault(entry, path, report);
      checkStored(entry, path, report);
      checkValues(entry, path, report);
    }
  }
}

function checkDefault({ default: given, generate }: AttributeOverlayEntry, path: string, report: Report): void {
  if (given === undefined) return;
  if (generate !== undefined) {
    report({ kind: "not_together", path: `${path}.generate`, property: "generate", other: "default" });
  }
  const at = unsafePart(given.sql);
  if (at !== undefined) report({ kind: "unsafe_sql", path: `${path}.default.sql`, found: given.sql, at });
}

/** Of what is stored nobody can tell the number 1 from the text, where the column makes one of the other. */
function checkStored({ stored }: AttributeOverlayEntry, path: string, report: Report): void {
  if (stored === undefined || typeof stored === "string") return;
  const [no, yes] = stored;
  if (String(no) === String(yes)) report({ kind: "repeated_item", path: `${path}.stored[1]`, found: String(yes) });
}

/** Each code stands for one value, and in each language each label. */
function checkValues({ values: entry }: AttributeOverlayEntry, path: string, report: Report): void {
  if (entry === undefined) return;
  const seen = new Map<string, string>();
  for (const [index, { code, labels }] of enumValues(entry, DEFAULT_LANGUAGES).entries()) {
    const at = Array.isArray(entry) ? itemPath(`${path}.values`, index) : propertyPath(`${path}.values`, code);
    const names = [["", code], ...labels] as const;
    for (const [language, found] of names) {
      const name = JSON.stringify([language, found]);
      const first = seen.get(name);
      if (first !== undefined) report({ kind: "same_value", path: at, found, first });
      seen.set(name, first ?? code);
    }
  }
}
