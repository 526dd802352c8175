/** The words about a row that is explained. */
import type { StopMessage } from "../errors.ts";
import type { Purpose } from "../explain/lookup.ts";
import { quoted } from "./quoted.ts";

/** @param before the line on which the row before it begins, and that of the row behind it; null: there is none */
export function noRowOnLine(
  line: number,
  isHeader: boolean,
  before: number | null,
  behind: number | null,
): StopMessage {
  if (isHeader) {
    const first = behind ?? before;
    return {
      text: `#Wrong line: line ${line} is the header`,
      hint: first === null ? "The file has no rows" : `The first row begins on line ${first}`,
    };
  }
  const rows = [before, behind].filter((one) => one !== null);
  return {
    text: `#Wrong line: no row is on line ${line}` + (behind === null ? ", or the file has fewer lines" : ""),
    hint: rows.length === 0
      ? "The file has no rows"
      : `Blank lines, rows of separators and repeated headers are no rows. The nearest rows begin on line ${
        rows.join(" and ")
      }`,
  };
}

export function explainedRow(line: number, modelClass: string): string {
  return `The row that begins on line ${line}, of ${modelClass}:`;
}

export const EXPLAIN = {
  lookedUp: "What was looked up:",
  nothingLookedUp: "Nothing was looked up.",
  limited: "You see the objects of some organisations only: what belongs to others counts as not there.",
  isKey: " (key)",
  noValue: "(empty)",
  alone: "It was worked by itself, without the rows before it. Nothing was written.",
} as const;

export function purposeWords(purpose: Purpose): string {
  switch (purpose.kind) {
    case "key":
      return "The object of the row";
    case "external_key":
      return purpose.columns.join(", ");
    case "uniqueness":
      return `Uniqueness rule ${quoted(purpose.rule)}`;
    case "other":
      return "Besides";
  }
}

/** @param value null: none */
export function conditionWords(label: string, value: string | null): string {
  return value === null ? `${label} is empty` : `${label} is ${quoted(value)}`;
}

export function searchWords(modelClass: string, conditions: readonly string[]): string {
  return `${modelClass} where ${conditions.join(" and ")}`;
}

export function foundWords(count: number): string {
  return count === 0 ? "none" : count === 1 ? "one" : `${count}`;
}

export function nearWords(objects: readonly string[], hasMore: boolean): string {
  if (objects.length === 0) return hasMore ? "Nothing near it among the first 50,000." : "Nothing is near it.";
  return `Nearest${hasMore ? " among the first 50,000" : ""}: ${objects.join(", ")}`;
}

export function objectWords(modelClass: string, id: number | string, name: string | null): string {
  return name === null || name === "" ? `${modelClass} ${id}` : `${modelClass} ${id}, ${name}`;
}

export function createdTarget(key: string, modelClass: string): string {
  return `For ${key} it would create a new ${modelClass}`;
}

/** What would become of the row. @param object null: there is none */
export const OUTCOMES = {
  created: () => "An import would create it:",
  updated: (object: string) => `An import would update ${object}:`,
  unchanged: (object: string) => `An import would find it unchanged: ${object}`,
  skipped: (object: string | null) =>
    object === null
      ? "An import would pass it over, as there is no such object (on_missing=skip)"
      : `An import would pass it over, as there is such an object (on_found=skip): ${object}`,
  rejected: (object: string | null) =>
    object === null ? "An import would leave it out:" : `An import would leave it out, and ${object} as it is:`,
} as const;
