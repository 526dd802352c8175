/** Sentences about cells, as the report's table shows them in place of a value. */
import type { Cell } from "../csv/record.ts";
import type { ClassCode } from "../model/model.ts";
import { cutText } from "../cut_text.ts";
import type { MadeCell } from "../columns/came_from.ts";
import type { CellProblem, CellTrouble, KeyProblem, SearchedApart } from "../reconcile/problems.ts";
import { targetNotMade } from "./created_targets.ts";
import { linkProblem } from "./link_sets.ts";
import { namedObjects } from "./named_objects.ts";
import { quoted, visible } from "./quoted.ts";
import { unexpectedValue, valueProblem } from "./values.ts";

/** What is wrong with a cell, or with the cells of one external key, and what a map had to do with it. */
export function cellTrouble(trouble: CellTrouble): string {
  const text = troubleText(trouble);
  if (trouble.made === undefined) return text;
  return `${text}${text.endsWith(".") ? "" : "."} ${trouble.made.map(madeText).join(". ")}`;
}

/** In UTF-16 code units. */
const LONGEST_MADE = 100;

/** Where a cell came from. */
export function madeText({ name, value, of }: MadeCell): string {
  const made = `${visible(name)} ${shownCell(value)}`;
  if (of.length === 0) return `The map gives ${made}`;
  return `The map makes ${made} of ${of.map(({ column, cell }) => `${visible(column)} ${shownCell(cell)}`).join(", ")}`;
}

function shownCell(cell: Cell): string {
  return cell === null ? "<NULL>" : quoted(cutText(cell, LONGEST_MADE));
}

function troubleText({ attribute, cell, problem }: CellTrouble): string {
  switch (problem.kind) {
    case "no_match":
    case "hidden_objects":
    case "no_objects":
    case "no_visible_objects":
    case "ambiguous_key":
    case "target_not_made":
    case "target_in_error":
    case "key_is_null":
    case "missing_mandatory_key":
      return keyProblem(problem);
    case "target_not_found": {
      const found = `Target object not found (${problem.target}::${problem.id})`;
      return invalidCell(cell, unexpectedValue(attribute, found));
    }
    case "object_not_found":
      return invalidCell(cell, "Object not found");
    case "bad_link_set":
      return invalidCell(cell, `Failed to process input: ${linkProblems(problem)}`);
    default:
      return invalidCell(cell, valueProblem(attribute, problem));
  }
}

/** Of each bad item. */
function linkProblems({ problem, others }: CellProblem & { readonly kind: "bad_link_set" }): string {
  if (others === undefined) return linkProblem(problem);
  const more = others.more === 0 ? [] : [`and ${others.more} more bad items`];
  return [...[problem, ...others.problems].map(linkProblem), ...more].join(" | ");
}

/** A refused cell and why. */
function invalidCell(cell: Cell, reason: string): string {
  return cell === null ? `Invalid value for attribute. ${reason}` : `'${cell}' is an invalid value. ${reason}`;
}

/** @param byName the column that finds the target by its name; null: an id was not asked for, or is there */
function idExpected(byName: string | null): string {
  return byName === null ? "" : `. An id is expected here: a column '${byName}' finds it by name`;
}

function keyProblem(problem: KeyProblem): string {
  switch (problem.kind) {
    case "no_match":
      return `No match for value ${searchedValues(problem)}. ${someValues(problem)}${idExpected(problem.columnByName)}`;
    case "hidden_objects":
      return `There are some '${problem.target}' objects not visible with your current profile. ${someValues(problem)}`;
    case "no_objects":
      return `There are no '${problem.target}' objects.`;
    case "no_visible_objects":
      return `There are no '${problem.target}' objects found with your current profile.`;
    case "ambiguous_key":
      return invalidCell(null, `Ambiguous: found ${problem.count} objects${namedObjects(problem)}`);
    case "target_not_made":
      return targetNotMade(problem);
    case "target_in_error":
      return `No match for value '${problem.searched}': the row in line ${problem.line} has it, and is in error`;
    case "key_is_null":
      return invalidCell(null, "Null not allowed");
    case "missing_mandatory_key":
      return invalidCell(null, "Missing mandatory value");
  }
}

interface SomeValues {
  readonly target: ClassCode;
  readonly examples: readonly string[];
  readonly more: boolean;
  readonly apart?: SearchedApart;
}

function someValues({ target, examples, more, apart }: SomeValues): string {
  const list = apart === undefined
    ? examples.join(", ")
    : apart.examples.map((values) => namedValues(apart.attributes, values)).join(" or ");
  return `Some possible '${target}' value(s): ${list}${more ? "..." : ""}`;
}

function searchedValues({ searched, apart }: KeyProblem & { readonly kind: "no_match" }): string {
  return apart === undefined ? `'${searched}'` : namedValues(apart.attributes, apart.values);
}

/** `title 'Album 2', artist_id->name 'Artist 2'` */
function namedValues(names: readonly string[], values: readonly string[]): string {
  return names.map((name, index) => `${name} '${values[index] ?? ""}'`).join(", ");
}
