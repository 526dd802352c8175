/** Sentences about cells: why a value, an external key or a link set is refused. */
import type { Cell } from "../csv/record.ts";
import type { ValueProblem } from "../values/value_reader.ts";

/** A refused cell, followed by one of the reasons below. */
export function invalidCell(cell: Cell, reason: string): string {
  return cell === null ? `Invalid value for attribute. ${reason}` : `'${cell}' is an invalid value. ${reason}`;
}

/** @param code of the attribute */
export function valueProblem(code: string, problem: ValueProblem): string {
  switch (problem.kind) {
    case "null_not_allowed":
      return unexpectedValue(code, "Null not allowed");
    case "value_not_allowed":
      return unexpectedValue(code, `Value not allowed [${problem.found}]`);
    case "label_not_allowed":
      return `Allowed '${code}' value(s): ${problem.allowed.join(",")}`;
    case "wrong_format":
      return unexpectedValue(code, `Wrong format [${problem.found}]`);
    case "too_long":
      return unexpectedValue(code, `String too long (found ${problem.found}, limited to ${problem.limit})`);
    case "out_of_range":
      return unexpectedValue(code, `Out of range [${problem.found}], expected ${problem.least} to ${problem.most}`);
    case "no_such_spelling":
      return unexpectedValue(code, "no match found, check spelling");
    case "wrong_date":
      return `Expected format: ${problem.example}`;
  }
}

function unexpectedValue(code: string, reason: string): string {
  return `Unexpected value for attribute '${code}': ${reason}`;
}

/** Reason for the cell of an external key given by id: no object of the target has the id. */
export function targetNotFound(code: string, target: string, id: string | number): string {
  return unexpectedValue(code, `Target object not found (${target}::${id})`);
}

/** Reason for the cell of an external key given by id: the other columns of the key fit another object. */
export function objectNotFound(): string {
  return "Object not found";
}

/**
 * @param searched the cells of the key's columns, joined by a blank
 * @param target class of the external key
 * @param examples objects that would have been found, each as one text
 * @param more whether there are other objects than the examples
 */
export function noMatch(searched: string, target: string, examples: readonly string[], more: boolean): string {
  return `No match for value '${searched}'. ${someValues(target, examples, more)}`;
}

/** There are none at all. The blank at the end is the reference's. */
export function noObjects(target: string): string {
  return `There are no '${target}' objects. `;
}

/** No match, while there are objects that the user may not see. Examples are those that the user may see. */
export function hiddenObjects(target: string, examples: readonly string[], more: boolean): string {
  return `There are some '${target}' objects not visible with your current profile. ${
    someValues(target, examples, more)
  }`;
}

/** There are objects, but none that the user may see. The blank at the end is the reference's. */
export function noVisibleObjects(target: string): string {
  return `There are no '${target}' objects found with your current profile. `;
}

function someValues(target: string, examples: readonly string[], more: boolean): string {
  return `Some possible '${target}' value(s): ${examples.join(", ")}${more ? "..." : ""}`;
}

/** @param count the objects that an external key's columns found */
export function ambiguousKey(count: number): string {
  return invalidCell(null, `Ambiguous: found ${count} objects`);
}

/** A mandatory external key was left empty. */
export function keyIsNull(): string {
  return invalidCell(null, "Null not allowed");
}

/** A mandatory external key that is a reconciliation key was left empty. */
export function missingMandatoryKey(): string {
  return invalidCell(null, "Missing mandatory value");
}

/** @param reason why a link set is refused: one of the sentences below, or of `valueProblem` */
export function badLinkSet(reason: string): string {
  return `Failed to process input: ${reason}`;
}

/** @param found the piece that is no `code:value` */
export function linkFormat(found: string): string {
  return `Wrong format for link attribute specification: value = ${found}`;
}

/** @param modelClass the class that has no attribute `code` that a link set could give */
export function noLinkAttribute(modelClass: string, code: string): string {
  return `Wrong attribute code for link attribute specification: class = ${modelClass}, attcode = ${code}`;
}

/** @param modelClass the class of an external key's target, in which an item looks for the same attribute twice */
export function linkAttributeTwice(modelClass: string, code: string): string {
  return `Attribute given twice: class = ${modelClass}, attcode = ${code}`;
}

export function tooManyLinkAttributes(key: string, most: number): string {
  return `More than ${most} attributes for one external key: ext_key = ${key}`;
}

/** @param searched what the object was looked for by: `name=Nope` */
export function linkTargetNotFound(key: string, searched: string): string {
  return `Found no match: ext_key = ${key}, reconciliation = ${searched}`;
}

export function linkTargetAmbiguous(key: string, searched: string): string {
  return `Found several matches: ext_key = ${key}, reconciliation = ${searched}`;
}

/** @param codes mandatory attributes of the link that have no value */
export function linkLacks(codes: readonly string[]): string {
  return `Missing value for mandatory attribute(s): ${codes.join(", ")}`;
}
