/** From the text of a map to what it says, or to all that is wrong with it. Columns and classes are looked up when a file is read. */
import { createHash } from "node:crypto";
import { columnForm } from "../csv/heading.ts";
import { comparedForm } from "../compared_text.ts";
import { checkShape, INVALID, isObject, type Schema } from "../model/checks/check_shape.ts";
import { propertyPath, ROOT_PATH } from "../model/file/json_path.ts";
import { parseModelText } from "../model/file/parse_model_text.ts";
import { LONGEST_COLUMN_NAME } from "../text_limits.ts";
import schemaFile from "./map.schema.json" with { type: "json" };
import type { AttributeWords, MapEntry, MapFile } from "./map_file.ts";
import type { MapProblem, PlacedMapProblem } from "./map_problem.ts";
import { filterCount, readTemplate } from "./template.ts";

export type ReadMap =
  | { readonly ok: true; readonly map: MapFile }
  /** At least one. */
  | { readonly ok: false; readonly problems: readonly MapProblem[] };

const mapSchema = schemaFile as Schema;

/** Nobody reads more. */
const MOST_PROBLEMS = 1000;

/** Entries of one part; a class has no hundredth of so many attributes. */
const MOST_ENTRIES = 10_000;

/** Of all templates: a row with long cells is made without a pause. */
const MOST_FILTERS = 1000;

/** @param file what messages call it */
export function readMap(text: string, file: string): ReadMap {
  const parsed = parseModelText(text);
  if (!parsed.ok) return { ok: false, problems: [parsed.problem] };
  const problems: MapProblem[] = [...parsed.repeated];
  const report = (problem: MapProblem) => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  const shaped = checkShape(parsed.value, mapSchema, ROOT_PATH, report, mapSchema);
  if (shaped === INVALID || !isObject(shaped)) return { ok: false, problems };
  const columns = entriesOf(shaped, "columns", report);
  const constants = entriesOf(shaped, "constants", report);
  const defaults = entriesOf(shaped, "defaults", report);
  const make = entriesOf(shaped, "make", report);
  const values = valuesOf(shaped, report);
  checkTemplates(make, report);
  if (problems.length > 0) return { ok: false, problems };
  const sha256 = createHash("sha256").update(text).digest("hex");
  return { ok: true, map: { file, sha256, columns, constants, defaults, make, values } };
}

type ReportProblem = (problem: PlacedMapProblem) => void;
type JsonObject = { readonly [name: string]: unknown };

function entriesOf(map: JsonObject, part: string, report: ReportProblem): readonly MapEntry[] {
  const path = `$.${part}`;
  return namesIn(map, part, report).flatMap(([name, text]) => {
    if (typeof text !== "string") return [];
    checkText(text, propertyPath(path, name), report);
    return [{ name, text }];
  });
}

/** Names that are the same to a header may stand once. */
function namesIn(map: JsonObject, part: string, report: ReportProblem): readonly (readonly [string, unknown])[] {
  const path = `$.${part}`;
  const entries = partOf(map, part);
  if (entries.length > MOST_ENTRIES) report({ kind: "too_many", path, found: entries.length, most: MOST_ENTRIES });
  const names = new Map<string, string>();
  for (const [name] of entries.slice(0, MOST_ENTRIES)) {
    const at = propertyPath(path, name.slice(0, LONGEST_COLUMN_NAME));
    if (!checkName(name, at, report)) continue;
    const form = columnForm(name);
    const first = names.get(form);
    if (first === undefined) names.set(form, name);
    else report({ kind: "same_name", path: at, found: name, first });
  }
  return entries.slice(0, MOST_ENTRIES);
}

/** The map may have a property `__proto__`, or none of these at all: nothing is looked for in its prototype. */
function partOf(map: JsonObject, part: string): readonly (readonly [string, unknown])[] {
  const value = Object.hasOwn(map, part) ? map[part] : undefined;
  return isObject(value) ? Object.entries(value) : [];
}

function checkName(name: string, path: string, report: ReportProblem): boolean {
  if (name.length > LONGEST_COLUMN_NAME) {
    report({ kind: "name_too_long", path, found: name.length, most: LONGEST_COLUMN_NAME });
    return false;
  }
  if (!checkText(name, path, report)) return false;
  const isEmpty = columnForm(name) === "";
  if (isEmpty) report({ kind: "empty_name", path });
  return !isEmpty;
}

/** Of the control characters a cell may have tabs and line breaks. */
// deno-lint-ignore no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

function checkText(text: string, path: string, report: ReportProblem): boolean {
  const [control] = CONTROL.exec(text) ?? [];
  if (control !== undefined) report({ kind: "control_character", path, code: control.charCodeAt(0) });
  else if (!text.isWellFormed()) report({ kind: "half_character", path });
  else return true;
  return false;
}

function valuesOf(map: JsonObject, report: ReportProblem): readonly AttributeWords[] {
  return namesIn(map, "values", report).map(([name, table]) => {
    const path = propertyPath("$.values", name);
    const words = Object.entries(isObject(table) ? table : {}).map(([word, means]) => ({
      word,
      means: typeof means === "string" ? means : null,
    }));
    checkWords(words, path, report);
    return { name, words };
  });
}

/** Words that look the same would be one word with two meanings. */
function checkWords(words: AttributeWords["words"], path: string, report: ReportProblem): void {
  const forms = new Map<string, AttributeWords["words"][number]>();
  for (const one of words) {
    const at = propertyPath(path, one.word);
    if (!checkText(one.word, at, report) || !checkText(one.means ?? "", at, report)) continue;
    const form = comparedForm(one.word);
    const first = forms.get(form);
    if (first === undefined) forms.set(form, one);
    else if (first.means !== one.means) report({ kind: "same_word", path: at, found: one.word, first: first.word });
  }
}

function checkTemplates(make: readonly MapEntry[], report: ReportProblem): void {
  let filters = 0;
  for (const { name, text: template } of make) {
    const read = readTemplate(template);
    const path = propertyPath("$.make", name);
    if (read.ok) filters += filterCount(read.pieces);
    else for (const problem of read.problems) report({ path, ...problem });
  }
  if (filters > MOST_FILTERS) report({ kind: "too_many_filters", path: "$.make", found: filters, most: MOST_FILTERS });
}
