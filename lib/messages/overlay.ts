/** Sentences about overlays: `model=FILE` of a database that we did not make. */
import type { StopMessage } from "../errors.ts";
import type { OverlayProblem } from "../model/derive/overlay_type.ts";
import type { AnyOverlayProblem, OverlayMeaningProblem } from "../model/overlay/overlay_file_problem.ts";
import { modelProblem } from "./model.ts";
import { quoted, shortened, visible } from "./quoted.ts";

/** One mistake in an overlay, with which no run can go on. @param file what the overlay is called */
export function overlayMistake(file: string, problem: AnyOverlayProblem): string {
  return `#Overlay ${name(file)}, ${overlayProblem(problem)}`;
}

/** An overlay that is no text. @param line the first one with such bytes, from 1 */
export function overlayNotUtf8(file: string, line: number): StopMessage {
  return { text: `#Overlay ${name(file)}, line ${line}: the bytes are not UTF-8`, hint: "Save the file as UTF-8" };
}

/** One mistake in an overlay: where it is, what was found, what was expected. */
export function overlayProblem(problem: AnyOverlayProblem): string {
  if (!isOwn(problem)) return visible(modelProblem(problem));
  // Each kind's sentence takes the facts of that kind: the table's type sees to it.
  const sentence = MISTAKES[problem.kind] as (facts: OwnProblem) => string;
  return `${visible(shortened(problem.path))}: ${sentence(problem)}`;
}

export function overlayHint(): string {
  return "'csvrecon model derive --db=FILE' prints what there is. The source of csvrecon has a JSON Schema of overlays, " +
    "lib/model/overlay.schema.json: an editor that knows it marks most mistakes while you type";
}

/** An overlay that has the right form, without a database. */
export function overlayFormIsGood(file: string, tables: number): string {
  return `${file}: the overlay has the right form (${countOf(tables, "table")}). ` +
    "With --db=FILE it is also checked against a database";
}

export function overlayIsGood(file: string, database: string, tables: number): string {
  return `${file}: the overlay is good for ${database} (${countOf(tables, "table")})`;
}

type OwnProblem = OverlayMeaningProblem | OverlayProblem;

type Sentences = {
  readonly [kind in OwnProblem["kind"]]: (problem: Extract<OwnProblem, { readonly kind: kind }>) => string;
};

/** What is no kind, and yet takes less than others. */
const WITHOUT_MEANING: Readonly<Record<string, string>> = {
  primary_key: "a column of the primary key, which is never empty",
  generated: "a column that the database computes",
};

const MISTAKES: Sentences = {
  unsafe_sql: ({ at }) =>
    `${at === null ? "the expression ends too early" : `${name(at)} may not stand there`}. ` +
    "Expected one expression of literals, CURRENT_TIMESTAMP, CURRENT_DATE, CURRENT_TIME and functions such as unixepoch()",
  same_value: ({ found, first }) =>
    `${name(found)} already stands for the value ${name(first)}. Each code and each label may stand once`,
  not_together: ({ property, other }) => `'${property}' and '${other}' say two things of one value. Leave one out`,
  unknown_table: (problem) =>
    `the database has no table ${name(problem.name)}.${didYouMean(problem.nearest)} Names are compared exactly`,
  no_table: (problem) => `${name(problem.name)} is ${FOUND[problem.found]}: only tables are classes`,
  unknown_column: (problem) =>
    `the table ${name(problem.table)} has no column ${name(problem.name)}.${didYouMean(problem.nearest)} ` +
    "Names are compared exactly",
  target_not_unique: ({ table, column }) =>
    column === null
      ? `the table ${name(table)} has no key of one column. Expected Table.Column, with a column that is unique`
      : `the column ${name(column)} of the table ${name(table)} is not unique, so its values tell no rows apart`,
  unknown_value: ({ found, allowed }) =>
    `a CHECK of the column does not allow ${name(found)}. Expected one of ${allowed.map(name).join(", ")}`,
  not_for_kind: ({ property, found }) =>
    `'${property}' has no meaning for ${WITHOUT_MEANING[found] ?? `an attribute of kind ${found}`}`,
  incomplete_kind: ({ found }) =>
    found === "enum"
      ? "an enum needs 'values', as no CHECK of the column has a list of them"
      : "the declared type has no digits, as DECIMAL(10,2) has. Expected kind number",
  bad_template: ({ found }) =>
    `found ${name(found)}. Expected a column in each pair of braces, as in '{last_name}', and one at least`,
};

const FOUND = {
  view: "a view",
  virtual: "a virtual table",
  shadow: "a table in which a virtual table keeps its rows",
  no_handle: "a table whose rows cannot be addressed",
} as const satisfies { readonly [kind in Extract<OverlayProblem, { readonly kind: "no_table" }>["found"]]: string };

function isOwn(problem: AnyOverlayProblem): problem is OwnProblem {
  return Object.hasOwn(MISTAKES, problem.kind);
}

function name(text: string): string {
  return quoted(shortened(text));
}

function didYouMean(nearest: string | null): string {
  return nearest === null ? "" : ` Did you mean ${name(nearest)}?`;
}

function countOf(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
