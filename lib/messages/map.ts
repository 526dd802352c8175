/** Sentences about maps: `map=FILE`. */
import type { StopMessage } from "../errors.ts";
import type { FilterName } from "../mapping/filter.ts";
import type { MapProblem, PlacedMapProblem } from "../mapping/map_problem.ts";
import type { PlacedProblem } from "../model/file/model_problem.ts";
import { modelProblem } from "./model.ts";
import { quoted, shortened, visible } from "./quoted.ts";

/** One mistake of a map. @param file what the map is called */
export function mapProblemMessage(file: string, problem: MapProblem): StopMessage {
  if (problem.kind === "syntax" || problem.kind === "too_deep" || !(problem.kind in MISTAKES)) {
    return { text: `${map(file)}, ${visible(modelProblem(problem as PlacedProblem))}`, hint: SCHEMA_HINT };
  }
  const placed = problem as PlacedMapProblem;
  // Each kind's sentence takes the facts of that kind: the table's type sees to it.
  const sentence = MISTAKES[placed.kind] as (facts: PlacedMapProblem) => string;
  return { text: `${map(file)}, ${visible(shortened(placed.path))}: ${sentence(placed)}` };
}

function map(file: string): string {
  return `#Map ${name(file)}`;
}

const SCHEMA_HINT =
  "The source of csvrecon has a JSON Schema of maps, lib/mapping/map.schema.json: an editor that knows it marks most mistakes " +
  "while you type";

/** A map that is no text. @param line the first one with such bytes, from 1 */
export function mapNotUtf8(file: string, line: number): StopMessage {
  return { text: `${map(file)}, line ${line}: the bytes are not UTF-8`, hint: "Save the map as UTF-8" };
}

type Sentences = {
  readonly [kind in PlacedMapProblem["kind"]]: (
    problem: Extract<PlacedMapProblem, { readonly kind: kind }>,
  ) => string;
};

const MISTAKES: Sentences = {
  lone_brace: ({ found }) =>
    `'${found}' has no partner. Expected {column}; a brace as such is written ${found}${found}`,
  nameless: ({ found }) => `${name(found)} names no column. Expected one, as in {Name}`,
  unknown_filter: ({ found, nearest }) =>
    `there is no filter ${name(found)}.${didYouMean(nearest)} Expected one of ${Object.values(FORMS).join(", ")}`,
  filter_form: ({ found, filter }) => `found ${name(found)}. Expected ${FORMS[filter]}`,
  argument_too_long: ({ filter, found, most }) =>
    `what is behind the colon of '${filter}' has ${found} characters. Expected at most ${most}`,
  too_many_filters: ({ found, most }) => `found ${found} filters. Expected at most ${most}`,
  no_column: () => `the template names no column. Expected one, as in {Name}; what every row has is a constant`,
  empty_name: () => "the name is empty. Expected that of a column or an attribute",
  name_too_long: ({ found, most }) => `the name has ${found} characters. Expected at most ${most}`,
  too_many: ({ found, most }) => `found ${found} entries. Expected at most ${most}`,
  control_character: ({ code }) =>
    `found the control character U+${code.toString(16).toUpperCase().padStart(4, "0")}. ` +
    "Of these a text may have tabs and line breaks",
  half_character: () => "found half a character (a surrogate without its partner). Expected whole ones",
  same_name: ({ found, first }) => `${name(found)} is the same name as ${name(first)} above. Each may stand once`,
  same_word: ({ found, first }) =>
    `${name(found)} is the same word as ${
      name(first)
    } above, with another meaning: case and blanks at the ends do not count`,
  column_not_there: ({ name: one, nearest, known }) =>
    `the file has no column ${name(one)}.${didYouMean(nearest)}${columns(known)}`,
  template_column_not_there: ({ name: one, nearest, known }) =>
    `the file has no column ${name(one)}, and the map makes none.${didYouMean(nearest)}${columns(known)}`,
  made_of_itself: ({ names }) => `it is made of itself: ${names.map(name).join(" > ")}`,
  made_too_deep: ({ most }) => `it is made of what is made of others, and so on. Expected at most ${most} of them`,
  no_such_attribute: ({ class: modelClass, name: one, nearest }) =>
    `class ${modelClass} has no attribute ${name(one)}.${
      didYouMean(nearest)
    } Expected its code or label, or a path such as key->name`,
  given_already: ({ code, by }) =>
    "column" in by
      ? `the file has the column ${name(by.column)} for ${code}. Expected one of the two`
      : `${visible(shortened(by.path))} gives ${code} already. Expected one of the two`,
  nobody_gives: ({ code }) =>
    `neither the file nor the map has a column for ${code}. Expected one in 'columns' or 'make'; what every row has is in 'constants'`,
  default_of_key: ({ code }) =>
    `${code} is a reconciliation key: an object is looked for by what the row says. Expected another attribute`,
  default_of_constant: ({ code }) => `${code} is a constant of the map, which is never empty. Expected one of the two`,
};

const FORMS: { readonly [filter in FilterName]: string } = {
  lower: "lower",
  upper: "upper",
  trim: "trim",
  before: "before:X",
  after: "after:X",
  part: "part:X,N (N from 1, or from -1 at the end)",
  replace: "replace:A,B",
};

const MOST_COLUMNS = 40;

function columns(known: readonly string[]): string {
  const shown = known.slice(0, MOST_COLUMNS).map(name).join(", ");
  const more = known.length > MOST_COLUMNS ? ` and ${known.length - MOST_COLUMNS} more` : "";
  return known.length === 0 ? "" : ` Its columns: ${shown}${more}`;
}

function name(text: string): string {
  return quoted(shortened(text));
}

function didYouMean(nearest: string | null): string {
  return nearest === null ? "" : ` Did you mean ${name(nearest)}?`;
}
